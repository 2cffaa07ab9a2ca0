/* eslint-disable no-control-regex */
import { describe, expect, it } from 'vitest';
import type { Fix } from '../../src/lint/diagnostic.ts';
import { pretty, type PrettyOptions } from '../../src/report/pretty.ts';
import { ansiStyle, plainStyle } from '../../src/report/style.ts';
import { diagnostic, marked, nothingRead, report } from './sample.ts';

const plain: PrettyOptions = {
  style: plainStyle,
  width: 80,
  showUnknown: false,
  showTestData: false,
  quiet: true,
};
const fix: Fix = { title: 'x', safety: 'safe', edits: [] };
const show = (...parameters: Parameters<typeof diagnostic>): string =>
  `\n${pretty(report({ diagnostics: [diagnostic(...parameters)] }), plain)}`;

describe('many findings', () => {
  const place = marked('k8s/api.yaml', 'kind: Service\nspec: «x»\n');
  const many = (severities: string): ReturnType<typeof diagnostic>[] =>
    [...severities].map((letter, index) =>
      diagnostic(place, {
        severity: letter === 'e' ? 'error' : letter === 'w' ? 'warning' : 'info',
        rule: letter === 'e' ? `rule-${index}` : 'other',
        why: 'so it is',
      }),
    );
  const shown = (severities: string, more: Partial<PrettyOptions> = {}): string =>
    pretty(report({ diagnostics: many(severities) }), { ...plain, quiet: false, ...more });

  it('with one reason have it once', () => {
    expect(shown('eee').match(/why: so it is/g)).toHaveLength(1);
  });

  it.each([
    ['a screen full of them', 'eiwiwiwi'],
    ['errors only', 'eeeeeeeee'],
    ['no error', 'iwiwiwiwi'],
  ])('are not named again: %s', (_, severities) => {
    expect(shown(severities)).not.toMatch(/^errors$/m);
  });

  it('name the errors among them again, before the summary', () => {
    expect(shown('eiwiwiwie')).toMatch(
      /\n\nerrors\n {2}rule-0 {2}k8s\/api\.yaml:2:7\n {2}rule-8 {2}k8s\/api\.yaml:2:7\n\n2 errors, /,
    );
    expect(shown(`${'e'.repeat(12)}i`)).toMatch(
      /\n {2}rule-9 .*\n {2}and 2 more: -o oneline lists each in a line\n/,
    );
    expect(shown('eiwiwiwie', { quiet: true })).not.toMatch(/^errors$/m);
  });

  it('are only counted where that is asked for', () => {
    const diagnostics = [...many('iwwe'), diagnostic(place, { rule: 'x', fixes: [fix] })];
    const text = pretty(report({ diagnostics }), { ...plain, statistics: true });
    expect(text).toBe(
      [
        '1  error    rule-3',
        '1  error    x       1 fixable',
        '2  warning  other',
        '1  info     other',
        '',
      ].join('\n'),
    );
  });
});

describe('a finding', () => {
  it('has title, rule, place, frame, the other side, why and help', () => {
    const service = marked('k8s/api.yaml', 'kind: Service\nspec:\n  selector:\n    app: «ap»\n');
    const other = marked('k8s/web.yaml', `${'#\n'.repeat(1233)}        app: «api»\n`);
    const text = show(service, {
      message: 'no pod in namespace shop has app=ap; Deployment shop/api has app=api',
      related: [{ ...other, message: 'the label' }],
      why: 'the endpoints controller lists pods whose labels contain every selector pair; none does',
      help: 'change the selector to app: api',
    });
    expect(text).toMatchInlineSnapshot(`
      "
      error  Service shop/api selects no pod                   service-selects-nothing
        k8s/api.yaml:4:10
           4 |     app: ap
             |          ^^ no pod in namespace shop has app=ap; Deployment shop/api
             |             has app=api
        see k8s/web.yaml:1234:14
        1234 |         app: api
             |              ^^^ the label
        why: the endpoints controller lists pods whose labels contain every selector
             pair; none does
        help: change the selector to app: api
      "
    `);
  });

  it('without room beside the pointer says it below', () => {
    const place = marked('a.yaml', `${' '.repeat(50)}targetPort: «http»\n`);
    expect(
      show(place, {
        message:
          'targetPort "http" is not a port of any container; known ports: "web" (8080), "metrics" (9090)',
      }),
    ).toMatchInlineSnapshot(`
      "
      error  Service shop/api selects no pod                   service-selects-nothing
        a.yaml:1:63
          1 |                                                   targetPort: http
            |                                                               ^^^^
            |             targetPort "http" is not a port of any container; known
            |             ports: "web" (8080), "metrics" (9090)
      "
    `);
  });

  it('cuts a long line around what is pointed at', () => {
    const place = marked(
      'a.json',
      `{"a":"${'x'.repeat(300)}","selector":{"app":«"ap"»},"b":"${'y'.repeat(300)}"}\n`,
    );
    expect(show(place)).toMatchInlineSnapshot(`
      "
      error  Service shop/api selects no pod                   service-selects-nothing
        a.json:1:327
          1 | …xxxxxxxxxxxx","selector":{"app":"ap"},"b":"yyyyyyyyyyyyyyyyyyyyyyyyyyy…
            |                                  ^^^^ no pod in namespace shop has
            |                                       app=ap
      "
    `);
  });

  it('points at a range over several lines in its first', () => {
    const place = marked('a.yaml', 'spec:\n  selector: «{\n    app: x\n  }»\n');
    expect(show(place)).toMatchInlineSnapshot(`
      "
      error  Service shop/api selects no pod                   service-selects-nothing
        a.yaml:2:13
          2 |   selector: {
            |             ^ no pod in namespace shop has app=ap
      "
    `);
  });

  it('counts tabs, wide characters and combining marks by what they take', () => {
    const place = marked('a.yaml', '\tname: 名前 e\u0301 «x»\n');
    expect(show(place, { message: 'here' })).toMatchInlineSnapshot(`
      "
      error  Service shop/api selects no pod                   service-selects-nothing
        a.yaml:1:14
          1 |   name: 名前 é x
            |                ^ here
      "
    `);
  });

  it('lets nothing in a manifest steer the terminal', () => {
    const place = marked('a\u001b[2J.yaml', 'name: «"\u001b]0;owned\u0007"» \u202Eevil\n');
    const text = show(place, { message: 'bad \u001b[31m' });
    expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(text).toContain('␛]0;owned␇');
  });

  it('wraps a title that meets its rule', () => {
    const place = marked('a.yaml', 'a: «b»\n');
    expect(
      show(place, {
        title:
          'StatefulSet a-rather-long-namespace/with-a-long-name probes a port name that its container does not declare',
      }),
    ).toMatchInlineSnapshot(`
      "
      error  StatefulSet                                       service-selects-nothing
             a-rather-long-namespace/with-a-long-name probes
             a port name that its container does not declare
        a.yaml:1:4
          1 | a: b
            |    ^ no pod in namespace shop has app=ap
      "
    `);
  });

  it('tells the other names of the object, and the unit that joins the places', () => {
    const place = marked('base/a.yaml', 'a: «b»\n');
    const related = [{ ...marked('policies/b.yaml', 'c: «d»\n'), message: 'the other side' }];
    expect(
      show(place, {
        related,
        also: ['prod/api', 'stage/api'],
        unit: 'tests/all',
        help: 'change it',
      }),
    ).toMatchInlineSnapshot(`
      "
      error  Service shop/api selects no pod                   service-selects-nothing
        base/a.yaml:1:4 (also prod/api, stage/api)
          1 | a: b
            |    ^ no pod in namespace shop has app=ap
        see policies/b.yaml:1:4
          1 | c: d
            |    ^ the other side
        unit: tests/all
        help: change it
      "
    `);
    expect(show(place, { also: ['a/a', 'b/b', 'c/c', 'd/d', 'e/e'] })).toContain(
      'base/a.yaml:1:4 (also a/a, b/b, c/c and 2 more)\n',
    );
  });

  it('points at one column where the range is empty', () => {
    expect(show({ file: marked('a.yaml', 'a:\n').file, range: [2, 2] })).toContain(
      '\n      |   ^ no pod',
    );
  });
});

describe('colours', () => {
  const place = marked('a.yaml', 'a: «b»\n');
  const colored = (links: boolean): string =>
    pretty(report({ diagnostics: [diagnostic(place)] }), { ...plain, style: ansiStyle(links) });

  it('say the same as no colours', () => {
    const bare = colored(true)
      .replace(/\u001b\]8;;.*?\u001b\\/g, '')
      .replace(/\u001b\[\d+m/g, '');
    expect(`\n${bare}`).toBe(show(place));
  });

  it('link the rule on terminals only', () => {
    expect(colored(true)).toContain(
      '\u001b]8;;https://example.com/service-selects-nothing\u001b\\service-selects-nothing\u001b]8;;\u001b\\',
    );
    expect(colored(false)).not.toContain(']8;;');
  });
});

describe('the summary', () => {
  const summarize = (
    more: Parameters<typeof report>[0],
    options: Partial<PrettyOptions> = {},
  ): string => pretty(report(more), { ...plain, width: 400, quiet: false, ...options });
  const place = marked('a.yaml', 'a: «b»\n');
  const read = { ...nothingRead, files: 5, documents: 17, objects: 12, services: 3 };
  const unknown = { rule: 'service-selects-nothing', ...place, reason: 'operator X may make pods' };

  it('tells what was found, read, skipped and left unknown', () => {
    const diagnostics = [
      diagnostic(place),
      diagnostic(place),
      diagnostic(place, { severity: 'warning' }),
    ];
    const text = summarize({
      diagnostics,
      unknowns: [unknown],
      summary: { ...read, skipped: { Secret: 1, CustomResourceDefinition: 3 }, templates: 2 },
    });
    expect(text.split('\n').at(-2)).toBe(
      '2 errors, 1 warning in 5 files (12 objects, 3 Services); 4 documents skipped (CustomResourceDefinition ×3, Secret), 2 templates not rendered, 1 question left unknown (--show-unknown lists it)',
    );
  });

  it.each([
    [
      { reached: 3, unknown: 0, none: 0 },
      'No problem found in 5 files (12 objects, 3 Services): all 3 Services have endpoints\n',
    ],
    [
      { reached: 1, unknown: 1, none: 1 },
      'No finding in 5 files (12 objects, 3 Services): 1 Service has endpoints, 1 gets none from here and 1 cannot be told\n',
    ],
    [
      { reached: 2, unknown: 0, none: 1 },
      'No finding in 5 files (12 objects, 3 Services): 2 Services have endpoints and 1 gets none from here\n',
    ],
    [
      { reached: 0, unknown: 3, none: 0 },
      'No problem found in 5 files (12 objects, 3 Services): whether the 3 Services have endpoints cannot be told\n',
    ],
    [
      { reached: 0, unknown: 1, none: 0 },
      'No problem found in 5 files (12 objects, 3 Services): whether the Service has endpoints cannot be told\n',
    ],
    [
      { reached: 0, unknown: 0, none: 2 },
      'No finding in 5 files (12 objects, 3 Services): both Services get no endpoints from here\n',
    ],
    [
      { reached: 0, unknown: 1, none: 1 },
      'No finding in 5 files (12 objects, 3 Services): 1 Service gets no endpoints from here and 1 cannot be told\n',
    ],
  ])('when all is well: %j', (endpoints, expected) => {
    expect(summarize({ summary: { ...read, endpoints } })).toBe(expected);
  });

  it('says of no part that was not judged that all is well', () => {
    const problems = [
      { code: 'fault', path: 'k8s', message: 'was not judged in full', explicit: true },
    ];
    expect(summarize({ summary: read, problems })).toBe(
      'No finding in 5 files (12 objects, 3 Services), but not all was judged\n',
    );
  });

  it.each<[string, readonly Fix['safety'][][], string]>([
    ['none', [[], []], ''],
    ['one of two', [['safe'], []], '; --fix fixes 1 of them'],
    ['a guess more', [['safe'], ['unsafe'], []], '; --fix fixes 1 of them, --fix=unsafe 2'],
    ['a guess for the other', [['safe'], ['unsafe']], '; --fix fixes 1 of them, --fix=unsafe both'],
    [
      'guesses for all others',
      [['safe'], ['unsafe'], ['unsafe']],
      '; --fix fixes 1 of them, --fix=unsafe all 3',
    ],
    ['guesses only', [['unsafe'], []], '; --fix=unsafe fixes 1 of them'],
    ['both for the same', [['safe', 'unsafe']], '; --fix fixes it'],
  ])('tells what fixes there are: %s', (_, safeties, expected) => {
    const diagnostics = safeties.map((fixes) =>
      diagnostic(place, { fixes: fixes.map((safety) => ({ title: 'x', safety, edits: [] })) }),
    );
    const number = diagnostics.length === 1 ? '1 error' : `${diagnostics.length} errors`;
    expect(summarize({ diagnostics, summary: read })).toContain(
      `${number} in 5 files (12 objects, 3 Services)${expected}\n`,
    );
  });

  it('says that there was nothing to judge', () => {
    expect(summarize({ summary: { ...nothingRead, files: 1, documents: 1, templates: 1 } })).toBe(
      'Nothing to judge: no Kubernetes object in 1 file; 1 template not rendered\n' +
        'hint: a template must be rendered before it can be read:\n' +
        '  helm template CHART | kubeplumb -\n',
    );
  });

  it('ends with hints', () => {
    expect(summarize({ summary: read, hints: ['do as I say'] })).toMatch(/\nhint: do as I say\n$/);
  });

  it('says how to render a chart: in few words where something else was judged', () => {
    const charts = ["my charts/it's"];
    expect(summarize({ summary: read, charts })).toBe(
      'No problem found in 5 files (12 objects, 3 Services); 1 Helm chart not rendered ' +
        "(--helm 'my charts/it'\\''s' does it)\n",
    );
    expect(summarize({ summary: read, charts: ['a', 'b'] })).toContain(
      '; 2 Helm charts not rendered (--helm CHART does it)\n',
    );
    expect(summarize({ summary: nothingRead, charts })).toBe(
      'Nothing to judge: no manifest in what was named; 1 Helm chart not rendered\n' +
        'hint: a Helm chart must be rendered before it can be read:\n' +
        "  helm template 'my charts/it'\\''s' | kubeplumb -\n",
    );
  });

  it('lists what is unknown when asked', () => {
    const text = summarize(
      {
        summary: read,
        unknowns: [
          {
            ...unknown,
            object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'api' },
          },
        ],
      },
      { showUnknown: true },
    );
    expect(text).toMatchInlineSnapshot(`
      "1 question left unknown
        a.yaml:1:4
          Service shop/api: operator X may make pods [service-selects-nothing]

      No problem found in 5 files (12 objects, 3 Services)
      "
    `);
  });

  it('counts inputs that nobody named but that could not be read', () => {
    expect(
      summarize({
        summary: read,
        problems: [
          { code: 'binary', path: 'k8s/x.yaml', message: 'is a binary file', explicit: false },
        ],
      }),
    ).toContain('1 file not read (k8s/x.yaml is a binary file)');
  });
});
