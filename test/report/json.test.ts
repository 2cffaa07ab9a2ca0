import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/report/json.ts';
import { oneline } from '../../src/report/oneline.ts';
import { diagnostic, marked, nothingRead, report } from './sample.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schema/lint-report.v1.schema.json'), 'utf8'),
) as object;
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
const tool = { name: 'kubeplumb', version: '1.2.3' } as const;
const place = marked('k8s/a.yaml', 'kind: Service\nspec: {app: «ap»}\n');

const full = report({
  diagnostics: [
    diagnostic(place, {
      why: 'because',
      help: 'change it',
      also: ['prod/api'],
      unit: 'overlays/all',
      related: [{ ...place, message: 'here' }],
      fixes: [
        { title: 'change it', safety: 'unsafe', edits: [{ range: place.range, text: 'api' }] },
      ],
    }),
  ],
  unknowns: [{ rule: 'service-selects-nothing', ...place, reason: 'an operator may make pods' }],
  problems: [{ code: 'binary', path: 'x', message: 'is a binary file', explicit: true }],
  charts: ['charts/web'],
  summary: { ...nothingRead, files: 1, skipped: { Secret: 2 } },
});

describe('json', () => {
  it.each([
    ['a full report', full],
    ['nothing read at all', report()],
    [
      'a suppressed finding',
      report({
        diagnostics: [diagnostic(place, { suppressed: { kind: 'comment', reason: 'known' } })],
      }),
    ],
    [
      'a document without an object',
      report({ diagnostics: [omitObject(diagnostic(place, { path: [] }))] }),
    ],
  ])('%s is what the schema says', (_, given) => {
    const parsed: unknown = JSON.parse(json(given, tool));
    validate(parsed);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('tells the other names of the object and the unit, where there are any', () => {
    const { diagnostics } = JSON.parse(json(full, tool)) as { diagnostics: object[] };
    expect(diagnostics).toMatchObject([{ also: ['prod/api'], unit: 'overlays/all' }]);
    const plain = JSON.parse(json(report({ diagnostics: [diagnostic(place)] }), tool)) as {
      diagnostics: object[];
    };
    for (const field of ['also', 'unit']) expect(plain.diagnostics[0]).not.toHaveProperty(field);
  });

  it('counts lines and columns from 1, offsets from 0', () => {
    const { diagnostics } = JSON.parse(json(full, tool)) as { diagnostics: { range: unknown }[] };
    expect(diagnostics[0]?.range).toEqual({
      start: { line: 2, column: 13, offset: 26 },
      end: { line: 2, column: 15, offset: 28 },
    });
  });

  it('counts findings by severity', () => {
    const { summary } = JSON.parse(json(full, tool)) as { summary: object };
    expect(summary).toMatchObject({
      errors: 1,
      warnings: 0,
      infos: 0,
      unknowns: 1,
      files: 1,
      charts: 1,
      unread: 1,
      skipped: { Secret: 2 },
    });
  });

  it('lists what is suppressed without counting it', () => {
    const given = report({
      diagnostics: [
        diagnostic(place, { suppressed: { kind: 'baseline' } }),
        diagnostic(place, { severity: 'warning' }),
      ],
    });
    const { summary, diagnostics } = JSON.parse(json(given, tool)) as {
      summary: object;
      diagnostics: object[];
    };
    expect(summary).toMatchObject({ errors: 0, warnings: 1 });
    expect(diagnostics).toMatchObject([{ suppressed: { kind: 'baseline' } }, {}]);
    expect(diagnostics[1]).not.toHaveProperty('suppressed');
  });

  it('the schema refuses what is not a report', () => {
    expect(validate({ version: 2 })).toBe(false);
    const parsed = JSON.parse(json(full, tool)) as {
      diagnostics: { range: { start: { line: number } } }[];
    };
    parsed.diagnostics[0]!.range.start.line = 0;
    expect(validate(parsed)).toBe(false);
  });
});

describe('oneline', () => {
  it('is one line for each finding, whatever is in it', () => {
    const text = oneline(
      report({
        diagnostics: [
          diagnostic(place),
          diagnostic(place, { severity: 'info', message: 'two\nlines' }),
        ],
      }),
    );
    expect(text).toBe(
      'k8s/a.yaml:2:13: error: Service shop/api selects no pod: no pod in namespace shop has app=ap [service-selects-nothing]\n' +
        'k8s/a.yaml:2:13: info: Service shop/api selects no pod: two␊lines [service-selects-nothing]\n',
    );
  });
});

function omitObject(given: ReturnType<typeof diagnostic>): ReturnType<typeof diagnostic> {
  const { object: _, ...rest } = given;
  return rest;
}
