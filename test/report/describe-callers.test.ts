import { expect, it } from 'vitest';
import { predict } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { callerLines } from '../../src/report/describe-callers.ts';
import { workload } from '../support/yaml.ts';

const base = `${workload('web')}---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: shell, labels: { app: shell } }
spec: { containers: [{ name: sh, image: sh, env: [{ name: WEB, value: "http://web" }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
const policy = (name: string, spec: string): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
const from = (peers: string): string =>
  policy('web', `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [${peers}] }]`);
const shell = '{ podSelector: { matchLabels: { app: shell } } }';

it.each([
  ['no policy', '', []],
  [
    'one is admitted',
    from(shell),
    [
      'Pod/shell → port 80: admitted by NetworkPolicy web',
      'the controller of Ingress default/web → port 80: kept out: NetworkPolicy web does not admit it',
    ],
  ],
  [
    'one is not let out',
    from('{ namespaceSelector: {} }') +
      policy('shell', 'podSelector: { matchLabels: { app: shell } }, policyTypes: [Egress]'),
    [
      'Pod/shell → port 80: kept out: NetworkPolicy shell does not let it out',
      'the controller of Ingress default/web → port 80: admitted by NetworkPolicy web',
    ],
  ],
  [
    'a policy for one workload of two',
    workload('canary', { labels: 'app: web, track: canary' }) +
      policy('canary', 'podSelector: { matchLabels: { track: canary } }, policyTypes: [Ingress]'),
    [
      'Pod/shell → port 80: kept from some of the pods: NetworkPolicy canary does not admit it to all of them',
      'the controller of Ingress default/web → port 80: kept from some of the pods: NetworkPolicy canary does not admit it to all of them',
    ],
  ],
  [
    'a policy for others',
    policy('api', 'podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress]'),
    [],
  ],
])('%s', (_name, text, expected) => {
  const cluster = predict(
    readManifest(new SourceFile('manifest.yaml', base + text)).objects,
    defaultClusterOptions,
  );
  const picture = cluster.servicesByName.get('default/web');
  if (picture === undefined) throw new Error('there is no Service');
  expect(callerLines(picture, cluster, 200).map((line) => line.trim())).toEqual(expected);
});
