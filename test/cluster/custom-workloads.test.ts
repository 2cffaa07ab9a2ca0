/** Kinds that the configuration teaches. */
import { describe, expect, it } from 'vitest';
import { predict } from '../../src/cluster/cluster.ts';
import { parseFieldPath } from '../../src/cluster/operators/custom-workloads.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { configuredCluster } from '../../src/config/cluster.ts';
import type { Config } from '../../src/config/schema.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

type Workload = NonNullable<Config['workloads']>[number];

const template = (app: string, indent: string): string =>
  `${indent}metadata: {labels: {app: ${app}}}\n${indent}spec: {containers: [{name: a, image: a, ports: [{name: http, containerPort: 8080}]}]}\n`;

/** `web×3:8080` for each Service, `?` where it is not known what it selects. */
function endpoints(yaml: string, workload?: Partial<Workload>, selector = 'app: web'): string {
  const text = `${yaml}---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {${selector}}, ports: [{port: 80, targetPort: http}]}\n`;
  const workloads =
    workload === undefined ? [] : [{ apiVersion: 'example.com/v1', kind: 'App', ...workload }];
  const options = { ...defaultClusterOptions, ...configuredCluster({ workloads }) };
  const { services, operators } = predict(
    readManifest(new SourceFile('a.yaml', text)).objects,
    options,
  );
  const [service] = services;
  if ((service?.possible.length ?? 0) > 0) return '?';
  const members = (service?.backends ?? []).map(
    ({ members: { set, count } }) => `${set.workload.name}×${set.countKnown ? count : '?'}`,
  );
  return members.join(' ') || (operators.unknown.length > 0 ? 'who knows' : 'none');
}

const head = 'apiVersion: example.com/v1\nkind: App\nmetadata: {name: web}\n';
const elsewhere = `${head}spec:\n  size: 3\n  pod:\n${template('web', '    ')}`;
const pools = `${head}spec:\n  pools:\n  - count: 2\n    template:\n${template('web', '      ')}  - count: 4\n    template:\n${template('other', '      ')}`;
const selected = `${head}spec:\n  selector: {matchLabels: {team: a}}\n  template:\n${template('web', '    ')}`;

describe('pods of a kind that was taught', () => {
  it.each<[string, string, string, Partial<Workload> | undefined, string?]>([
    ['not taught', 'who knows', elsewhere, undefined],
    ['another kind taught', 'who knows', elsewhere, { kind: 'Other', template: 'spec.pod' }],
    [
      'another group taught',
      'who knows',
      elsewhere,
      { apiVersion: 'example.org/v1', template: 'spec.pod' },
    ],
    [
      'a path to the template and the count',
      'web×3',
      elsewhere,
      { template: 'spec.pod', replicas: 'spec.size' },
    ],
    [
      'another version of the group',
      'web×3',
      elsewhere,
      { apiVersion: 'example.com/v2', template: 'spec.pod', replicas: 'spec.size' },
    ],
    ['no count', 'web×?', elsewhere, { template: 'spec.pod' }],
    ['a path to nothing', 'none', elsewhere, { template: 'spec.pods' }],
    ['a kind without pods', 'none', elsewhere, { template: 'none' }],
    [
      'each of a list',
      'web×2',
      pools,
      { template: 'spec.pools[*].template', replicas: 'spec.pools[*].count' },
    ],
    [
      'each of a list, the other',
      'web×4',
      pools,
      { template: 'spec.pools[*].template', replicas: 'spec.pools[*].count' },
      'app: other',
    ],
    [
      'one of a list',
      'web×2',
      pools,
      { template: 'spec.pools[0].template', replicas: 'spec.pools[0].count' },
    ],
    [
      'two paths',
      'web×4',
      pools,
      {
        template: ['spec.pools[0].template', 'spec.pools[1].template'],
        replicas: 'spec.pools[1].count',
      },
    ],
    ['a label that no template has', '?', elsewhere, { template: 'spec.pod' }, 'app: web, role: x'],
    [
      'a label that no template has, and there are no others',
      'none',
      elsewhere,
      { template: 'spec.pod', exactLabels: true },
      'app: web, role: x',
    ],
    ['another value of a label', 'none', elsewhere, { template: 'spec.pod' }, 'app: wbe'],
    [
      'a label of the selector',
      'web×?',
      selected,
      { selector: 'spec.selector', exactLabels: true },
      'app: web, team: a',
    ],
    [
      'a label of the selector that is not taught',
      'none',
      selected,
      { exactLabels: true },
      'app: web, team: a',
    ],
    [
      'a plain selector',
      'web×?',
      selected.replace('{matchLabels: {team: a}}', '{team: a}'),
      { selector: 'spec.selector', exactLabels: true },
      'team: a',
    ],
  ])('%s: %s', (_, expected, yaml, workload, selector) => {
    expect(endpoints(yaml, workload, selector)).toBe(expected);
  });

  it('what is taught is stronger than what is known', () => {
    const rollout = elsewhere
      .replace('example.com/v1', 'argoproj.io/v1alpha1')
      .replace('kind: App', 'kind: Rollout');
    expect(
      endpoints(rollout, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        template: 'spec.pod',
        replicas: 'spec.size',
      }),
    ).toBe('web×3');
  });

  it('makes Services of the names that are taught', () => {
    const options = configuredCluster({
      workloads: [
        { apiVersion: 'example.com/v1', kind: 'App', services: ['{name}', '{name}-headless'] },
      ],
    });
    const { operators } = predict(readManifest(new SourceFile('a.yaml', elsewhere)).objects, {
      ...defaultClusterOptions,
      ...options,
    });
    expect(operators.makerOfService('default', 'web-headless')?.name).toBe('web');
    expect(operators.makerOfService('default', 'web-other')).toBeUndefined();
  });
});

describe('paths', () => {
  it.each([
    ['spec.template', ['spec', 'template']],
    ['.spec.template', ['spec', 'template']],
    ['$.spec.a[0].b[*]', ['spec', 'a', 0, 'b', '*']],
    ['spec.pod-template', ['spec', 'pod-template']],
    ['spec/template', undefined],
    ['spec..template', undefined],
    ['spec[x]', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseFieldPath(text)).toEqual(expected);
  });
});

describe('the cluster of a configuration', () => {
  it.each<[Config, object]>([
    [{}, {}],
    [
      { clusterFamilies: 'IPv6' },
      { ipFamilies: ['IPv6'], ipFamiliesAssumed: false, podIPFamilies: ['IPv6'] },
    ],
    [
      { clusterFamilies: ['IPv6', 'IPv4'] },
      { ipFamilies: ['IPv6', 'IPv4'], ipFamiliesAssumed: false, podIPFamilies: ['IPv6', 'IPv4'] },
    ],
    [
      { clusterFamilies: { services: ['IPv4', 'IPv6'], pods: 'IPv4' } },
      { ipFamilies: ['IPv4', 'IPv6'], ipFamiliesAssumed: false, podIPFamilies: ['IPv4'] },
    ],
    [{ clusterFamilies: { pods: ['IPv6'] } }, { podIPFamilies: ['IPv6'] }],
    [
      { kubernetesVersion: '1.30', namespace: 'a' },
      { kubernetesMinor: 30, namespace: 'a' },
    ],
  ])('%j', (config, expected) => {
    expect(configuredCluster(config)).toEqual(expected);
  });
});
