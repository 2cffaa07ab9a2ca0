import { externalIps } from '../../rules/security/external-ips.ts';
import { testRule } from '../support/rule-tester.ts';
import { serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(externalIps, {
  valid: [
    {
      name: 'none',
      yaml: documents(webDeployment, webService),
    },
    {
      name: 'a load balancer',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          type: LoadBalancer
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'an address',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            externalIPs: [203.0.113.7]
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'claimed',
          line: 22,
          column: 17,
          endColumn: 28,
          message: 'connections to 203.0.113.7 from anywhere in the cluster end at this Service',
        },
      ],
    },
    {
      name: 'two of them',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            externalIPs: [203.0.113.7, 203.0.113.8]
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'claimed',
          line: 22,
          column: 17,
          endColumn: 28,
          message: 'connections to 203.0.113.7 from anywhere in the cluster end at this Service',
        },
        {
          id: 'claimed',
          line: 22,
          column: 30,
          endColumn: 41,
          message: 'connections to 203.0.113.8 from anywhere in the cluster end at this Service',
        },
      ],
    },
  ],
});
