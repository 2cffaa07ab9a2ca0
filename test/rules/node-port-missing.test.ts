import { nodePortMissing } from '../../rules/routing/node-port-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { serviceFor, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations:
      alb.ingress.kubernetes.io/scheme: internet-facing
      alb.ingress.kubernetes.io/target-type: instance
  spec:
    ingressClassName: alb
    rules:
      - http:
          paths:
            - path: /
              pathType: Prefix
              backend: { service: { name: web, port: { number: 80 } } }
`;

testRule(nodePortMissing, {
  valid: [
    {
      name: 'addresses',
      yaml: documents(
        webDeployment,
        serviceFor('web')`ports: [{ port: 80, targetPort: http }]`,
        webIngress.replace(
          'alb.ingress.kubernetes.io/target-type: instance',
          'alb.ingress.kubernetes.io/target-type: ip',
        ),
      ),
    },
    {
      name: 'a Service with node ports',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          type: NodePort
          ports: [{ port: 80, targetPort: http }]
        `,
        webIngress,
      ),
    },
    {
      name: 'the default of the controller',
      yaml: documents(
        webDeployment,
        serviceFor('web')`ports: [{ port: 80, targetPort: http }]`,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              alb.ingress.kubernetes.io/scheme: internet-facing
          spec:
            ingressClassName: alb
            rules:
              - http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
        `,
      ),
    },
    {
      name: 'the Service asks for addresses itself',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations: { alb.ingress.kubernetes.io/target-type: ip }
          spec:
            selector: { app: web }
            ports: [{ port: 80, targetPort: http }]
        `,
        webIngress,
      ),
    },
    {
      name: 'a binding by address',
      yaml: documents(
        webDeployment,
        serviceFor('web')`ports: [{ port: 80, targetPort: http }]`,
        yaml`
          apiVersion: elbv2.k8s.aws/v1beta1
          kind: TargetGroupBinding
          metadata:
            name: web
          spec:
            serviceRef: { name: web, port: 80 }
            targetType: ip
            targetGroupARN: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0a1b
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'an Ingress',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            selector: { app: web }
            ports: [{ port: 80, targetPort: http }]
        `,
        webIngress,
      ),
      errors: [
        {
          id: 'type',
          line: 31,
          column: 44,
          endColumn: 52,
          message:
            'instances are the targets, and Service default/web of type ClusterIP has no node port',
          related: ['21:1 no type with node ports'],
        },
      ],
    },
    {
      name: 'a binding',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: ClusterIP
            selector: { app: web }
            ports: [{ port: 80, targetPort: http }]
          ---
          apiVersion: elbv2.k8s.aws/v1beta1
          kind: TargetGroupBinding
          metadata:
            name: web
          spec:
            serviceRef: { name: web, port: 80 }
            targetType: instance
            targetGroupARN: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0a1b
        `,
      ),
      errors: [
        {
          id: 'type',
          line: 32,
          column: 15,
          endColumn: 23,
          message:
            'instances are the targets, and Service default/web of type ClusterIP has no node port',
          related: ['21:1 no type with node ports'],
        },
      ],
    },
  ],
});
