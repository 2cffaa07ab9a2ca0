import { describe, expect, it } from 'vitest';
import { type Cluster, predict } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { workload } from '../support/yaml.ts';

const policy = (spec: string, metadata = 'name: rules'): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
const namespace = (name: string, labels: string): string =>
  `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${labels} } }\n`;

function cluster(...texts: readonly string[]): Cluster {
  return predict(
    readManifest(new SourceFile('manifest.yaml', texts.join(''))).objects,
    defaultClusterOptions,
  );
}

function podsOf({ pods }: Cluster, name: string): PodSet {
  const found = pods.all.find(({ workload }) => workload.name === name);
  if (found === undefined) throw new Error(`no workload is called ${name}`);
  return found;
}

const web = workload('web', {
  ports: '{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }',
});
const forWeb = (rule: string): string =>
  policy(`podSelector: { matchLabels: { app: web } }, ingress: [${rule}]`);

describe('verdict: what reaches TCP 8080 of the pods', () => {
  it.each([
    ['no policy', [], 'open'],
    ['a policy for egress only', [policy('podSelector: {}, policyTypes: [Egress]')], 'open'],
    ['a policy for other pods', [policy('podSelector: { matchLabels: { app: api } }')], 'open'],
    [
      'a policy of another namespace',
      [policy('podSelector: {}', 'name: rules, namespace: other')],
      'open',
    ],
    ['no rules', [policy('podSelector: {}')], 'denied'],
    ['a pod selector that is left out takes all pods', [policy('ingress: []')], 'denied'],
    ['policyTypes [] is Ingress', [policy('podSelector: {}, policyTypes: []')], 'denied'],
    [
      'egress rules bring Egress, and Ingress stays',
      [policy('podSelector: {}, egress: [{}]')],
      'denied',
    ],
    ['an empty rule', [forWeb('{}')], 'open'],
    ['the port', [forWeb('{ ports: [{ port: 8080 }] }')], 'open'],
    [
      'the port of another protocol',
      [forWeb('{ ports: [{ port: 8080, protocol: UDP }] }')],
      'denied',
    ],
    ['its name', [forWeb('{ ports: [{ port: http }] }')], 'open'],
    ['another name', [forWeb('{ ports: [{ port: dns, protocol: UDP }] }')], 'denied'],
    ['a range', [forWeb('{ ports: [{ port: 8000, endPort: 8080 }] }')], 'open'],
    ['a range below', [forWeb('{ ports: [{ port: 8000, endPort: 8079 }] }')], 'denied'],
    ['all ports of the protocol', [forWeb('{ ports: [{ protocol: TCP }] }')], 'open'],
    [
      'some peers',
      [forWeb('{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }')],
      'restricted',
    ],
    [
      'some peers, any port',
      [forWeb('{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }')],
      'restricted',
    ],
    [
      'a deny and an allow',
      [policy('podSelector: {}', 'name: deny'), forWeb('{ ports: [{ port: 8080 }] }')],
      'open',
    ],
    ['a port that is filled in later', [forWeb("{ ports: [{ port: '${PORT}' }] }")], 'unknown'],
    [
      'a selector that is filled in later',
      [policy("podSelector: { matchLabels: { app: '${APP}' } }")],
      'unknown',
    ],
    ['rules that are filled in later', [policy("podSelector: {}, ingress: '${RULES}'")], 'unknown'],
    [
      'a policy of another kind',
      [
        policy('podSelector: {}'),
        '---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: allow }\nspec: { priority: 1 }\n',
      ],
      'unknown',
    ],
  ])('%s', (_name, policies, state) => {
    const picture = cluster(web, ...policies);
    expect(picture.policies.verdict(podsOf(picture, 'web'), 8080, 'TCP').state).toBe(state);
  });

  it('single pods of a set are neither all nor none', () => {
    const picture = cluster(
      workload('db', { kind: 'StatefulSet', spec: 'replicas: 2' }),
      policy("podSelector: { matchLabels: { 'apps.kubernetes.io/pod-index': '0' } }"),
    );
    expect(picture.policies.verdict(podsOf(picture, 'db'), 5432, 'TCP').state).toBe('unknown');
  });

  it('what becomes of pods in the network of their node is not defined', () => {
    const picture = cluster(
      workload('web', { pod: 'hostNetwork: true' }),
      policy('podSelector: {}'),
    );
    expect(picture.policies.verdict(podsOf(picture, 'web'), 8080, 'TCP').state).toBe('unknown');
  });

  it('names of native sidecars depend on the plugin', () => {
    const sidecar =
      'initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [{ name: admin, containerPort: 9901 }] }]';
    const picture = cluster(
      workload('web', { pod: sidecar }),
      forWeb('{ ports: [{ port: admin }] }'),
    );
    expect(picture.policies.verdict(podsOf(picture, 'web'), 9901, 'TCP').state).toBe('unknown');
  });
});

describe('connects: from pods to TCP 8080 of others', () => {
  const shop = (name: string): string =>
    workload(name, {
      namespace: 'shop',
      ...(name === 'web' && { ports: '{ name: http, containerPort: 8080 }' }),
    });
  const client = (where: string): string => workload('client', { namespace: where });
  const rule = (from: string): string =>
    policy(
      `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [${from}] }]`,
      'name: in, namespace: shop',
    );
  const out = (egress: string): string =>
    policy(
      `podSelector: {}, policyTypes: [Egress], egress: [${egress}]`,
      'name: out, namespace: shop',
    );

  it.each([
    ['no policy', 'shop', [], 'yes'],
    [
      'a pod selector is about the own namespace',
      'shop',
      [rule('{ podSelector: { matchLabels: { app: client } } }')],
      'yes',
    ],
    [
      'and about no other',
      'front',
      [rule('{ podSelector: { matchLabels: { app: client } } }')],
      'no',
    ],
    ['all namespaces', 'front', [rule('{ namespaceSelector: {} }')], 'yes'],
    [
      'both selectors in one item: both must match',
      'front',
      [rule('{ namespaceSelector: {}, podSelector: { matchLabels: { app: other } } }')],
      'no',
    ],
    [
      'in two items: one of them',
      'front',
      [rule('{ podSelector: { matchLabels: { app: other } } }, { namespaceSelector: {} }')],
      'yes',
    ],
    [
      'a namespace by its name',
      'front',
      [rule('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: front } } }')],
      'yes',
    ],
    [
      'by another name',
      'front',
      [rule('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: back } } }')],
      'no',
    ],
    [
      'by a label of its manifest',
      'front',
      [rule('{ namespaceSelector: { matchLabels: { team: a } } }'), namespace('front', 'team: a')],
      'yes',
    ],
    [
      'by a label that the manifest lacks',
      'front',
      [rule('{ namespaceSelector: { matchLabels: { team: a } } }'), namespace('front', 'team: b')],
      'no',
    ],
    [
      'by a label, without a manifest',
      'front',
      [rule('{ namespaceSelector: { matchLabels: { team: a } } }')],
      'unknown',
    ],
    ['by address', 'front', [rule('{ ipBlock: { cidr: 10.0.0.0/8 } }')], 'unknown'],
    ['nothing may leave', 'shop', [out('')], 'no'],
    [
      'only to the pods',
      'shop',
      [out('{ to: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: http }] }')],
      'yes',
    ],
    [
      'only to another port of them',
      'shop',
      [out('{ to: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }')],
      'no',
    ],
    [
      'may leave, but not come in',
      'shop',
      [out('{}'), rule('{ podSelector: { matchLabels: { app: other } } }')],
      'no',
    ],
  ])('%s', (_name, where, policies, expected) => {
    const picture = cluster(shop('web'), client(where), ...policies);
    expect(
      picture.policies.connects(podsOf(picture, 'client'), podsOf(picture, 'web'), 8080, 'TCP'),
    ).toBe(expected);
  });
});
