/**
 * What a hand or a tool may leave of a manifest: a value is missing, or of another kind than its
 * field. Such objects are refused and judged as they were meant, and no rule may fail on what is
 * not there. lintFiles throws where one does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { rules } from '../../rules/index.ts';
import { lintFiles } from '../support/lint-files.ts';
import { runs } from '../support/runs.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const texts = ['bad', 'ok'].flatMap((folder) =>
  readdirSync(join(fixtures, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => readFileSync(join(fixtures, folder, path), 'utf8'))
    .filter((text) => text.length < 8000),
);

type Container = unknown[] | Record<string, unknown>;
interface Place {
  readonly holder: Container;
  readonly key: string;
}

/** Every value of an object, by what holds it. */
function placesIn(holder: unknown): Place[] {
  if (typeof holder !== 'object' || holder === null) return [];
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder: holder as Container, key },
    ...placesIn(value),
  ]);
}

const missing = Symbol('missing');

function spoil({ holder, key }: Place, value: unknown): void {
  if (value !== missing) Object.assign(holder, { [key]: value });
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

const others = fc.constantFrom<unknown[]>(
  missing,
  ...[null, '', 'x', 'a/b:c', 'http://[', '${X}', '__proto__', 7, -1, 1e12, true],
  ...[[], [null], ['x'], [{}], {}, { a: 1 }],
);
const cases = fc.tuple(
  fc.constantFrom(...texts),
  fc.double({ min: 0, max: 1, noNaN: true }),
  others,
);

it('a value that is missing, or of another kind, makes no rule fail', () => {
  fc.assert(
    fc.property(cases, ([text, share, value]) => {
      const objects = parseAllDocuments(text, { logLevel: 'error' }).map(
        (document) => document.toJS() as unknown,
      );
      const places = placesIn(objects);
      const place = places[Math.floor(share * (places.length - 1))];
      if (place !== undefined) spoil(place, value);
      lintFiles({ 'app.yaml': objects.map((object) => stringify(object)).join('---\n') }, rules);
    }),
    runs(2000),
  );
});

const pod = (fields: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: web-0, labels: { app: web } }
spec: { containers: [{ name: web, image: nginx:1.29 ${fields}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { default.conf: "server { listen 80; }" }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
it.each([
  [
    'a volume mount without its path',
    pod(', volumeMounts: [{ name: v }] }], volumes: [{ name: v, configMap: { name: web } }] }'),
  ],
  [
    'a preference without its term',
    `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: nginx:1.29 }]
      affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } }
---
${pod('}] }')}`,
  ],
  [
    'labels of a monitor that are a list',
    `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: web }
spec: { selector: { matchLabels: [null] }, podMetricsEndpoints: [{ port: http }] }
---
${pod('}] }')}`,
  ],
  [
    'a version that is filled in later',
    `
apiVersion: \${VERSION}
kind: Service
metadata: { name: web }
spec: { selector: { app: [x] }, ports: [{ port: 80, name: [] }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: a }] } }
`,
  ],
  [
    'a block of addresses without its range',
    `
apiVersion: apps/v1
kind: Deployment
metadata: { name: front }
spec:
  selector: { matchLabels: { app: front } }
  template:
    metadata: { labels: { app: front } }
    spec:
      containers: [{ name: front, image: shop/front:1, env: [{ name: URL, value: "http://web" }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ipBlock: { a: 1 } }] }] }
---
${pod('}] }')}`,
  ],
  [
    'an expression without its key',
    `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { maxUnavailable: 1, selector: { matchExpressions: [{ operator: In, values: [web] }] } }
---
${pod('}] }')}`,
  ],
  [
    'a name of a port that is none, of pods that no schema checks',
    `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: a, ports: [{ containerPort: 80, name: 7 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
`,
  ],
])('%s makes no rule fail', (_, text) => {
  lintFiles({ 'app.yaml': text }, rules);
});
