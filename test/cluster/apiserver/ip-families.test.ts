/**
 * After TestCreateInitIPFields of the upstream storage tests: what becomes of policy and families
 * in the four kinds of clusters.
 */
import { describe, expect, test } from 'vitest';
import { initIPFamilies } from '../../../src/cluster/apiserver/ip-families.ts';
import { defaultClusterOptions, type IPFamily } from '../../../src/cluster/options.ts';
import type { JsonObject } from '../../../src/kubernetes/json.ts';

type Cluster = '4' | '6' | '46' | '64';
const clusters: Readonly<Record<Cluster, readonly IPFamily[]>> = {
  '4': ['IPv4'],
  '6': ['IPv6'],
  '46': ['IPv4', 'IPv6'],
  '64': ['IPv6', 'IPv4'],
};
const familyNames: Readonly<Record<string, string>> = { '4': 'IPv4', '6': 'IPv6' };
const policies: Readonly<Record<string, string>> = {
  single: 'SingleStack',
  prefer: 'PreferDualStack',
  require: 'RequireDualStack',
};

interface Row {
  readonly policy?: 'single' | 'prefer' | 'require';
  readonly families?: string;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly selectorless?: true;
}

/** Per cluster: policy and families, as `single 4`, or the paths of what is refused. */
const rows: [title: string, row: Row, results: Readonly<Record<Cluster, string>>][] = [
  ['nothing given', {}, { '4': 'single 4', '6': 'single 6', '46': 'single 4', '64': 'single 6' }],
  [
    'SingleStack',
    { policy: 'single' },
    { '4': 'single 4', '6': 'single 6', '46': 'single 4', '64': 'single 6' },
  ],
  [
    'PreferDualStack',
    { policy: 'prefer' },
    { '4': 'prefer 4', '6': 'prefer 6', '46': 'prefer 46', '64': 'prefer 64' },
  ],
  [
    'RequireDualStack',
    { policy: 'require' },
    { '4': 'ipFamilyPolicy', '6': 'ipFamilyPolicy', '46': 'require 46', '64': 'require 64' },
  ],
  [
    'IPv4',
    { families: '4' },
    { '4': 'single 4', '6': 'ipFamilies[0]', '46': 'single 4', '64': 'single 4' },
  ],
  [
    'IPv6',
    { families: '6' },
    { '4': 'ipFamilies[0]', '6': 'single 6', '46': 'single 6', '64': 'single 6' },
  ],
  [
    'both without policy',
    { families: '46' },
    { '4': 'ipFamilies', '6': 'ipFamilies', '46': 'ipFamilies', '64': 'ipFamilies' },
  ],
  [
    'PreferDualStack, IPv6',
    { policy: 'prefer', families: '6' },
    { '4': 'ipFamilies[0]', '6': 'prefer 6', '46': 'prefer 64', '64': 'prefer 64' },
  ],
  [
    'PreferDualStack, both',
    { policy: 'prefer', families: '46' },
    { '4': 'ipFamilies[1]', '6': 'ipFamilies[0]', '46': 'prefer 46', '64': 'prefer 46' },
  ],
  [
    'RequireDualStack, IPv4',
    { policy: 'require', families: '4' },
    {
      '4': 'ipFamilyPolicy',
      '6': 'ipFamilyPolicy ipFamilies[0]',
      '46': 'require 46',
      '64': 'require 46',
    },
  ],
  [
    'SingleStack, both',
    { policy: 'single', families: '64' },
    {
      '4': 'ipFamilyPolicy',
      '6': 'ipFamilyPolicy',
      '46': 'ipFamilyPolicy',
      '64': 'ipFamilyPolicy',
    },
  ],
  [
    'an IPv4 address',
    { clusterIP: '10.96.0.1' },
    { '4': 'single 4', '6': 'clusterIP', '46': 'single 4', '64': 'single 4' },
  ],
  [
    'an IPv6 address',
    { clusterIP: 'fd00::1' },
    { '4': 'clusterIP', '6': 'single 6', '46': 'single 6', '64': 'single 6' },
  ],
  [
    'an address against its family',
    { clusterIP: '10.96.0.1', families: '6' },
    { '4': 'clusterIP', '6': 'clusterIP', '46': 'clusterIP', '64': 'clusterIP' },
  ],
  [
    'two addresses, PreferDualStack',
    { policy: 'prefer', clusterIP: 'fd00::1', clusterIPs: ['fd00::1', '10.96.0.1'] },
    { '4': 'clusterIPs[0]', '6': 'clusterIPs[1]', '46': 'prefer 64', '64': 'prefer 64' },
  ],
  [
    'two addresses, no policy',
    { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', 'fd00::1'] },
    {
      '4': 'clusterIPs clusterIPs[1]',
      '6': 'clusterIPs clusterIPs[0]',
      '46': 'clusterIPs',
      '64': 'clusterIPs',
    },
  ],
  [
    'headless',
    { clusterIP: 'None' },
    { '4': 'single 4', '6': 'single 6', '46': 'single 4', '64': 'single 6' },
  ],
  [
    'headless, PreferDualStack',
    { clusterIP: 'None', policy: 'prefer' },
    { '4': 'prefer 4', '6': 'prefer 6', '46': 'prefer 46', '64': 'prefer 64' },
  ],
  [
    'headless, RequireDualStack',
    { clusterIP: 'None', policy: 'require' },
    { '4': 'ipFamilyPolicy', '6': 'ipFamilyPolicy', '46': 'require 46', '64': 'require 64' },
  ],
  [
    'headless without selector',
    { clusterIP: 'None', selectorless: true },
    { '4': 'require 46', '6': 'require 64', '46': 'require 46', '64': 'require 64' },
  ],
  [
    'headless without selector, SingleStack',
    { clusterIP: 'None', selectorless: true, policy: 'single' },
    { '4': 'single 4', '6': 'single 6', '46': 'single 4', '64': 'single 6' },
  ],
  [
    'headless without selector, PreferDualStack',
    { clusterIP: 'None', selectorless: true, policy: 'prefer' },
    { '4': 'prefer 46', '6': 'prefer 64', '46': 'prefer 46', '64': 'prefer 64' },
  ],
  [
    'headless without selector, IPv6',
    { clusterIP: 'None', selectorless: true, families: '6' },
    { '4': 'require 64', '6': 'require 64', '46': 'require 64', '64': 'require 64' },
  ],
  [
    'headless without selector, SingleStack, both',
    { clusterIP: 'None', selectorless: true, policy: 'single', families: '46' },
    {
      '4': 'ipFamilyPolicy',
      '6': 'ipFamilyPolicy',
      '46': 'ipFamilyPolicy',
      '64': 'ipFamilyPolicy',
    },
  ],
];

function specOf({ policy, families, clusterIP, clusterIPs, selectorless }: Row): JsonObject {
  const spec: JsonObject = { type: 'ClusterIP' };
  if (policy !== undefined) spec['ipFamilyPolicy'] = policies[policy] ?? '';
  if (families !== undefined)
    spec['ipFamilies'] = [...families].map((family) => familyNames[family] ?? '');
  if (clusterIP !== undefined) spec['clusterIP'] = clusterIP;
  if (clusterIPs !== undefined) spec['clusterIPs'] = [...clusterIPs];
  if (selectorless !== true) spec['selector'] = { app: 'web' };
  return spec;
}

describe.each(rows)('%s', (_, row, results) => {
  test.each(Object.entries(results) as [Cluster, string][])(
    'cluster %s: %s',
    (cluster, expected) => {
      const {
        ipFamilyPolicy = '',
        ipFamilies = [],
        refusals,
      } = initIPFamilies(specOf(row), { ...defaultClusterOptions, ipFamilies: clusters[cluster] });
      const paths = refusals.map(({ path }) =>
        path
          .slice(1)
          .reduce(
            (shown: string, step) =>
              typeof step === 'number' ? `${shown}[${step}]` : String(step),
            '',
          ),
      );
      const policy = Object.keys(policies).find((key) => policies[key] === ipFamilyPolicy);
      expect(
        refusals.length > 0
          ? paths.join(' ')
          : `${policy} ${ipFamilies.map((family) => family.slice(3)).join('')}`,
      ).toBe(expected);
    },
  );
});

test('ExternalName has none', () => {
  expect(
    initIPFamilies({ type: 'ExternalName', externalName: 'example.com' }, defaultClusterOptions),
  ).toEqual({ refusals: [] });
});

test('a placeholder leaves them open', () => {
  expect(
    initIPFamilies({ type: 'ClusterIP', ipFamilyPolicy: '{{ policy }}' }, defaultClusterOptions),
  ).toEqual({ refusals: [] });
});
