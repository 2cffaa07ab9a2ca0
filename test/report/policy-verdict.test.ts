import { expect, it } from 'vitest';
import { predict } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { policyText } from '../../src/report/policy-verdict.ts';
import { workload } from '../support/yaml.ts';

const service =
  '---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }\n';
const policy = (spec: string): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: rules }\nspec: { ${spec} }\n`;
const from = (peers: string): string =>
  policy(`podSelector: {}, ingress: [{ from: [${peers}], ports: [{ port: 8080 }] }]`);

it.each([
  ['no policy', '', undefined],
  [
    'closed',
    policy('podSelector: {}'),
    'denied: no rule allows TCP 8080 from anywhere (NetworkPolicy rules)',
  ],
  ['open', policy('podSelector: {}, ingress: [{}]'), 'open to everybody (NetworkPolicy rules)'],
  [
    'pods beside it',
    from('{ podSelector: { matchLabels: { app: api } } }'),
    'restricted to pods app=api of the same namespace (NetworkPolicy rules)',
  ],
  [
    'other namespaces and addresses',
    from(
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress } } }, { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: role, operator: Exists }] } }, { ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }',
    ),
    'restricted to all pods of namespace ingress; pods role of all namespaces; 10.0.0.0/8 but 10.1.0.0/16 (NetworkPolicy rules)',
  ],
  [
    'one workload of two',
    workload('canary', { labels: 'app: web, track: canary' }) +
      policy('podSelector: { matchLabels: { track: canary } }'),
    'Deployment/web: open: no NetworkPolicy isolates the pods; Deployment/canary: denied: no rule allows TCP 8080 from anywhere (NetworkPolicy rules)',
  ],
])('%s', (_name, text, expected) => {
  const cluster = predict(
    readManifest(new SourceFile('manifest.yaml', service + workload('web') + text)).objects,
    defaultClusterOptions,
  );
  const [picture] = cluster.services;
  const port = picture?.ports[0];
  if (picture === undefined || port === undefined) throw new Error('there is no Service');
  expect(policyText(picture, port, cluster)).toBe(expected);
});
