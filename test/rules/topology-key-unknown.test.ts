import { topologyKeyUnknown } from '../../rules/selector/topology-key-unknown.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment } from '../support/shop.ts';

const webDeployment = deployment('web')`
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: ScheduleAnyway
      labelSelector: { matchLabels: { app: web } }
  containers:
    - name: web
      image: shop/web:1.4
      ports: [{ name: http, containerPort: 8080 }]
`;

testRule(topologyKeyUnknown, {
  valid: [
    {
      name: 'the zone',
      yaml: webDeployment,
    },
    {
      name: 'a key of your own',
      yaml: webDeployment.replace(
        'topologyKey: topology.kubernetes.io/zone',
        'topologyKey: example.com/rack',
      ),
    },
  ],
  invalid: [
    {
      name: 'a slip',
      yaml: webDeployment.replace(
        'topologyKey: topology.kubernetes.io/zone',
        'topologyKey: topology.kubernetes.io/zones',
      ),
      errors: [
        {
          id: 'slip',
          line: 14,
          column: 24,
          endColumn: 52,
          message:
            'nodes have no label "topology.kubernetes.io/zones"; did you mean "topology.kubernetes.io/zone"?',
        },
      ],
      output: webDeployment,
    },
    {
      name: 'an old name',
      yaml: webDeployment.replace(
        'topologyKey: topology.kubernetes.io/zone',
        'topologyKey: failure-domain.beta.kubernetes.io/zone',
      ),
      errors: [
        {
          id: 'old',
          severity: 'info',
          line: 14,
          column: 24,
          endColumn: 62,
          message:
            '"failure-domain.beta.kubernetes.io/zone" is its name from before Kubernetes 1.17; now it is "topology.kubernetes.io/zone"',
        },
      ],
      output: webDeployment,
    },
    {
      name: 'of an anti-affinity',
      yaml: deployment('web')`
        affinity:
          podAntiAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              - topologyKey: kubernetes.io/hostnames
                labelSelector: { matchLabels: { app: web } }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'slip',
          line: 15,
          column: 28,
          endColumn: 51,
          message:
            'nodes have no label "kubernetes.io/hostnames"; did you mean "kubernetes.io/hostname"?',
        },
      ],
      output: [['kubernetes.io/hostnames', 'kubernetes.io/hostname']],
    },
  ],
});
