/** What presets, rules and overrides make of findings. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { isInPreset } from '../../src/config/presets.ts';
import { baseSeverity, pathMatcher, ruleSettings } from '../../src/config/rule-settings.ts';
import type { Config } from '../../src/config/schema.ts';
import { lintUnits } from '../../src/lint/lint.ts';
import type { RuleMeta } from '../../src/lint/rule.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { groupUnits } from '../../src/units/units.ts';

/**
 * Three Services that select nothing, each an error, and one workload that they miss by a letter.
 */
const files = {
  'k8s/web.yaml': service('web', 'shop', 'tier: front') + workload('web', 'shop'),
  'k8s/api.yaml': service('api', 'shop', 'tier: back') + workload('api', 'shop'),
  'examples/db.yaml': service('db', 'legacy-a', 'tier: back') + workload('db', 'legacy-a'),
};

function service(name: string, namespace: string, label: string): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}, labels: {${label}}}
spec: {selector: {app: ${name}-x}, ports: [{port: 80}]}
---
`;
}

function workload(name: string, namespace: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}-y}}
  template: {metadata: {labels: {app: ${name}-y}}, spec: {containers: [{name: a, image: a, ports: [{containerPort: 80}]}]}}
---
`;
}

const all = { web: 'error', api: 'error', db: 'error' };

/** Name of the Service → severity. */
function severities(yaml: string, named: readonly string[] = []): Record<string, string> {
  const settings = ruleSettings(parse(yaml) as Config, (path) => path, new Set(named));
  const manifests = Object.entries(files).map(([path, text]) =>
    readManifest(new SourceFile(path, text)),
  );
  const units = groupUnits(manifests, { mode: 'file', explicitFiles: false });
  const { diagnostics } = lintUnits(manifests, units, rules, defaultClusterOptions, {
    rules: settings,
  });
  return Object.fromEntries(
    diagnostics
      .filter(({ rule }) => rule === 'service-selects-nothing')
      .map(({ object, severity }) => [object?.name, severity]),
  ) as Record<string, string>;
}

describe('findings', () => {
  it.each<[string, string, Record<string, string>]>([
    ['no word of it', '{}', all],
    ['on', 'rules: {service-selects-nothing: "on"}', all],
    ['off', 'rules: {service-selects-nothing: "off"}', {}],
    ['milder', 'rules: {service-selects-nothing: info}', { web: 'info', api: 'info', db: 'info' }],
    [
      'milder, as a mapping',
      'rules: {service-selects-nothing: {severity: warning}}',
      { web: 'warning', api: 'warning', db: 'warning' },
    ],
    ['options alone', 'rules: {service-selects-nothing: {runtimeLabels: [x]}}', all],
    ['an option that settles them', 'rules: {service-selects-nothing: {runtimeLabels: [app]}}', {}],
    ['no preset', 'extends: none', {}],
    ['no preset, but the rule', 'extends: none\nrules: {service-selects-nothing: "on"}', all],
    [
      'no preset, options alone',
      'extends: none\nrules: {service-selects-nothing: {runtimeLabels: [x]}}',
      {},
    ],
    ['another preset', 'extends: [security, resilience]', {}],
    [
      'a folder',
      'overrides: [{files: examples/, rules: {service-selects-nothing: "off"}}]',
      { web: 'error', api: 'error' },
    ],
    [
      'a folder from here on',
      'overrides: [{files: ./examples/, rules: {service-selects-nothing: "off"}}]',
      { web: 'error', api: 'error' },
    ],
    [
      'a pattern',
      'overrides: [{files: ["*.yaml", "!k8s/api.yaml"], rules: {service-selects-nothing: "off"}}]',
      { api: 'error' },
    ],
    [
      'a kind',
      'overrides: [{kinds: Serv*, rules: {service-selects-nothing: info}}]',
      { web: 'info', api: 'info', db: 'info' },
    ],
    [
      'another kind',
      'overrides: [{kinds: [Ingress, Deployment], rules: {service-selects-nothing: info}}]',
      all,
    ],
    [
      'a namespace',
      'overrides: [{namespaces: legacy-*, rules: {service-selects-nothing: "off"}}]',
      { web: 'error', api: 'error' },
    ],
    [
      'names',
      'overrides: [{names: [web, d?], rules: {service-selects-nothing: "off"}}]',
      { api: 'error' },
    ],
    [
      'labels',
      'overrides: [{labels: {tier: back}, rules: {service-selects-nothing: warning}}]',
      { web: 'error', api: 'warning', db: 'warning' },
    ],
    [
      'a label that none has',
      'overrides: [{labels: {team: "*"}, rules: {service-selects-nothing: warning}}]',
      all,
    ],
    [
      'two selectors: both must hold',
      'overrides: [{labels: {tier: back}, namespaces: shop, rules: {service-selects-nothing: warning}}]',
      { ...all, api: 'warning' },
    ],
    [
      'two entries: the last one wins',
      'overrides: [{labels: {tier: back}, rules: {service-selects-nothing: warning}}, {names: api, rules: {service-selects-nothing: info}}]',
      { web: 'error', api: 'info', db: 'warning' },
    ],
    [
      'every rule',
      'overrides: [{files: examples/, rules: {"*": "off"}}]',
      { web: 'error', api: 'error' },
    ],
    [
      'every rule but one',
      'overrides: [{files: k8s/, rules: {"*": "off", service-selects-nothing: info}}]',
      { web: 'info', api: 'info', db: 'error' },
    ],
    [
      'every rule that is on: others stay off',
      'extends: none\noverrides: [{files: k8s/, rules: {"*": warning}}]',
      {},
    ],
    [
      'off, but on for some, and heavier',
      'rules: {service-selects-nothing: "off"}\noverrides: [{namespaces: shop, rules: {service-selects-nothing: warning}}]',
      { web: 'warning', api: 'warning' },
    ],
    [
      'raised again',
      'rules: {service-selects-nothing: info}\noverrides: [{names: web, rules: {service-selects-nothing: error}}]',
      { web: 'error', api: 'info', db: 'info' },
    ],
    ['an override of another rule', 'overrides: [{names: web, rules: {removed-api: "off"}}]', all],
  ])('%s', (_, yaml, expected) => {
    expect(severities(yaml)).toEqual(expected);
  });

  it('come of a rule that the command line names, although it is off', () => {
    const config =
      'rules: {service-selects-nothing: "off"}\noverrides: [{names: web, rules: {service-selects-nothing: "off"}}]';
    expect(severities(config, ['service-selects-nothing'])).toEqual({ api: 'error', db: 'error' });
  });

  it('of one object in two units count if they count in one', () => {
    const text = (namespace: string): string =>
      `resources: [../base]\nnamespace: ${namespace}\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n`;
    const base =
      service('web', 'x', 'a: b').replace(', namespace: x', '') +
      workload('web', 'x').replace(', namespace: x', '');
    const tree = {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': base,
      'dev/kustomization.yaml': text('dev'),
      'prod/kustomization.yaml': text('prod'),
    };
    const manifests = Object.entries(tree).map(([path, yaml]) =>
      readManifest(new SourceFile(path, yaml)),
    );
    const units = groupUnits(manifests, { mode: 'auto', explicitFiles: false });
    const found = (config: Config): string[] =>
      lintUnits(manifests, units, rules, defaultClusterOptions, {
        rules: ruleSettings(config, (path) => path),
      })
        .diagnostics.filter(({ rule }) => rule === 'service-selects-nothing')
        .map(({ severity }) => severity);
    const off = (namespaces: string): Config => ({
      overrides: [{ namespaces, rules: { 'service-selects-nothing': 'off' } }],
    });
    expect(found({})).toEqual(['error']);
    expect(found(off('dev'))).toEqual(['error']);
    expect(found(off('*'))).toEqual([]);
    expect(
      found({ overrides: [{ namespaces: 'dev', rules: { 'service-selects-nothing': 'info' } }] }),
    ).toEqual(['error']);
    expect(
      found({ overrides: [{ namespaces: 'prod', rules: { 'service-selects-nothing': 'info' } }] }),
    ).toEqual(['error']);
  });
});

describe('rules that cannot report do not run', () => {
  const meta = rules.find((rule) => rule.meta.id === 'service-selects-nothing')?.meta as RuleMeta;
  it.each<[string, Config, boolean]>([
    ['on', {}, true],
    ['off', { rules: { 'service-selects-nothing': 'off' } }, false],
    [
      'off, and off in an override',
      { extends: 'none', overrides: [{ rules: { 'service-selects-nothing': 'off' } }] },
      false,
    ],
    [
      'off, but on in an override',
      { extends: 'none', overrides: [{ rules: { 'service-selects-nothing': 'info' } }] },
      true,
    ],
  ])('%s', (_, config, expected) => {
    expect(ruleSettings(config, (path) => path).runs(meta)).toBe(expected);
  });
});

describe('presets', () => {
  const of = (category: RuleMeta['category']): RuleMeta => ({ category }) as RuleMeta;
  it.each<[Config['extends'], string]>([
    [undefined, 'selector port probe name reference policy manifest'],
    ['recommended', 'selector port probe name reference policy manifest'],
    [['recommended', 'security'], 'selector port probe name reference policy manifest security'],
    ['resilience', 'resilience'],
    ['all', 'selector port probe name reference policy manifest resilience security'],
    ['none', ''],
  ])('%s', (preset, expected) => {
    const categories = [
      'selector',
      'port',
      'probe',
      'name',
      'reference',
      'policy',
      'manifest',
      'resilience',
      'security',
    ] as const;
    const config: Config = preset === undefined ? {} : { extends: preset };
    expect(
      categories.filter((category) => baseSeverity(config, of(category)) === 'on').join(' '),
    ).toBe(expected);
  });

  it('hold every rule in one of them', () => {
    for (const { meta } of rules)
      expect(
        (['recommended', 'resilience', 'security'] as const).some((preset) =>
          isInPreset(meta, preset),
        ),
        meta.id,
      ).toBe(true);
  });
});

describe('patterns of files', () => {
  it.each<[string, string, boolean]>([
    ['testdata/', 'a/testdata/x.yaml', true],
    ['/testdata/', 'a/testdata/x.yaml', false],
    ['*.sample.yaml', 'a/b/x.sample.yaml', true],
    ['a/*.yaml', 'a/b/x.yaml', false],
    ['a/**/x.yaml', 'a/b/c/x.yaml', true],
    ['./a/', 'a/x.yaml', true],
    ['./a/', 'b/a/x.yaml', false],
    ['[ab].yaml', 'a.yaml', true],
  ])('%s %s', (pattern, path, expected) => {
    expect(pathMatcher([pattern])(path)).toBe(expected);
  });

  it('match nothing outside of the configuration’s directory', () => {
    expect(pathMatcher(['*'])(undefined)).toBe(false);
  });
});
