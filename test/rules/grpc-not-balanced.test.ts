import { grpcNotBalanced } from '../../rules/resilience/grpc-not-balanced.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const cartDeployment = deployment('cart', { replicas: 3 })`
  containers:
    - name: cart
      image: shop/cart:1.4
      ports: [{ name: grpc, containerPort: 9000 }]
`;
const cartService = serviceFor('cart')`ports: [{ name: grpc, port: 9000, targetPort: grpc }]`;

testRule(grpcNotBalanced, {
  valid: [
    {
      name: 'headless',
      yaml: documents(
        cartDeployment,
        serviceFor('cart')`
          clusterIP: None
          ports: [{ name: grpc, port: 9000, targetPort: grpc }]
        `,
        app('web', { replicas: 2 })`env: [{ name: CART, value: "dns:///cart:9000" }]`,
      ),
    },
    {
      name: 'one pod',
      yaml: documents(
        cartDeployment.replace('replicas: 3', 'replicas: 1'),
        cartService,
        app('web', { replicas: 2 })`env: [{ name: CART, value: "dns:///cart:9000" }]`,
      ),
    },
    {
      name: 'nobody is known to call',
      yaml: documents(cartDeployment, cartService),
    },
    {
      name: 'a mesh',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: default
            labels: { istio-injection: enabled }
        `,
        cartDeployment,
        cartService,
        app('web', { replicas: 2 })`env: [{ name: CART, value: "dns:///cart:9000" }]`,
      ),
    },
  ],
  invalid: [
    {
      name: 'three pods',
      yaml: documents(
        cartDeployment,
        cartService,
        app('web', { replicas: 2 })`env: [{ name: CART, value: "dns:///cart:9000" }]`,
      ),
      errors: [
        {
          id: 'sticky',
          line: 24,
          column: 31,
          endColumn: 35,
          message:
            'all calls of a pod of Deployment default/web go to the same one of Deployment default/cart until it ends',
          related: ['42:46 who calls'],
        },
      ],
    },
    {
      name: 'an autoscaler and a probe',
      yaml: documents(
        deployment('cart', { replicas: 1 })`
          containers:
            - name: cart
              image: shop/cart:1.4
              ports: [{ name: api, containerPort: 9000 }]
              readinessProbe: { grpc: { port: 9000 } }
        `,
        serviceFor('cart')`ports: [{ name: api, port: 9000, targetPort: api }]`,
        app('web', { replicas: 2 })`env: [{ name: CART_ADDR, value: "cart:9000" }]`,
        yaml`
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata:
            name: cart
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: cart }
            maxReplicas: 8
        `,
      ),
      errors: [
        {
          id: 'sticky',
          line: 25,
          column: 30,
          endColumn: 34,
          message:
            'all calls of a pod of Deployment default/web go to the same one of Deployment default/cart until it ends',
          related: ['43:44 who calls'],
        },
      ],
    },
  ],
});
