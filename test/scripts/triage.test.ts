import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { triage } from '../../scripts/triage.ts';
import {
  emptyRecord,
  parseRecord,
  serialize,
  type TriageRecord,
} from '../../scripts/triage/record.ts';
import { reasonClass } from '../../scripts/triage/report.ts';
import { workload } from '../support/yaml.ts';

const wrong = (name: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: webb }, ports: [{ port: 80 }] }\n`;

describe('triage', () => {
  let folder: string;
  let records: string;
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, 'shop'), { recursive: true });
    writeFileSync(join(folder, 'shop', path), text);
  };
  const run = async (update = false): Promise<{ code: 0 | 1; text: string }> => {
    const lines: string[] = [];
    const code = await triage(folder, { update, records }, (line) => lines.push(line));
    return { code, text: lines.join('\n') };
  };
  const record = (): TriageRecord =>
    parseRecord(readFileSync(join(records, 'shop.json'), 'utf8'), 'shop.json');
  const keep = (changed: TriageRecord): void =>
    writeFileSync(join(records, 'shop.json'), serialize(changed));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'triage-'));
    records = mkdtempSync(join(tmpdir(), 'records-'));
    write('web.yaml', wrong('web') + workload('web'));
  });
  afterEach(() => {
    for (const directory of [folder, records]) rmSync(directory, { recursive: true });
  });

  test('a finding is new, then undecided, then settled', async () => {
    const first = await run();
    expect(first.code).toBe(1);
    expect(first.text).toContain(
      'new        error web.yaml:5:26 Service default/web (service-selects-nothing)',
    );
    expect((await run(true)).code).toBe(1);
    expect(record().findings).toEqual([
      {
        rule: 'service-selects-nothing',
        file: 'web.yaml',
        object: 'Service default/web',
        path: 'spec.selector.app',
        verdict: 'undecided',
        why: '',
      },
    ]);
    expect((await run()).text).toContain('undecided  error web.yaml:5:26');
    keep({
      patterns: [],
      findings: record().findings.map((entry) => ({
        ...entry,
        verdict: true,
        why: 'one letter too many',
      })),
    });
    const last = await run();
    expect(last.code).toBe(0);
    expect(last.text).toMatch(/^shop +1 +100\.0 +100\.0 +0 +– +– +0 +0$/m);
  });

  test('lines may move; what is fixed vanishes and is dropped', async () => {
    await run(true);
    keep({
      patterns: [],
      findings: record().findings.map((entry) => ({ ...entry, verdict: false, why: 'meant so' })),
    });
    write('web.yaml', `# a comment\n\n${wrong('web')}${workload('web')}`);
    expect((await run()).code).toBe(0);
    write('web.yaml', workload('web'));
    const gone = await run(true);
    expect(gone.code).toBe(0);
    expect(gone.text).toContain(
      'vanished   web.yaml Service default/web spec.selector.app (service-selects-nothing, was false)',
    );
    expect(record()).toEqual(emptyRecord);
  });

  test('what is debatable is decided, neither true nor false, and counts apart', async () => {
    write('web.yaml', wrong('web') + wrong('other') + workload('web'));
    await run(true);
    const [first, second] = record().findings;
    if (first === undefined || second === undefined) throw new Error('two findings were expected');
    keep({
      patterns: [],
      findings: [
        { ...first, verdict: 'debatable', why: 'the selector waits for a later release' },
        { ...second, verdict: true, why: 'one letter too many' },
      ],
    });
    const { code, text } = await run();
    expect(code).toBe(0);
    expect(text).toMatch(/^shop +2 +50\.0 +100\.0 +0 +– +– +0 +0$/m);
    expect(text).toMatch(/^service-selects-nothing +error +2 +50\.0 +100\.0 +0$/m);
    write('web.yaml', workload('web'));
    expect((await run()).text).toContain('(service-selects-nothing, was debatable)');
  });

  test('what lies in test data is left out of the last line', async () => {
    mkdirSync(join(folder, 'shop', 'testdata'), { recursive: true });
    write('testdata/other.yaml', wrong('other') + workload('web'));
    await run(true);
    keep({
      patterns: [],
      findings: record().findings.map((entry) => ({
        ...entry,
        verdict: entry.file === 'web.yaml',
        why: 'one letter too many',
      })),
    });
    const { text } = await run();
    expect(text).toMatch(/^all +2 +50\.0 +50\.0 /m);
    expect(text).toMatch(/^all but test data +1 +100\.0 +100\.0 /m);
  });

  test('a pattern settles all that fit, and is reported when its count changes', async () => {
    const pattern = {
      rule: 'service-selects-nothing',
      files: '**/w*.yaml',
      message: 'app=webb',
      verdict: true,
      why: 'one letter',
      count: 1,
    } as const;
    keep({ patterns: [pattern], findings: [] });
    expect((await run()).code).toBe(0);
    write('web.yaml', wrong('web') + wrong('other') + workload('web'));
    const more = await run(true);
    expect(more.code).toBe(0);
    expect(more.text).toContain('settles 2 findings, was 1');
    expect(record().patterns).toEqual([{ ...pattern, count: 2 }]);
    write('web.yaml', workload('web'));
    expect((await run()).text).toContain('/app=webb/ matches nothing');
  });
});

test('a record is sorted, whatever the order of its entries, and reads back', () => {
  const entry = (file: string): TriageRecord['findings'][number] => ({
    rule: 'r',
    file,
    object: '',
    path: '',
    verdict: 'undecided',
    why: '',
  });
  const text = serialize({ patterns: [], findings: [entry('b.yaml'), entry('a.yaml')] });
  expect(text).toBe(serialize({ patterns: [], findings: [entry('a.yaml'), entry('b.yaml')] }));
  expect(parseRecord(text, 'x').findings.map(({ file }) => file)).toEqual(['a.yaml', 'b.yaml']);
});

test.each([
  [
    'a verdict that is none',
    { verdict: 'maybe', why: 'x' },
    'none of true, false, "debatable", "undecided"',
  ],
  ['a verdict without a reason', { verdict: true, why: '' }, 'does not say why'],
  ['no rule', { rule: undefined, verdict: true, why: 'x' }, 'lacks rule'],
])('a record with %s is refused', (_title, wrongEntry, message) => {
  const text = JSON.stringify({
    findings: [{ rule: 'r', file: 'f', object: '', path: '', ...wrongEntry }],
  });
  expect(() => parseRecord(text, 'shop.json')).toThrow(message);
});

test.each([
  ['Kafka shop/events may make pods of its own', 'OBJECT may make pods of its own'],
  [
    'base/kustomization.yaml patches it: render the kustomization to judge it',
    'FILE patches it: render the kustomization to judge it',
  ],
  [
    'document 3 of a/b.yaml is a template that was not rendered',
    'document N of FILE is a template that was not rendered',
  ],
])('the class of "%s"', (reason, expected) => expect(reasonClass(reason)).toBe(expected));
