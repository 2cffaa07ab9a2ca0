import { adminPortExposed } from '../../rules/security/admin-port-exposed.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const profiledWeb = deployment('web')`
  containers:
    - name: web
      image: shop/web:1.4
      ports: [{ name: http, containerPort: 8080 }, { name: pprof, containerPort: 7000 }]
`;

testRule(adminPortExposed, {
  valid: [
    {
      name: 'inside of the cluster',
      yaml: documents(
        profiledWeb,
        serviceFor('web')`
          ports:
            - name: pprof
              port: 6060
              targetPort: pprof
        `,
      ),
    },
    {
      name: 'other ports',
      yaml: documents(
        profiledWeb,
        serviceFor('web')`
          type: NodePort
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'internal',
      yaml: documents(
        profiledWeb,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.beta.kubernetes.io/aws-load-balancer-scheme: internal
          spec:
            type: LoadBalancer
            selector: { app: web }
            ports:
              - name: admin
                port: 9000
        `,
      ),
    },
    {
      name: 'a database for networks of one’s own',
      yaml: documents(
        deployment('front')`
          containers:
            - name: front
              image: shop/front:1.4
              ports: [{ name: http, containerPort: 5432 }]
        `,
        serviceFor('front')`
          type: LoadBalancer
          loadBalancerSourceRanges: [10.0.0.0/8]
          ports: [{ name: http, port: 5432, targetPort: http }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'by the name of the port',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: LoadBalancer
            selector: { app: web }
            ports:
              - name: http-admin
                port: 9000
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'exposed',
          line: 26,
          column: 13,
          endColumn: 17,
          message:
            'port 9000 is an administration interface, and type LoadBalancer makes it reachable from outside',
        },
      ],
    },
    {
      name: 'by the name of the container port',
      yaml: documents(
        profiledWeb,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: NodePort
            selector: { app: web }
            ports:
              - name: web
                port: 80
                targetPort: pprof
        `,
      ),
      errors: [
        {
          id: 'exposed',
          line: 26,
          column: 13,
          endColumn: 15,
          message:
            'port 80 is Go profiling (pprof), and type NodePort makes it reachable from outside',
        },
      ],
    },
    {
      name: 'by the number of the container port',
      yaml: documents(
        profiledWeb,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: NodePort
            selector: { app: web }
            ports:
              - name: web
                port: 80
                targetPort: 7000
        `,
      ),
      errors: [
        {
          id: 'exposed',
          line: 26,
          column: 13,
          endColumn: 15,
          message:
            'port 80 is Go profiling (pprof), and type NodePort makes it reachable from outside',
        },
      ],
    },
    {
      name: 'by its number',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: NodePort
            selector: { app: web }
            ports:
              - port: 9901
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'exposed',
          line: 25,
          column: 13,
          endColumn: 17,
          message:
            "port 9901 is Envoy's admin interface, and type NodePort makes it reachable from outside",
        },
      ],
    },
    {
      name: 'a database',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: sql, containerPort: 5432 }]',
        ),
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: NodePort
            selector: { app: web }
            ports:
              - port: 5432
                targetPort: sql
        `,
      ),
      errors: [
        {
          id: 'exposed',
          line: 25,
          column: 13,
          endColumn: 17,
          message:
            'port 5432 is a database (PostgreSQL), and type NodePort makes it reachable from outside',
        },
      ],
    },
    {
      name: 'a debugger for networks of one’s own',
      yaml: documents(
        deployment('front')`
          containers:
            - name: front
              image: shop/front:1.4
              ports: [{ name: jdwp, containerPort: 5005 }]
        `,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: front
          spec:
            type: LoadBalancer
            loadBalancerSourceRanges: [10.0.0.0/8]
            selector: { app: front }
            ports: [{ name: http, port: 5005, targetPort: jdwp }]
        `,
      ),
      errors: [
        {
          id: 'exposed',
          line: 25,
          column: 31,
          endColumn: 35,
          severity: 'info',
          message:
            'port 5005 is a Java debugger, and type LoadBalancer makes it reachable from outside',
        },
      ],
    },
  ],
});
