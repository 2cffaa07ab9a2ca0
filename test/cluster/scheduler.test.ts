/** Pods and the nodes that take them: as the real scheduler does, and nothing where nobody can know. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const node = (name: string, labels: string, spec = '{}'): string =>
  `apiVersion: v1\nkind: Node\nmetadata: {name: ${name}, labels: {${labels}}}\nspec: ${spec}\n`;
const web = (spec: string, replicas = 3, kind = 'Deployment'): string => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: web}
spec:
  ${kind === 'DaemonSet' ? '' : `replicas: ${replicas}`}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      ${spec}
      containers: [{name: web, image: registry.example/web:1, ports: [{containerPort: 80}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const twoNodes = `${node('a', 'disk: ssd, zone: east')}---\n${node('b', 'disk: hdd, zone: west')}`;
const selector = 'labelSelector: {matchLabels: {app: web}}';
const apart = (key: string): string =>
  `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: ${key}, ${selector}}]}}`;
const spread = (more: string): string =>
  `topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: DoNotSchedule, ${selector}, ${more}}]`;
const tainted = node(
  'b',
  'zone: west',
  '{taints: [{key: dedicated, value: db, effect: NoSchedule}]}',
);
const eastAndTainted = `${node('a', 'zone: east')}---\n${tainted}`;

const cases: readonly [title: string, objects: string, endpoints: RegExp][] = [
  ['no Node is read', web('nodeSelector: {disk: nvme}'), /web×3:80/],
  ['a label that a node has', `${twoNodes}---\n${web('nodeSelector: {disk: ssd}')}`, /web×3:80/],
  [
    'a label that none has',
    `${twoNodes}---\n${web('nodeSelector: {disk: nvme}')}`,
    /<none> .*find no node: 0\/2 nodes are available: 2 node\(s\) didn't match Pod's node affinity\/selector; no node has disk=nvme, they have "hdd", "ssd"/,
  ],
  [
    'a label that the kubelet writes',
    `${twoNodes}---\n${web('nodeSelector: {kubernetes.io/arch: arm64}')}`,
    /web×3:80/,
  ],
  [
    'a label that some program may write',
    `${twoNodes}---\n${web('nodeSelector: {cloud.example/pool: blue}')}`,
    /web×3:80/,
  ],
  [
    'the name of a node',
    `${twoNodes}---\n${web('nodeSelector: {kubernetes.io/hostname: c}')}`,
    /<none> .*no node has kubernetes.io\/hostname=c, they have "a", "b"/,
  ],
  ['a placeholder', `${twoNodes}---\n${web('nodeSelector: {disk: "${DISK}"}')}`, /web×3:80/],
  [
    'an autoscaler of nodes',
    `${twoNodes}---\napiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: all}\n---\n${web('nodeSelector: {disk: nvme}')}`,
    /web×3:80/,
  ],
  [
    'a program that makes nodes',
    `${twoNodes}---\napiVersion: v1\nkind: Pod\nmetadata: {name: scaler}\nspec: {containers: [{name: a, image: registry.k8s.io/autoscaling/cluster-autoscaler:v1.33.0}]}\n---\n${web('nodeSelector: {disk: nvme}')}`,
    /web×3:80/,
  ],
  [
    'a taint',
    `${tainted}---\n${web('')}`,
    /<none> .*1 node\(s\) had untolerated taint\(s\); they do not tolerate dedicated=db:NoSchedule/,
  ],
  [
    'a taint that is tolerated',
    `${tainted}---\n${web('tolerations: [{key: dedicated, operator: Exists}]')}`,
    /web×3:80/,
  ],
  [
    'a taint that comes and goes',
    `${node('a', 'zone: east', '{taints: [{key: node.kubernetes.io/not-ready, effect: NoSchedule}]}')}---\n${web('')}`,
    /web×3:80/,
  ],
  [
    'a node that is cordoned',
    `${node('a', 'zone: east', '{unschedulable: true}')}---\n${web('')}`,
    /<none> .*1 node\(s\) were unschedulable/,
  ],
  ['apart by node', `${twoNodes}---\n${web(apart('kubernetes.io/hostname'))}`, /web×2:80/],
  ['apart by a label that not all have', `${twoNodes}---\n${web(apart('rack'))}`, /web×3:80/],
  ['spread over zones', `${twoNodes}---\n${web(spread('maxSkew: 1'), 5)}`, /web×5:80/],
  [
    'spread, and a zone is closed',
    `${eastAndTainted}---\n${web(spread('maxSkew: 2'), 5)}`,
    /web×2:80/,
  ],
  [
    'spread, without closed zones',
    `${eastAndTainted}---\n${web(spread('maxSkew: 2, nodeTaintsPolicy: Honor'), 5)}`,
    /web×5:80/,
  ],
  [
    'spread over more zones than there are',
    `${twoNodes}---\n${web(spread('maxSkew: 1, minDomains: 3'), 5)}`,
    /web×2:80/,
  ],
  [
    'a node that is not there',
    `${twoNodes}---\n${web('nodeName: c')}`,
    /<none> .*there is no Node c to run them/,
  ],
  ['a DaemonSet', `${twoNodes}---\n${web('', 0, 'DaemonSet')}`, /web×2:80/],
  [
    'a DaemonSet for no node',
    `${twoNodes}---\n${web('nodeSelector: {disk: nvme}', 0, 'DaemonSet')}`,
    /<none> .*no node takes its pods: 0\/2 nodes are available/,
  ],
];

describe('pods and nodes', () => {
  it.each(cases)('%s', async (_title, objects, endpoints) => {
    const { out } = await run(['get', 'endpoints', 'web', 'k8s.yaml'], {
      files: { 'k8s.yaml': objects },
    });
    expect(out).toMatch(endpoints);
  });

  it('numbers the pods of a StatefulSet that wait after those that run', async () => {
    const files = {
      'k8s.yaml': `${twoNodes}---\n${web(apart('kubernetes.io/hostname'), 4, 'StatefulSet')}`,
    };
    const { out } = await run(['get', 'pods', '-o', 'name', 'k8s.yaml'], { files });
    // OrderedReady: web-3 is not made before web-2 is ready.
    expect(out.trim().split('\n')).toEqual(['pod/web-0', 'pod/web-1', 'pod/web-2']);
  });

  it('says it in every command', async () => {
    const files = { 'k8s.yaml': `${twoNodes}---\n${web('nodeSelector: {disk: nvme}')}` };
    const reason = /no node has disk=nvme/;
    for (const command of [
      ['get', 'pods'],
      ['describe', 'service', 'web'],
      ['describe', 'deployment', 'web'],
      ['lint'],
    ]) {
      const { out } = await run([...command, 'k8s.yaml'], { files });
      expect(out.replace(/[\s|]+/g, ' '), command.join(' ')).toMatch(reason);
    }
    const changed = {
      'a/k8s.yaml': `${twoNodes}---\n${web('nodeSelector: {disk: ssd}')}`,
      'b/k8s.yaml': files['k8s.yaml'],
    };
    const { out, code } = await run(['diff', 'a', 'b', '--fail-on', 'error'], { files: changed });
    expect(out.replace(/[\s|]+/g, ' ')).toMatch(reason);
    expect(code).toBe(1);
  });
});

describe('the nodes of a whole repository', () => {
  const [ssd, nvme] = [web('nodeSelector: {disk: ssd}'), web('nodeSelector: {disk: nvme}')];
  const listed = twoNodes.replaceAll(
    'labels:',
    'uid: 11111111-2222-3333-4444-555555555555, labels:',
  );

  it.each([
    ['beside the pods, they decide', { 'apps/all.yaml': `${twoNodes}---\n${nvme}` }, false],
    [
      'in the same directory, they decide',
      { 'apps/nodes.yaml': twoNodes, 'apps/web.yaml': nvme },
      false,
    ],
    [
      'those of test data do not',
      { 'pkg/testdata/nodes.yaml': twoNodes, 'apps/web.yaml': nvme },
      true,
    ],
    [
      'those of test data do not, whoever has listed them',
      { 'e2e/nodes.yaml': listed, 'apps/web.yaml': nvme },
      true,
    ],
    [
      'those of another application do not',
      { 'kind/n.yaml': twoNodes, 'apps/web.yaml': nvme },
      true,
    ],
    ['a cluster has listed them: they decide', { 'n.yaml': listed, 'apps/web.yaml': nvme }, false],
    ['a cluster has listed them: they fit', { 'n.yaml': listed, 'apps/web.yaml': ssd }, true],
  ])('%s', async (_, files, reached) => {
    const { out } = await run(['get', 'ep', '-A', '-R', '.'], { files });
    if (reached) expect(out).toMatch(/ web×3:80/);
    else expect(out).toMatch(/ <none> .*no node has disk=nvme/);
  });

  it('decide where their file is named', async () => {
    const files = { 'kind/n.yaml': twoNodes, 'apps/web.yaml': nvme };
    for (const argv of ['kind/n.yaml apps/web.yaml', '-R . --unit all'])
      expect((await run(['get', 'ep', ...argv.split(' ')], { files })).out).toMatch(/no node has/);
  });
});

interface Asked {
  readonly objects: unknown;
  /** By `namespace/name` of the workload: how many of its pods kube-scheduler gave a node. */
  readonly bound: Readonly<Record<string, number>>;
}

/** Random nodes and workloads that were given to kube-apiserver, kube-controller-manager and kube-scheduler 1.36.3. */
const golden = new URL('golden/scheduler/', import.meta.url);

describe('the scheduler of Kubernetes', () => {
  it.each(readdirSync(golden))('%s', async (name) => {
    const { objects, bound } = JSON.parse(readFileSync(new URL(name, golden), 'utf8')) as Asked;
    const { out } = await run(['get', 'pods', '-A', '-o', 'json', 'k8s.json'], {
      files: { 'k8s.json': JSON.stringify(objects) },
    });
    const { items } = JSON.parse(out) as {
      items: {
        metadata: { annotations: Record<string, string> };
        status: { phase: string };
      }[];
    };
    const counts = new Map(Object.keys(bound).map((workload) => [workload, 0]));
    for (const { metadata, status } of items) {
      const workload = metadata.annotations['kubeplumb/workload'] ?? '';
      if (status.phase === 'Running') counts.set(workload, (counts.get(workload) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual(bound);
  });
});
