import { linkerdServerSelectsNothing } from '../../rules/selector/linkerd-server-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(linkerdServerSelectsNothing, {
  valid: [
    {
      name: 'by name',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: http
        `,
      ),
    },
    {
      name: 'by number',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: 4191
        `,
      ),
    },
    {
      name: 'other pods',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: orders } }
            port: http
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'a slip',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: wbe } }
            port: http
        `,
      ),
      errors: [
        {
          id: 'pods',
          line: 22,
          column: 3,
          endColumn: 14,
          message: 'no pod has app=wbe; Deployment default/web has app=web',
        },
      ],
    },
    {
      name: 'a port that is not declared',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: https
        `,
      ),
      errors: [
        {
          id: 'name',
          line: 23,
          column: 9,
          endColumn: 14,
          message: 'Deployment default/web has no port "https"; it declares http',
          related: ['4:9 its pods'],
        },
      ],
    },
    {
      name: 'the port of a Service',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: 80
        `,
      ),
      errors: [
        {
          id: 'port',
          line: 33,
          column: 9,
          endColumn: 11,
          message:
            '80 is the port of Service default/web; policies are about the port of the pods, 8080',
          related: ['23:3 leads there'],
        },
      ],
    },
    {
      name: 'a port a digit away',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: 8090
        `,
      ),
      errors: [
        {
          id: 'stray',
          line: 23,
          column: 9,
          endColumn: 13,
          message: 'no container of Deployment default/web declares 8090; one declares 8080',
          related: ['4:9 its pods'],
        },
      ],
    },
  ],
});
