/** What the library answers, in process. */
import { describe, expect, it } from 'vitest';
import { version } from '../../src/cli/version.ts';
import * as library from '../../src/index.ts';
import { deployment, run, service } from '../cli/run.ts';

const { diff, fixAll, lint, load, predict, readConfig, report, reportDiff, rules, units } = library;

const files = [
  { path: 'k8s/web.yaml', text: deployment('web') },
  {
    path: 'k8s/service.yaml',
    text: service('web', { app: 'wbe' }) + service('good', { app: 'web' }),
  },
];
const found = ({ diagnostics }: library.LintResult): string[] =>
  diagnostics.map(({ rule, severity }) => `${severity} ${rule}`);

function settingsOf(text: string, path = 'kubeplumb.yaml'): library.Settings {
  const settings = readConfig({ path, text });
  if ('problems' in settings)
    throw new Error(settings.problems.map(({ message }) => message).join('\n'));
  return settings;
}

describe('the library', () => {
  it('has these exports and no other', () => {
    expect(Object.keys(library).sort()).toEqual([
      'PluginError',
      'SourceFile',
      'applyBaseline',
      'applyFixes',
      'defineRule',
      'describeObject',
      'diff',
      'diffFormats',
      'endpointSliceObjects',
      'endpointsObjects',
      'fixAll',
      'formatBaseline',
      'isInPreset',
      'lint',
      'load',
      'parseAssumption',
      'parseBaseline',
      'pluginRules',
      'podObjects',
      'predict',
      'presets',
      'readConfig',
      'report',
      'reportDiff',
      'reportFormats',
      'rules',
      'serviceObjects',
      'trace',
      'units',
      'version',
    ]);
  });

  it('loads, predicts and lints', () => {
    const manifests = load(files);
    const { services } = predict(manifests);
    expect(
      services.map(({ object, slices }) => [
        object.name,
        slices.flatMap(({ members }) => members.map(({ count }) => count)),
      ]),
    ).toEqual([
      ['web', []],
      ['good', [3]],
    ]);
    expect(
      lint(manifests).diagnostics.map(({ rule, file, range }) => [
        rule,
        file.path,
        file.position(range[0]),
      ]),
    ).toEqual([['service-selects-nothing', 'k8s/service.yaml', { line: 8, column: 10 }]]);
    expect(
      found(lint(manifests, { unit: 'file' })).filter((one) => one.startsWith('error')),
    ).toEqual([]);
    expect(units(manifests, { unit: 'file' }).map(({ name }) => name)).toEqual([
      'k8s/web.yaml',
      'k8s/service.yaml',
    ]);
  });

  it('gives pods the families of the cluster, and takes options that are undefined for not given', () => {
    const [slice] = predict(load(files), { ipFamilies: ['IPv6'] }).services.at(-1)?.slices ?? [];
    expect(slice).toMatchObject({ addressType: 'IPv6', sizes: [3] });
    const none = {
      namespace: undefined,
      kubernetesMinor: undefined,
    } as unknown as library.LintOptions;
    expect(lint(load(files), none)).toEqual(lint(load(files)));
  });

  it('runs the preset recommended unless told otherwise', () => {
    const optIn = rules.filter((rule) => !library.isInPreset(rule.meta, 'recommended'));
    const ran: string[] = [];
    const spied = rules.map((rule) => ({ ...rule, check: () => void ran.push(rule.meta.id) }));
    lint(load(files), {
      rules: spied,
      severities: settingsOf('').severities as library.RuleSettings,
    });
    expect(ran.filter((id) => optIn.some(({ meta }) => meta.id === id))).toEqual([]);
    expect(ran.length).toBeGreaterThan(20);
  });

  it('takes what exists elsewhere from other manifests, and judges them not', () => {
    const [pods, services] = [
      load(files.slice(0, 1)),
      load([{ path: 'svc/s.yaml', text: service('good', { app: 'web' }) }]),
    ];
    expect(predict(services, { assumed: pods }).services[0]?.backends).toHaveLength(1);
    expect(lint(services, { assumed: pods })).toMatchObject({ diagnostics: [], unknowns: [] });
    expect(lint(services).unknowns).not.toEqual([]);
  });
});

describe('readConfig', () => {
  it('gives options for lint and predict', () => {
    const settings = settingsOf(
      'rules: { service-selects-nothing: warning }\nnamespace: shop\nfailOn: warning\n',
    );
    expect(found(lint(load(files), settings))).toEqual(['warning service-selects-nothing']);
    expect(settings).toMatchObject({
      namespace: 'shop',
      failOn: 'warning',
      plugins: [],
      assumedPaths: [],
      requireReason: false,
    });
    expect(predict(load(files), settings).options.namespace).toBe('shop');
  });

  it.each([
    ['beside it', 'kubeplumb.yaml', 'k8s/', true],
    ['above it', 'deploy/kubeplumb.yaml', 'k8s/', false],
    ['in its directory', 'k8s/kubeplumb.yaml', '/service.yaml', true],
  ])('counts paths from where it lies: %s', (_, path, pattern, expected) => {
    const settings = settingsOf(
      `ignorePaths: [${pattern}]\noverrides: [{files: ${pattern}, rules: {service-selects-nothing: off}}]\n`,
      path,
    );
    expect(settings.isIgnored('k8s/service.yaml')).toBe(expected);
    expect(found(lint(load(files), settings))).toEqual(
      expected ? [] : ['error service-selects-nothing'],
    );
  });

  it('resolves the paths that it leaves to others', () => {
    expect(
      settingsOf(
        'baseline: known.json\nassume: [{file: ../dump.yaml}, Service/a/b]\nunits: [{name: x, paths: [a]}]',
        'ops/kubeplumb.yaml',
      ),
    ).toMatchObject({
      baseline: 'ops/known.json',
      assumedPaths: ['dump.yaml'],
      assume: [{ kind: 'Service', namespace: 'a', name: 'b' }],
      units: [{ name: 'x', paths: ['ops/a'] }],
    });
  });

  it('tells all mistakes with their places', () => {
    const read = readConfig({ path: 'kubeplumb.yaml', text: 'namspace: a\nfailOn: fatal\n' });
    if (!('problems' in read)) throw new Error('there are mistakes');
    expect(
      read.problems.map(({ range, message }) => [read.file.position(range[0]).line, message]),
    ).toEqual([
      [1, 'unknown key "namspace"; did you mean "namespace"?'],
      [2, 'unknown severity "fatal"; legal values: error, warning, info, never'],
    ]);
  });

  it('passes over rules of plugins that are not there, if asked to', () => {
    const file = {
      path: 'k.yaml',
      text: 'plugins: [acme]\nrules: {acme/a: off}\noverrides: [{kinds: Pod, rules: {acme/b: off}}]\n',
    };
    expect(readConfig(file)).toHaveProperty('problems.length', 2);
    expect(readConfig(file, { foreignRules: true })).toMatchObject({ plugins: ['acme'] });
    expect(
      readConfig({ ...file, text: 'rules: {acme: off}' }, { foreignRules: true }),
    ).toHaveProperty('problems.length', 1);
  });
});

describe('reports', () => {
  it.each(library.reportFormats)('are those of the command line: %s', async (format) => {
    const { out } = await run(['-o', format, '--no-config', 'k8s'], {
      files: { ...Object.fromEntries(files.map(({ path, text }) => [path, text])) },
    });
    // From source the library does not know its version.
    expect(report(lint(load([...files].reverse())), format)).toBe(
      out.replace(`ersion": "${version}"`, 'ersion": "0.0.0"'),
    );
  });

  it('list unknown things and colours on request', () => {
    const result = lint(load(files.slice(1)));
    expect(report(result, 'pretty', { showUnknown: true })).toContain('left unknown');
    expect(report(lint(load(files)), 'pretty', { color: true })).toContain('\u001B[');
    expect(report(lint(load(files)), 'pretty', { quiet: true })).not.toContain('1 error');
  });
});

describe('fixes', () => {
  const slip = [
    { path: 'web.yaml', text: deployment('web') + service('web', { target: 'htttp' }) },
  ];

  it('are applied until nothing is left, in memory', () => {
    const { result, files: changed, fixed } = fixAll(load(slip));
    expect(changed).toEqual([
      {
        before: expect.objectContaining({ path: 'web.yaml' }) as object,
        after: slip[0]?.text.replace('htttp', 'http'),
      },
    ]);
    expect(fixed.map(({ rule }) => rule)).toEqual(['target-port-name-unresolved']);
    expect(result.diagnostics).toEqual([]);
    expect(fixAll(load(slip), { mayChange: () => false }).files).toEqual([]);
  });

  it('are applied one by one', () => {
    const { diagnostics } = lint(load(slip));
    expect(library.applyFixes(diagnostics, 'safe').map(({ text }) => text)).toEqual([
      slip[0]?.text.replace('htttp', 'http'),
    ]);
  });
});

describe('a baseline', () => {
  it('is written, read and applied', () => {
    const { diagnostics } = lint(load(files));
    const entries = library.parseBaseline(library.formatBaseline(diagnostics));
    expect(entries).toMatchObject([{ rule: 'service-selects-nothing', file: 'k8s/service.yaml' }]);
    const known = library.applyBaseline(diagnostics, entries);
    expect(known).toMatchObject({ stale: [], diagnostics: [{ suppressed: { kind: 'baseline' } }] });
    expect(library.applyBaseline([], entries).stale).toEqual([{ ...entries[0], count: 1 }]);
    expect(() => library.parseBaseline('[]')).toThrow(/^the baseline lacks "version": 1/);
  });
});

describe('diff', () => {
  it('tells what a change does to endpoints', () => {
    const before = {
      label: 'main',
      manifests: load([{ path: 'web.yaml', text: deployment('web') + service('web') }]),
    };
    const after = {
      label: 'this change',
      manifests: load([
        { path: 'web.yaml', text: deployment('web') + service('web', { app: 'wbe' }) },
      ]),
    };
    const compared = diff(before, after);
    expect(compared.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['emptied web']);
    expect(compared.findings.new.map(({ rule }) => rule)).toEqual(['service-selects-nothing']);
    expect(reportDiff(compared, 'markdown')).toContain('Services that lose their last endpoint');
    expect(JSON.parse(reportDiff(compared, 'json'))).toMatchObject({
      version: 1,
      base: { label: 'main' },
    });
    expect(reportDiff(compared, 'pretty')).toContain('web');
    expect(diff(before, before)).toMatchObject({ changes: [], findings: { new: [], fixed: [] } });
  });
});

describe('first mistakes', () => {
  const text = 'kind: Service\n';
  const untyped = { ...library } as unknown as Record<string, (...args: unknown[]) => unknown>;
  it.each<[string, unknown[], string]>([
    ['load', [text], "load takes a list of files, [{ path: 'web.yaml', text }], not a string"],
    ['load', [undefined], 'not undefined'],
    ['load', [{ path: 'a', text }], 'not an object with path, text'],
    ['load', [['a.yaml']], 'item 0 is a string'],
    ['load', [[{ path: 'a.yaml', content: text }]], 'item 0 is an object with path, content'],
    ['lint', [text], 'lint takes what load gives, load(files), not a string'],
    ['predict', [text], 'predict takes what load gives, load(files), not a string'],
    ['lint', [[{ path: 'a', text }]], 'item 0 is an object with path, text'],
    [
      'lint',
      [[], { namespaces: 'shop' }],
      'lint has no option namespaces; did you mean namespace?',
    ],
    ['load', [[{ path: 'a.yaml', text: Buffer.from(text) }]], 'with path, text in bytes'],
    [
      'lint',
      [[], { unit: 'al' }],
      "lint takes 'auto', 'all', 'dir', 'file' as its option unit, not \"al\"",
    ],
    ['lint', [[], { namespace: 5 }], 'lint takes the name of a namespace as its option namespace'],
    ['lint', [[], { ipFamilies: 'IPv4' }], 'as its option ipFamilies, not a string'],
    ['lint', [[], { severities: { a: 'off' } }], 'lint takes what readConfig gives as its option'],
    ['lint', [[], { assume: ['Service/web'] }], 'what parseAssumption gives as its option assume'],
    ['lint', [[], { assumed: [{ path: 'a', text }] }], 'what load gives as its option assumed'],
    ['lint', [[], { mayExist: true }], 'lint takes a function as its option mayExist'],
    ['fixAll', [[], { safety: 'all' }], "fixAll takes 'safe', 'unsafe' as its option safety"],
    ['applyFixes', [lint([])], 'applyFixes takes findings, as lint gives them in diagnostics'],
    ['applyFixes', [[], 'all'], 'applyFixes takes a safety, safe, unsafe, not "all"'],
    ['report', [lint([]), 'json', { colour: true }], 'report has no option colour; did you mean'],
    ['report', [lint([]), { color: true }], 'report knows no format an object with color'],
    ['reportDiff', [lint([]), 'json'], 'reportDiff takes what diff gives'],
    ['serviceObjects', [[]], 'serviceObjects takes what predict gives, predict(load(files)), not'],
    ['readConfig', [{ path: 'a', text: {} }], 'readConfig takes the text of a kubeplumb.yaml'],
    ['lint', [[], { kubernetesVersion: '1.30' }], 'there are kubernetesMinor, ipFamilies'],
    ['lint', [[], 'recommended'], 'lint takes an object of options, not a string'],
    [
      'predict',
      [[], { kubernetesMinor: '1.30' }],
      'predict takes the N of Kubernetes 1.N, 25 to 37, as its option kubernetesMinor, not "1.30"',
    ],
    ['report', [lint([]), 'nope'], 'report knows no format "nope"; formats: pretty'],
    ['report', [[], 'json'], 'report takes what lint gives'],
    [
      'lint',
      [[], { rules: ['service-selects-nothing'] }],
      'lint takes a list of rules themselves as its option rules; item 0 is a string',
    ],
    ['readConfig', [text], "a file, { path: 'kubeplumb.yaml', text }, not a string"],
    ['parseBaseline', [{ version: 1, findings: [] }], 'not an object with version, findings'],
    ['applyBaseline', [lint([]), []], 'applyBaseline takes findings, as lint gives them'],
    ['applyBaseline', [[], '{}'], 'applyBaseline takes what parseBaseline gives, not a string'],
    ['formatBaseline', [lint([])], 'formatBaseline takes findings, as lint gives them'],
    ['diff', [[], []], 'diff takes two sides, { label, manifests: load(files) }, not a list'],
  ])('%s(%j) says what is wanted', (name, args, message) => {
    expect(() => untyped[name]?.(...args)).toThrow(TypeError);
    expect(() => untyped[name]?.(...args)).toThrow(message);
  });
});
