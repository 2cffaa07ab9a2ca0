/** What a kubeplumb.yaml may say, and every mistake at its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { readConfig } from '../../src/config/read.ts';
import { type Config, configKeys } from '../../src/config/schema.ts';
import { SourceFile } from '../../src/manifest/source.ts';

/** `line:column message` of each problem; or the configuration. */
function read(text: string): string[] | Config {
  const file = new SourceFile('kubeplumb.yaml', text);
  const result = readConfig(file, rules);
  if (!('problems' in result)) return result.config;
  return result.problems.map(({ range, message }) => {
    const { line, column } = file.position(range[0]);
    return `${line}:${column} ${message}`;
  });
}

describe('mistakes', () => {
  it.each<[string, string, string[]]>([
    [
      'a key misspelt',
      'namspace: shop\n',
      ['1:1 unknown key "namspace"; did you mean "namespace"?'],
    ],
    [
      'a key that is like none',
      'colour: never\n',
      [`1:1 unknown key "colour"; known keys: ${configKeys.join(', ')}`],
    ],
    [
      'keys of other tools',
      'exclude: [base]\npreset: all\n',
      [
        '1:1 unknown key "exclude"; did you mean "ignorePaths"?',
        '2:1 unknown key "preset"; did you mean "extends"?',
      ],
    ],
    [
      'another word for a kind',
      'assume: [svc/shop/web]\noverrides:\n  - kinds: [Service, Services, Deploy*, WebApp]\n    rules: {}\n',
      [
        '1:10 "svc" is not how manifests write a kind; did you mean "Service"?',
        '3:22 "Services" is not how manifests write a kind; did you mean "Service"?',
      ],
    ],
    [
      'a namespace that cannot be',
      'namespace: Shop_X\n',
      ['1:12 "Shop_X" cannot be the name of a namespace'],
    ],
    [
      'a rule misspelt',
      'rules:\n  service-select-nothing: off\n',
      ['2:3 unknown rule "service-select-nothing"; did you mean "service-selects-nothing"?'],
    ],
    [
      'a short name, which is not near to the star',
      'overrides:\n  - files: x\n    rules: {x: off}\n',
      ['3:13 unknown rule "x"'],
    ],
    [
      'a rule misspelt in an override',
      'overrides:\n  - files: x\n    rules: {service-select-nothing: off}\n',
      ['3:13 unknown rule "service-select-nothing"; did you mean "service-selects-nothing"?'],
    ],
    [
      'a severity misspelt',
      'rules: {service-selects-nothing: eror}\n',
      ['1:34 unknown severity "eror"; did you mean "error"?'],
    ],
    [
      'a severity that is none',
      'failOn: high\n',
      ['1:9 unknown severity "high"; legal values: error, warning, info, never'],
    ],
    [
      'a number as severity',
      'failOn: 3\n',
      [
        '1:9 "failOn" must be a string, not a whole number; legal values: error, warning, info, never',
      ],
    ],
    [
      'an option misspelt',
      'rules:\n  service-selects-nothing:\n    runtimeLabel: [a]\n',
      [
        '3:5 unknown key "runtimeLabel" in "rules.service-selects-nothing"; did you mean "runtimeLabels"?',
      ],
    ],
    [
      'an option of another type',
      'rules:\n  service-selects-nothing:\n    runtimeLabels: a\n',
      ['3:20 "rules.service-selects-nothing.runtimeLabels" must be a list, not a string'],
    ],
    [
      'an item of another type',
      'rules:\n  service-selects-nothing:\n    runtimeLabels: [1]\n',
      [
        '3:21 "rules.service-selects-nothing.runtimeLabels[0]" must be a string, not a whole number; quote it: "1"',
      ],
    ],
    [
      'a preset misspelt',
      'extends: [recomended]\n',
      ['1:11 unknown preset "recomended"; did you mean "recommended"?'],
    ],
    ['a preset twice', 'extends: [all, all]\n', ['1:16 "extends" has "all" twice']],
    [
      'a list where a string is wanted',
      'namespace: [a]\n',
      ['1:1 "namespace" must be a string, not a list'],
    ],
    ['a key without a value', 'units:\n', ['1:1 "units" has no value; it takes a list']],
    ['an empty list', 'ignorePaths: []\n', ['1:1 "ignorePaths" is an empty list']],
    ['an empty string', 'namespace: ""\n', ['1:12 "namespace" is empty']],
    ['a part missing', 'units:\n  - name: a\n', ['2:5 "units[0]" lacks "paths"']],
    [
      'a key of a unit misspelt',
      'units:\n  - {name: a, path: [b], paths: [b]}\n',
      ['2:15 unknown key "path" in "units[0]"; did you mean "paths"?'],
    ],
    [
      'two units of one name',
      'units:\n  - {name: a, paths: [b]}\n  - {name: a, paths: [c]}\n',
      ['3:12 two units are called "a"'],
    ],
    [
      'a release that is too old',
      'kubernetesVersion: 1.20\n',
      ['1:20 "1.20" is not a release that kubeplumb knows; legal values: 1.25 to 1.37'],
    ],
    [
      'a release that is none',
      'kubernetesVersion: latest\n',
      ['1:20 "latest" is not a release that kubeplumb knows; legal values: 1.25 to 1.37'],
    ],
    [
      'a family misspelt',
      'clusterFamilies: ipv4\n',
      ['1:18 unknown address family "ipv4"; did you mean "IPv4"?'],
    ],
    [
      'a family twice',
      'clusterFamilies: [IPv4, IPv4]\n',
      ['1:25 "clusterFamilies" has "IPv4" twice'],
    ],
    [
      'families of pods that are none',
      'clusterFamilies: {pods: [IPv5]}\n',
      ['1:26 unknown address family "IPv5"; did you mean "IPv4"?'],
    ],
    [
      'an assumption that names nothing',
      'assume: [prometheus]\n',
      [
        '1:10 "prometheus" names no object; write Kind/namespace/name, as in Service/monitoring/prometheus:9090, or {file: path}',
      ],
    ],
    [
      'an assumption of a file misspelt',
      'assume: [{files: a}]\n',
      ['1:11 unknown key "files" in "assume[0]"; did you mean "file"?'],
    ],
    [
      'a kind that needs no teaching',
      'workloads: [{apiVersion: apps/v1, kind: Deployment}]\n',
      ["1:41 what Deployment becomes is known: it is a kind of Kubernetes' own"],
    ],
    [
      'a kind without a group',
      'workloads: [{apiVersion: v1, kind: X}]\n',
      ['1:26 "v1" has no group; write group/version, as the manifests do'],
    ],
    [
      'a kind taught twice, by two versions',
      'workloads:\n  - {apiVersion: a.io/v1, kind: X}\n  - {apiVersion: a.io/v2, kind: X}\n',
      ['3:33 "X" of this group is taught twice'],
    ],
    [
      'a path that is none',
      'workloads: [{apiVersion: a.io/v1, kind: X, template: [spec/template], replicas: "spec size"}]\n',
      [
        '1:55 "spec/template" is not a path; write names of fields with dots between, as in spec.template',
        '1:81 "spec size" is not a path; write names of fields with dots between, as in spec.template',
      ],
    ],
    ['a key given twice', 'namespace: a\nnamespace: b\n', ['2:1 "namespace" is given twice']],
    ['a list as a whole', '- a\n', ['1:3 a configuration must be a mapping, not a list']],
    [
      'two documents',
      'namespace: a\n---\nnamespace: b\n',
      ['3:1 there is one document in a configuration, not several'],
    ],
    ['no YAML', 'rules: [\n', ['1:8 unclosed [']],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('are told all at once, in the order of the text', () => {
    const text = 'failOn: eror\nnamspace: a\nkubernetesVersion: 2\nassume: [x]\n';
    expect((read(text) as string[]).map((problem) => problem.slice(0, 4))).toEqual([
      '1:9 ',
      '2:1 ',
      '3:20',
      '4:10',
    ]);
  });
});

describe('what is valid', () => {
  it.each<[string, string, Config]>([
    ['nothing', '', {}],
    ['comments alone', '# a\n# b\n', {}],
    ['an explicit start of the document', '---\nnamespace: a\n', { namespace: 'a' }],
    ['a byte order mark', '\ufeffnamespace: a\n', { namespace: 'a' }],
    [
      'off and on, which YAML 1.1 takes for booleans',
      'rules: {removed-api: off, duplicate-key: on}\n',
      { rules: { 'removed-api': 'off', 'duplicate-key': 'on' } },
    ],
    [
      'a release that YAML takes for a number',
      'kubernetesVersion: 1.30\n',
      { kubernetesVersion: '1.30' },
    ],
    [
      'a release with everything',
      'kubernetesVersion: v1.30.2-gke.100\n',
      { kubernetesVersion: 'v1.30.2-gke.100' },
    ],
    ['true and false', 'requireReason: true\n', { requireReason: true }],
    [
      'anchors and aliases',
      'ignorePaths: &p [a]\noverrides: [{files: *p, rules: {}}]\n',
      { ignorePaths: ['a'], overrides: [{ files: ['a'], rules: {} }] },
    ],
    ['JSON', '{"namespace": "a"}', { namespace: 'a' }],
    [
      'assumptions of every form',
      'assume:\n  - Service/a/b:80\n  - Secret/*/tls-*\n  - file: dump.yaml\n',
      { assume: ['Service/a/b:80', 'Secret/*/tls-*', { file: 'dump.yaml' }] },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('any text', () => {
  const valid = `extends: [all]
rules: {service-selects-nothing: {severity: off, runtimeLabels: [a]}, removed-api: on}
overrides: [{files: x/, labels: {a: b}, rules: {removed-api: info}}]
units:
  - name: a
    paths: [b]
kubernetesVersion: 1.30
clusterFamilies: {services: [IPv4, IPv6], pods: IPv4}
assume: ['Service/a/b:80', {file: x}]
workloads: [{apiVersion: a/v1, kind: B, template: [a.b, 'c[*]']}]
`;

  it('is read without a crash, and problems lie in it', () => {
    expect(read(valid)).toHaveProperty('extends', ['all']);
    const edit = fc.tuple(
      fc.nat(valid.length),
      fc.nat(6),
      fc.constantFrom(
        '',
        ' ',
        '\n',
        ': ',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '"',
        '*',
        '&a ',
        'null',
        '1',
        '\t',
        '---\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edits.reduce(
          (whole, [at, length, put]) => whole.slice(0, at) + put + whole.slice(at + length),
          valid,
        );
        const result = readConfig(new SourceFile('kubeplumb.yaml', text), rules);
        for (const { range, message } of 'problems' in result ? result.problems : []) {
          expect(range[0]).toBeGreaterThanOrEqual(0);
          expect(range[1]).toBeLessThanOrEqual(text.length);
          expect(message).toMatch(/^[a-z"'`].*[^.]$/);
        }
      }),
      {
        numRuns: 1500,
        examples: [
          [
            [
              [120, 1, '\n'],
              [118, 2, '---\n'],
            ],
          ],
        ],
      },
    );
  });
});
