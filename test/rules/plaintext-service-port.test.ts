import { plaintextServicePort } from '../../rules/security/plaintext-service-port.ts';
import { testRule } from '../support/rule-tester.ts';
import { serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(plaintextServicePort, {
  valid: [
    {
      name: 'encrypted',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          type: LoadBalancer
          ports:
            - { name: https, port: 443, targetPort: http }
        `,
      ),
    },
    {
      name: 'a redirect beside it',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          type: LoadBalancer
          ports:
            - { name: http, port: 80, targetPort: http }
            - { name: https, port: 443, targetPort: http }
        `,
      ),
    },
    {
      name: 'the load balancer has a certificate',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:eu-west-1:1:certificate/a
          spec:
            type: LoadBalancer
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
    },
    {
      name: 'internal',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              networking.gke.io/load-balancer-type: Internal
          spec:
            type: LoadBalancer
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
    },
    {
      name: 'inside of the cluster',
      yaml: documents(webDeployment, webService),
    },
    {
      name: 'a protocol of its own',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          type: LoadBalancer
          ports:
            - { name: game, port: 7777, targetPort: http }
        `,
      ),
    },
    {
      name: 'datagrams',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: dns, containerPort: 53, protocol: UDP }]',
        ),
        serviceFor('web')`
          type: LoadBalancer
          ports:
            - { name: http3, port: 80, protocol: UDP, targetPort: dns }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'in front of a port that speaks TLS',
      yaml: documents(
        webDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: LoadBalancer
            selector: { app: web }
            ports:
              - name: http
                port: 80
                targetPort: https
        `,
      ),
      errors: [
        {
          id: 'encrypted',
          line: 26,
          column: 13,
          endColumn: 15,
          message: 'port 80 says that it is plain http, and leads to https, which speaks TLS',
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
            type: LoadBalancer
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 25,
          column: 13,
          endColumn: 15,
          severity: 'info',
          message: 'port 80 takes http from outside of the cluster',
        },
      ],
    },
    {
      name: 'by its name',
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
              - name: ldap
                port: 1389
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 26,
          column: 13,
          endColumn: 17,
          message: 'port 1389 takes ldap from outside of the cluster',
        },
      ],
    },
    {
      name: 'by its protocol',
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
              - port: 9000
                targetPort: http
                appProtocol: http
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 25,
          column: 13,
          endColumn: 17,
          severity: 'info',
          message: 'port 9000 takes http from outside of the cluster',
        },
      ],
    },
    {
      name: 'of a node port',
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
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 25,
          column: 13,
          endColumn: 15,
          severity: 'info',
          message: 'port 80 takes http from outside of the cluster',
        },
      ],
    },
  ],
});
