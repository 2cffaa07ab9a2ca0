import { leftSuspended } from '../../rules/resilience/left-suspended.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(leftSuspended, {
  valid: [
    {
      name: 'not suspended',
      yaml: yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: shop
          namespace: flux-system
        spec:
          interval: 10m
          path: ./deploy
          prune: true
          sourceRef: { kind: GitRepository, name: shop }
      `,
    },
    {
      name: 'written as false',
      yaml: yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: shop
          namespace: flux-system
        spec:
          interval: 10m
          path: ./deploy
          prune: true
          suspend: false
          sourceRef: { kind: GitRepository, name: shop }
      `,
    },
    {
      name: 'not paused',
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
        spec:
          scaleTargetRef: { name: web }
          minReplicaCount: 2
          maxReplicaCount: 9
          triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "70" } }]
      `,
    },
  ],
  invalid: [
    {
      name: 'a Kustomization',
      yaml: yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: shop
          namespace: flux-system
        spec:
          interval: 10m
          path: ./deploy
          prune: true
          suspend: true
          sourceRef: { kind: GitRepository, name: shop }
      `,
      errors: [
        {
          id: 'suspended',
          line: 10,
          column: 12,
          endColumn: 16,
          message: 'as long as this stands here, nothing that is committed reaches the cluster',
        },
      ],
    },
    {
      name: 'a ScaledObject',
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
          annotations: { autoscaling.keda.sh/paused: "true" }
        spec:
          scaleTargetRef: { name: web }
          minReplicaCount: 2
          maxReplicaCount: 9
          triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "70" } }]
      `,
      errors: [
        {
          id: 'suspended',
          line: 5,
          column: 46,
          endColumn: 52,
          message: 'as long as this stands here, the number of pods follows no load',
        },
      ],
    },
    {
      name: 'a number of pods that is held',
      yaml: yaml`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: web
          annotations: { autoscaling.keda.sh/paused-replicas: "0" }
        spec:
          scaleTargetRef: { name: web }
          minReplicaCount: 2
          maxReplicaCount: 9
          triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "70" } }]
      `,
      errors: [
        {
          id: 'suspended',
          line: 5,
          column: 55,
          endColumn: 58,
          message: 'as long as this stands here, the number of pods follows no load',
        },
      ],
    },
  ],
});
