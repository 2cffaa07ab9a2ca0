import { openLoadBalancer } from '../../rules/security/open-load-balancer.ts';
import { testRule } from '../support/rule-tester.ts';
import { serviceFor, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(openLoadBalancer, {
  valid: [
    {
      name: 'ranges',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          type: LoadBalancer
          loadBalancerSourceRanges: [203.0.113.0/24]
          ports:
            - name: postgres
              port: 5432
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
              - name: postgres
                port: 5432
                targetPort: http
        `,
      ),
    },
    {
      name: 'restricted by an annotation',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.beta.kubernetes.io/azure-allowed-ip-ranges: 203.0.113.0/24
          spec:
            type: LoadBalancer
            selector: { app: web }
            ports:
              - name: postgres
                port: 5432
                targetPort: http
        `,
      ),
    },
    {
      name: 'an ingress controller',
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
      name: 'another class',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          type: LoadBalancer
          loadBalancerClass: tailscale
          ports:
            - name: postgres
              port: 5432
              targetPort: http
        `,
      ),
    },
    {
      name: 'not a load balancer',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          ports:
            - name: postgres
              port: 5432
              targetPort: http
        `,
      ),
    },
    {
      name: 'one half',
      yaml: serviceFor('web')`
        type: LoadBalancer
        loadBalancerSourceRanges: [0.0.0.0/1]
        ports:
          - name: pg
            port: 5432
      `,
    },
  ],
  invalid: [
    {
      name: 'nothing restricts it',
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
              - name: postgres
                port: 5432
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'open',
          line: 22,
          column: 9,
          endColumn: 21,
          message: 'no loadBalancerSourceRanges: every address may connect',
        },
      ],
    },
    {
      name: 'a range of all',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: LoadBalancer
            loadBalancerSourceRanges: [0.0.0.0/0]
            selector: { app: web }
            ports:
              - name: postgres
                port: 5432
                targetPort: http
        `,
      ),
      errors: [
        { id: 'all', line: 23, column: 30, endColumn: 39, message: '0.0.0.0/0 is every address' },
      ],
    },
    {
      name: 'two halves',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          type: LoadBalancer
          loadBalancerSourceRanges: [0.0.0.0/1, 128.0.0.0/1]
          selector: { app: web }
          ports:
            - name: pg
              port: 5432
      `,
      errors: [
        {
          id: 'all',
          line: 7,
          column: 30,
          endColumn: 39,
          message: '0.0.0.0/1, 128.0.0.0/1 are together every address',
        },
      ],
    },
  ],
});
