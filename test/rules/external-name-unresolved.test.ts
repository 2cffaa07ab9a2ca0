import { externalNameUnresolved } from '../../rules/reference/external-name-unresolved.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, app, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const shopService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: shop
  spec:
    type: ExternalName
    externalName: web.default.svc.cluster.local
`;

const booksService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: books
  spec:
    type: ExternalName
    externalName: web.default.svc.cluster.local
`;

testRule(externalNameUnresolved, {
  valid: [
    {
      name: 'the Service is there',
      yaml: documents(webDeployment, webService, shopService),
    },
    {
      name: 'a name outside',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: db.example.com
        `,
      ),
    },
    {
      name: 'a port that it has',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: web.default.svc.cluster.local
            ports: [{ port: 80 }]
        `,
      ),
    },
    {
      name: 'a short name may be anything',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: wbe
        `,
      ),
    },
    {
      name: 'a short name of nothing here',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: books
          spec:
            type: ExternalName
            externalName: intranet
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'in another namespace',
      yaml: documents(
        webDeployment,
        webService,
        app('api', { namespace: 'shop' })``,
        serviceFor('api', { namespace: 'shop' })`
          ports:
            - port: 80
              targetPort: http
        `,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: web.shop.svc.cluster.local
        `,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 61,
          column: 17,
          endColumn: 20,
          severity: 'warning',
          message: 'there is no Service "web" in namespace shop; there is Service default/web',
          related: ['20:9 this Service'],
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: web-api.default.svc.cluster.local
        `,
      ),
      errors: [
        {
          id: 'otherName',
          line: 33,
          column: 17,
          endColumn: 24,
          severity: 'warning',
          message: 'there is no Service "web-api" in namespace default; there is "web"',
          related: ['20:9 this Service'],
        },
      ],
      output: documents(webDeployment, webService, shopService),
    },
    {
      name: 'a workload without a Service',
      yaml: documents(
        webDeployment,
        webService,
        webService.replace('name: web', 'name: other'),
        apiDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: api.default.svc.cluster.local
        `,
      ),
      errors: [
        {
          id: 'missing',
          line: 59,
          column: 17,
          endColumn: 20,
          severity: 'warning',
          message: 'there is no Service "api" in namespace default in the 5 objects read',
        },
      ],
    },
    {
      name: 'a typo',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: wbe.default.svc.cluster.local
        `,
      ),
      errors: [
        {
          id: 'nearName',
          line: 33,
          column: 17,
          endColumn: 20,
          message: 'there is no Service "wbe" in namespace default; did you mean "web"?',
          related: ['20:9 this Service'],
        },
      ],
      output: documents(webDeployment, webService, shopService),
    },
    {
      name: 'another port',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: shop
          spec:
            type: ExternalName
            externalName: web.default.svc.cluster.local
            ports: [{ port: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'ports',
          line: 34,
          column: 19,
          endColumn: 23,
          severity: 'warning',
          message:
            'clients who dial port 8080 end at Service default/web, which has 80 only: an alias changes no ports',
          related: ['23:3 its ports'],
        },
      ],
    },
    {
      name: 'in a circle',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: a
        spec:
          type: ExternalName
          externalName: b.default.svc.cluster.local
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: b
        spec:
          type: ExternalName
          externalName: a.default.svc.cluster.local
      `,
      errors: [
        {
          id: 'loop',
          line: 7,
          column: 17,
          endColumn: 18,
          message: 'Service default/b is an alias of this one',
        },
        {
          id: 'loop',
          line: 15,
          column: 17,
          endColumn: 18,
          message: 'Service default/a is an alias of this one',
        },
      ],
    },
    {
      name: 'a short name',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: books
          spec:
            type: ExternalName
            externalName: web
        `,
      ),
      errors: [
        {
          id: 'short',
          line: 33,
          column: 17,
          endColumn: 20,
          severity: 'warning',
          message:
            '"web" is looked up as it stands: no search list is added to the target of an alias, and "web.default.svc.cluster.local" is the name of the Service',
        },
      ],
      output: documents(webDeployment, webService, booksService),
    },
    {
      name: 'a name of two labels',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: books
          spec:
            type: ExternalName
            externalName: web.default
        `,
      ),
      errors: [
        {
          id: 'short',
          line: 33,
          column: 17,
          endColumn: 28,
          severity: 'warning',
          message:
            '"web.default" is looked up as it stands: no search list is added to the target of an alias, and "web.default.svc.cluster.local" is the name of the Service',
        },
      ],
      output: documents(webDeployment, webService, booksService),
    },
  ],
});
