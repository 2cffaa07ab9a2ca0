/** What if: autoscalers at their limits, workloads that are gone, a new version of everything. */
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const workload = (kind: string, name: string, spec = ''): string => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  ${spec}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: web, image: "registry.example/web:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---
`;
const scaler = (name: string, limits: string): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}, ${limits}}
---
`;

const four = 'replicas: 4';
const cases: readonly [title: string, yaml: string, flags: string, endpoints: string][] = [
  [
    'the least of an autoscaler',
    workload('Deployment', 'web', four) + scaler('web', 'minReplicas: 2, maxReplicas: 9'),
    '--replicas min',
    'web×2:80',
  ],
  [
    'the most of it',
    workload('Deployment', 'web', four) + scaler('web', 'minReplicas: 2, maxReplicas: 9'),
    '--replicas max',
    'web×9:80',
  ],
  [
    'one pod where nothing else is said',
    workload('Deployment', 'web', four) + scaler('web', 'maxReplicas: 9'),
    '--replicas min',
    'web×1:80',
  ],
  [
    'nothing without an autoscaler',
    workload('Deployment', 'web', four),
    '--replicas max',
    'web×4:80',
  ],
  [
    'a quarter may be missing, rounded down',
    workload('Deployment', 'web', 'replicas: 7'),
    '--during rollout',
    'web×6:80',
  ],
  ['of three none', workload('Deployment', 'web', 'replicas: 3'), '--during rollout', 'web×3:80'],
  [
    'as many as are said',
    workload('Deployment', 'web', 'replicas: 4\n  strategy: {rollingUpdate: {maxUnavailable: 3}}'),
    '--during rollout',
    'web×1:80',
  ],
  [
    'one where both round to nothing',
    workload(
      'Deployment',
      'web',
      'replicas: 3\n  strategy: {rollingUpdate: {maxUnavailable: 10%, maxSurge: 0}}',
    ),
    '--during rollout',
    'web×2:80',
  ],
  [
    'none with Recreate',
    workload('Deployment', 'web', 'replicas: 3\n  strategy: {type: Recreate}'),
    '--during rollout',
    '<none>  Deployment/web has no pods: while it is replaced 0 of its 3 pods need be ready',
  ],
  [
    'a StatefulSet loses one at a time',
    workload('StatefulSet', 'db', 'replicas: 3\n  serviceName: db'),
    '--during rollout',
    'db×2:80',
  ],
  [
    'none below its partition',
    workload(
      'StatefulSet',
      'db',
      'replicas: 3\n  serviceName: db\n  updateStrategy: {rollingUpdate: {partition: 3}}',
    ),
    '--during rollout',
    'db×3:80',
  ],
  [
    'none on deletion only',
    workload(
      'StatefulSet',
      'db',
      'replicas: 3\n  serviceName: db\n  updateStrategy: {type: OnDelete}',
    ),
    '--during rollout',
    'db×3:80',
  ],
  [
    'a ReplicaSet replaces nothing',
    workload('ReplicaSet', 'web', 'replicas: 2'),
    '--during rollout',
    'web×2:80',
  ],
  [
    'a pod of a StatefulSet',
    workload('StatefulSet', 'db', 'replicas: 3\n  serviceName: db'),
    '--without db-0',
    'db×2:80',
  ],
  [
    'a workload',
    workload('Deployment', 'web', four),
    '--without deployment/web',
    '<none>  Deployment/web has no pods: it is taken away',
  ],
  [
    'a short kind',
    workload('Deployment', 'web', four),
    '--without deploy/web',
    '<none>  Deployment/web has no pods: it is taken away',
  ],
];

describe('get endpoints', () => {
  it.each(cases)('%s', async (_title, yaml, flags, endpoints) => {
    const argv = ['get', 'endpoints', 'k8s.yaml', '--quiet', ...flags.split(' ')];
    const { out } = await run(argv, { files: { 'k8s.yaml': yaml } });
    expect(out.split('\n')[1]?.replace(/^\w+ +/, '')).toBe(endpoints);
  });

  it.each(['wbe', 'sts/web', 'web-0', 'web,api'])('refuses --without %s', async (without) => {
    const files = { 'k8s.yaml': workload('Deployment', 'web') };
    const { code, out, err } = await run(['get', 'ep', 'k8s.yaml', '--without', without], {
      files,
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('no workload is called that');
  });

  it('takes no other words', async () => {
    const files = { 'k8s.yaml': workload('Deployment', 'web') };
    const { code, err } = await run(['get', 'ep', 'k8s.yaml', '--replicas', 'three'], { files });
    expect(err).toContain('three');
    expect(code).toBe(2);
  });
});
