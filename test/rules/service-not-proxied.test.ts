import { serviceNotProxied } from '../../rules/name/service-not-proxied.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(serviceNotProxied, {
  valid: [
    {
      name: 'no label',
      yaml: documents(webDeployment, webService),
    },
    {
      name: 'headless',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            labels:
              service.kubernetes.io/service-proxy-name: other
          spec:
            clusterIP: None
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'another proxy',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            labels:
              service.kubernetes.io/service-proxy-name: cilium
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'other',
          line: 22,
          column: 5,
          endColumn: 45,
          message: 'nobody but a proxy named "cilium" answers for the address of this Service',
        },
      ],
    },
    {
      name: 'an empty name',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            labels:
              service.kubernetes.io/service-proxy-name: ''
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'other',
          line: 22,
          column: 5,
          endColumn: 45,
          message: 'nobody but a proxy named "" answers for the address of this Service',
        },
      ],
    },
  ],
});
