import { istioFailoverIdle } from '../../rules/resilience/istio-failover-idle.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(istioFailoverIdle, {
  valid: [
    {
      name: 'with detection',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: web
        spec:
          host: web
          trafficPolicy:
            loadBalancer:
              localityLbSetting: { enabled: true, failover: [{ from: eu-west, to: eu-central }] }
            outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50 }
      `,
    },
    {
      name: 'distribution alone',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: web
        spec:
          host: web
          trafficPolicy:
            loadBalancer:
              localityLbSetting: { distribute: [{ from: eu-west/*, to: { "eu-west/*": 100 } }] }
      `,
    },
    {
      name: 'switched off',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: web
        spec:
          host: web
          trafficPolicy:
            loadBalancer:
              localityLbSetting: { enabled: false, failover: [{ from: eu-west, to: eu-central }] }
      `,
    },
    {
      name: 'some errors',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: web
        spec:
          host: web
          trafficPolicy:
            outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 100 }
      `,
    },
  ],
  invalid: [
    {
      name: 'without detection',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: web
        spec:
          host: web
          trafficPolicy:
            loadBalancer:
              localityLbSetting: { enabled: true, failover: [{ from: eu-west, to: eu-central }] }
      `,
      errors: [
        {
          id: 'blind',
          line: 9,
          column: 43,
          endColumn: 51,
          message: 'failover takes effect with outlierDetection only, and there is none',
        },
      ],
    },
    {
      name: 'everybody at once',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: web
        spec:
          host: web
          trafficPolicy:
            outlierDetection: { consecutive5xxErrors: 1, maxEjectionPercent: 100 }
      `,
      errors: [
        {
          id: 'all',
          line: 8,
          column: 70,
          endColumn: 73,
          severity: 'info',
          message: 'all endpoints may be ejected at once, each after 1 error',
        },
      ],
    },
  ],
});
