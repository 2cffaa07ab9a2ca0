/** `verify`: real dumps of the control plane that answered the conformance scenarios, and dumps in which something is wrong. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const dumps = readdirSync(join(fixtures, 'dumps')).map((file) => file.replace(/\.json$/, ''));

const read = (...path: string[]): string => readFileSync(join(fixtures, ...path), 'utf8');

describe('a real cluster is as predicted', () => {
  it('has dumps of scenarios', () => {
    expect(dumps.length).toBeGreaterThan(12);
    expect(dumps.filter((name) => !existsSync(join(fixtures, 'conformance', name)))).toEqual([]);
  });

  it.each(dumps)('%s', async (name) => {
    const { cluster } = JSON.parse(read('conformance', name, 'golden.json')) as {
      cluster: { ipFamilies: string[] };
    };
    const manifests = readdirSync(join(fixtures, 'conformance', name, 'manifests'));
    const files = Object.fromEntries([
      ...manifests.map((file) => [`k8s/${file}`, read('conformance', name, 'manifests', file)]),
      ['dump.json', read('dumps', `${name}.json`)],
    ]) as Record<string, string>;
    const families = cluster.ipFamilies.join(',');
    const { code, out } = await run(
      ['verify', 'k8s', 'dump.json', '-o', 'json', '--ip-families', families],
      { files },
    );
    const report = JSON.parse(out) as { services: { name: string; state: string }[] };
    const states = report.services.map(({ name: service, state }) => `${service} ${state}`);
    expect(states.filter((text) => !/ (equal|unknown)$/.test(text))).toEqual([]);
    expect(report.services.length).toBeGreaterThan(0);
    expect(code).toBe(0);
  });
});

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api
          image: registry.example/api:2
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  selector: {app: api}
  ports: [{name: http, port: 80, targetPort: http}]
`;

interface RunningPod {
  readonly name: string;
  readonly status: string;
  readonly ready?: boolean;
  readonly replicaSet?: string;
}

const isReady = 'conditions: [{type: Ready, status: "True"}], phase: Running';
const isNotReady = 'conditions: [{type: Ready, status: "False"}], phase: Running';

/** A dump of the manifests above with these pods; `service` and `port` are what runs. */
function dump(
  pods: readonly RunningPod[],
  { selector = 'app: api', port = 8080, target = 'http', more = '' } = {},
): string {
  const owner = (kind: string, name: string, api = 'apps/v1'): string =>
    `ownerReferences: [{apiVersion: ${api}, kind: ${kind}, name: ${name}, controller: true, uid: u}]`;
  const replicaSets = [...new Set(pods.map(({ replicaSet = 'api-new' }) => replicaSet))];
  return `apiVersion: v1
kind: List
items:
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: api, namespace: shop, uid: d}, spec: {replicas: 3, selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}, spec: {containers: [{name: api, image: x, ports: [{name: http, containerPort: ${port}, protocol: TCP}]}]}}}}
${replicaSets
  .map(
    (name) =>
      `- {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: ${name}, namespace: shop, annotations: {deployment.kubernetes.io/revision: "${name.endsWith('old') ? 1 : 2}"}, ${owner('Deployment', 'api')}}, spec: {replicas: 1}}`,
  )
  .join('\n')}
${pods
  .map(
    ({ name, status, replicaSet = 'api-new' }) =>
      `- {apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: shop, labels: {app: api}, ${owner('ReplicaSet', replicaSet)}}, spec: {}, status: {${status}}}`,
  )
  .join('\n')}
- {apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop}, spec: {type: ClusterIP, clusterIP: 10.96.0.9, selector: {${selector}}, ports: [{name: http, port: 80, protocol: TCP, targetPort: ${target}}]}}
- apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: api-1, namespace: shop, labels: {kubernetes.io/service-name: api, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}}
  addressType: IPv4
  ports: [{name: http, port: ${port}, protocol: TCP}]
  endpoints:
${pods
  .map(
    ({ name, ready = true }, index) =>
      `  - {addresses: [10.0.0.${index + 1}], conditions: {ready: ${ready}}, targetRef: {kind: Pod, name: ${name}, namespace: shop}}`,
  )
  .join('\n')}
${more}`;
}

const pod = (name: string, more: Partial<RunningPod> = {}): RunningPod => ({
  name,
  status: isReady,
  ...more,
});
const failing = (name: string, container: string, conditions = isNotReady): RunningPod =>
  pod(name, { ready: false, status: `${conditions}, containerStatuses: [${container}]` });

const waiting = (reason: string, more = ''): string =>
  `{name: api, image: "registry.example/api:2", ready: false, restartCount: 7, state: {waiting: {reason: ${reason}${more}}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}`;

const cases: readonly [title: string, dump: string, code: number, lines: readonly string[]][] = [
  [
    'all ready',
    dump([pod('a'), pod('b'), pod('c')]),
    0,
    ['equal       Deployment/api:8080  3 ready'],
  ],
  [
    'crash looping',
    dump([pod('a'), failing('b', waiting('CrashLoopBackOff')), pod('c')]),
    1,
    [
      'not ready   Deployment/api:8080  3 predicted, 2 ready, 1 not ready',
      'b: CrashLoopBackOff: container "api" exited with 137, restarted 7 times',
    ],
  ],
  [
    'an image that cannot be pulled, of two pods',
    dump(['a', 'b'].map((name) => failing(name, waiting('ImagePullBackOff')))),
    1,
    ['a, b: ImagePullBackOff: image "registry.example/api:2"'],
  ],
  [
    'a Secret that is not there',
    dump([failing('a', waiting('CreateContainerConfigError', ', message: secret "db" not found'))]),
    1,
    ['a: CreateContainerConfigError: container "api": secret "db" not found'],
  ],
  [
    'no node has room',
    dump([
      pod('a', {
        ready: false,
        status:
          'phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "0/3 nodes are available: 3 Insufficient cpu."}]',
      }),
    ]),
    1,
    ['a: Pending: 0/3 nodes are available: 3 Insufficient cpu.'],
  ],
  [
    'a readiness probe that fails',
    dump([failing('a', '{name: api, ready: false, state: {running: {}}}'), pod('b'), pod('c')]),
    1,
    ['a: container "api" runs and is not ready'],
  ],
  [
    'an old ReplicaSet beside the new one',
    dump([pod('a'), pod('b'), pod('c'), pod('d', { replicaSet: 'api-old' })]),
    1,
    [
      'more        Deployment/api:8080  3 predicted, 4 ready',
      '1 pod of the old ReplicaSet api-old (revision 1 of 2)',
    ],
  ],
  [
    'fewer replicas',
    dump([pod('a')]),
    1,
    [
      'fewer       Deployment/api:8080  3 predicted, 1 ready',
      'Deployment/api has 3 replicas in the dump',
    ],
  ],
  [
    'no endpoint at all, and another selector',
    dump([], { selector: 'app: api-v1' }),
    1,
    [
      'missing     Deployment/api:8080  3 predicted, 0 ready',
      'drift of selector',
      'manifests  app=api',
      'dump       app=api-v1',
    ],
  ],
  [
    'another container port',
    dump([pod('a'), pod('b'), pod('c')], { port: 9090 }),
    1,
    [
      'missing     Deployment/api:8080  3 predicted, 0 ready',
      'extra       Deployment/api:9090  0 predicted, 3 ready',
      'drift of Deployment/api: ports of its containers',
      'manifests  http 8080/TCP',
      'dump       http 9090/TCP',
    ],
  ],
  [
    'another target port',
    dump([pod('a'), pod('b'), pod('c')], { target: '8080' }),
    1,
    ['drift of ports', 'manifests  http 80/TCP→http', 'dump       http 80/TCP→8080'],
  ],
  [
    'a Service that only the dump has',
    dump([pod('a'), pod('b'), pod('c')], {
      more: '- {apiVersion: v1, kind: Service, metadata: {name: legacy, namespace: shop}, spec: {ports: [{port: 80}]}}',
    }),
    0,
    ['1 Service: 1 equal', 'in the dump only: shop/legacy'],
  ],
];

describe('what differs', () => {
  it.each(cases)('%s', async (_title, text, code, lines) => {
    const files = { 'k8s/api.yaml': manifests, 'dump.yaml': text };
    const ran = await run(['verify', 'k8s', 'dump.yaml'], { files });
    for (const line of lines) expect(ran.out).toContain(line);
    expect({ code: ran.code, err: ran.err }).toEqual({ code, err: '' });
  });

  it('is told as Markdown, and as JSON', async () => {
    const files = {
      'k8s/api.yaml': manifests,
      'dump.yaml': dump([pod('a'), failing('b', waiting('CrashLoopBackOff'))]),
    };
    const markdown = await run(['verify', 'k8s', '--dump', 'dump.yaml', '-o', 'markdown'], {
      files,
    });
    expect(markdown.out).toContain(
      '| `shop/api` | http 80/TCP | `Deployment/api:8080` | 3 | 1 | not ready<br>b: CrashLoopBackOff: container "api" exited with 137, restarted 7 times |',
    );
    const json = await run(['verify', 'k8s', 'dump.yaml', '-o', 'json'], { files });
    expect(JSON.parse(json.out)).toMatchObject({
      version: 1,
      services: [
        { name: 'api', state: 'different', ports: [{ endpoints: [{ verdict: 'not-ready' }] }] },
      ],
      summary: { services: 1, equal: 0, different: 1, missing: 0, unknown: 0 },
    });
  });

  it('stands beside the prediction in describe', async () => {
    const files = {
      'k8s/api.yaml': manifests,
      'dump.yaml': dump([pod('a'), failing('b', waiting('CrashLoopBackOff')), pod('c')]),
    };
    const { out } = await run(['describe', 'service', 'api', 'k8s', '--dump', 'dump.yaml'], {
      files,
    });
    expect(out).toMatch(/^Endpoints: +api×3:8080\nIn the dump: +not ready: Deployment\/api:8080/m);
    expect(out).toContain('CrashLoopBackOff');
  });

  it('is no manifest where it lies among them', async () => {
    const files = {
      'k8s/api.yaml': manifests,
      'dump.yaml': dump([pod('a'), pod('b'), pod('c')]),
    };
    for (const line of ['verify dump.yaml', 'verify -R . dump.yaml', 'verify -R --dump dump.yaml'])
      expect((await run(line.split(' '), { files })).out).toContain('1 Service: 1 equal');
    const { err } = await run(['verify', '.', 'dump.yaml'], { files });
    expect(err).toContain(': kubeplumb verify --dump dump.yaml -R .');
  });

  it('is asked for where only manifests are named', async () => {
    const { code, err } = await run(['verify', 'k8s'], { files: { 'k8s/api.yaml': manifests } });
    expect([code, err]).toEqual([2, expect.stringContaining('The DUMP of a cluster comes last')]);
  });

  it('comes from a pipe, too', async () => {
    const ran = await run(['verify', 'k8s', '-'], {
      files: { 'k8s/api.yaml': manifests },
      stdin: dump([pod('a'), pod('b'), pod('c')]),
    });
    expect(ran.code).toBe(0);
  });
});

describe('a dump that says too little', () => {
  it.each([
    ['is not there', 'verify k8s nowhere.yaml', 'error: the dump nowhere.yaml'],
    ['has no endpoints', 'verify k8s part.yaml', 'neither EndpointSlices nor Endpoints'],
    [
      'is a table',
      'verify k8s table.txt',
      'the dump table.txt holds nothing of Kubernetes; make it',
    ],
    ['is no YAML', 'verify k8s broken.yaml', 'the dump cannot be read: broken.yaml:2'],
    ['is not named', 'verify', 'verify what? MANIFESTS and the DUMP of a cluster'],
  ])('%s', async (_title, line, message) => {
    const files = {
      'k8s/api.yaml': manifests,
      'part.yaml': manifests,
      'table.txt': 'NAME   ENDPOINTS   AGE\napi    10.0.0.1:80   5m\n',
      'broken.yaml': 'apiVersion: v1\nkind: [List\nmetadata: {name: x}\n',
    };
    const { code, err } = await run(line.split(' '), { files });
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
