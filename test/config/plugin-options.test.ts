/** Options of plugins' rules, described by all that JSON Schema has: what is said, and where. */
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { readConfig } from '../../src/config/read.ts';
import { pluginRules } from '../../src/lint/plugins/plugin.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const described = { description: 'an option', default: null };
const options = {
  percent: { ...described, type: 'integer', minimum: 0, maximum: 100 },
  ratio: { ...described, type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
  step: { ...described, type: 'integer', multipleOf: 5 },
  prefix: { ...described, type: 'string', pattern: '^[a-z]+-$', minLength: 2, maxLength: 8 },
  mode: { ...described, type: 'string', enum: ['strict', 'lax'] },
  level: { ...described, enum: [1, 2, 'all'] },
  fixed: { ...described, const: 'v1' },
  nullable: { ...described, type: ['string', 'null'] },
  teams: {
    ...described,
    type: 'array',
    minItems: 1,
    maxItems: 3,
    uniqueItems: true,
    items: { $ref: '#/definitions/team' },
    definitions: {
      team: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1 },
          limits: {
            type: 'object',
            properties: { pods: { type: 'integer', minimum: 1 } },
            additionalProperties: { type: 'boolean' },
          },
        },
      },
    },
  },
  label: {
    ...described,
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', items: { type: 'string' } },
    ],
  },
  // As hostile as a file can make the name of an option's key.
  'a/b~c': { ...described, type: 'object', additionalProperties: { type: 'integer' } },
};
const plugin = {
  name: 'acme',
  rules: [
    {
      meta: {
        id: 'acme/owner',
        category: 'name',
        severity: 'warning',
        since: '1.0.0',
        scope: 'object',
        kinds: ['Service'],
        title: 'has no owner',
        summary: 'A Service has no owner',
        why: 'because',
        fixable: false,
        options,
      },
      messages: { bad: () => 'bad' },
      check: () => undefined,
    },
  ],
};
const all = [...rules, ...pluginRules(plugin, './own.js')];

/** `2:5-8 message`, the first line being `rules:`. */
function said(setting: string): readonly string[] {
  const text = `rules:\n  acme/owner:\n${setting.replace(/^/gm, '    ')}\n`;
  const file = new SourceFile('kubeplumb.yaml', text);
  const read = readConfig(file, all);
  if (!('problems' in read)) return [];
  return read.problems.map(
    ({ range, message }) =>
      `${file.position(range[0]).line} ${text.slice(...range)}: ${message.replaceAll('rules.acme/owner.', '')}`,
  );
}

describe('options of plugins', () => {
  it.each([
    'percent: 0',
    'ratio: 0.5',
    'step: 10',
    'prefix: team-',
    'mode: lax\nseverity: error',
    'level: all',
    'fixed: v1',
    'nullable: null',
    'nullable: x',
    'label: team',
    'label: [team, owner]',
    'teams: [{ name: a, limits: { pods: 1, other: true } }, { name: b }]',
    'a/b~c: { __proto__: 1, constructor: 2, x/y: 3 }',
  ])('take what is legal: %s', (setting) => {
    expect(said(setting)).toEqual([]);
  });

  it.each([
    ['percent: 101', '3 101: "percent" must be at most 100'],
    ['percent: -1', '3 -1: "percent" must be at least 0'],
    ['percent: 1.5', '3 1.5: "percent" must be a whole number, not a number'],
    ['percent:', '3 percent: "percent" has no value; it takes a whole number'],
    ['ratio: 0', '3 0: "ratio" must be more than 0'],
    ['ratio: 1', '3 1: "ratio" must be less than 1'],
    ['step: 7', '3 7: "step" must be a multiple of 5'],
    ['prefix: Team', '3 Team: "prefix" must match the pattern ^[a-z]+-$'],
    ['prefix: abcdefgh-', '3 abcdefgh-: "prefix" must have at most 8 characters'],
    ['prefix: 12', '3 12: "prefix" must be a string, not a whole number; quote it: "12"'],
    ['mode: strickt', '3 strickt: "mode" cannot be "strickt"; did you mean "strict"?'],
    ['level: 7', '3 7: "level" cannot be "7"; legal values: 1, 2, all'],
    ['fixed: v2', '3 v2: "fixed" must be "v1"'],
    ['nullable: {}', '3 nullable: "nullable" must be a string or empty, not a mapping'],
    ['teams: []', '3 teams: "teams" is an empty list'],
    [
      'teams:\n  - name: a\n  - name: b\n  - name: a',
      '6 name: "teams[2]" repeats {"name":"a"} of the same list',
    ],
    ['teams:\n  - limits: {}', '4 limits: "teams[0]" lacks "name"'],
    [
      'teams:\n  - name: a\n    limits:\n      pods: 0',
      '6 0: "teams[0].limits.pods" must be at least 1',
    ],
    [
      'teams:\n  - name: a\n    limits:\n      other: 1',
      '6 1: "teams[0].limits.other" must be true or false, not a whole number',
    ],
    [
      'teams:\n  - name: a\n    limit: {}',
      '5 limit: unknown key "limit" in "teams[0]"; did you mean "limits"?',
    ],
    ['label: {}', '3 label: "label" must be a string or a list, not a mapping'],
    ["label: ''", `3 '': "label" is empty`],
    ['label: [a, 1]', '3 1: "label[1]" must be a string, not a whole number; quote it: "1"'],
    ['a/b~c:\n  x/y~1: no', '4 no: "a/b~c.x/y~1" must be a whole number, not a string'],
  ])('are told of at their place: %s', (setting, problem) => {
    expect(said(setting).join('\n')).toContain(problem);
  });

  it('are told of all at once, in the order of the text, beside keys that are no options', () => {
    expect(said('mode: no\nperzent: 1\npercent: 101\nseverity: loud')).toEqual([
      '3 no: "mode" cannot be "no"; legal values: strict, lax',
      '4 perzent: unknown key "perzent" in "rules.acme/owner"; did you mean "percent"?',
      '5 101: "percent" must be at most 100',
      expect.stringContaining('6 loud: unknown severity "loud"'),
    ]);
  });

  it('say one thing of one value of a wrong type', () => {
    expect(said('label: {}')).toHaveLength(1);
    expect(said('percent: x')).toHaveLength(1);
  });

  it('are not the reader of the configuration to blame where a schema is wrong', () => {
    const broken = { ...plugin.rules[0]?.meta, options: { a: { type: 'nope' } } };
    const file = new SourceFile('kubeplumb.yaml', 'rules: { acme/owner: { a: 1 } }');
    // A rule that no pluginRules has seen.
    const read = readConfig(file, [{ meta: broken as never }]);
    expect(read).toMatchObject({
      problems: [
        {
          message: expect.stringContaining(
            'option "a" of rule "acme/owner" has a wrong schema: ',
          ) as string,
        },
      ],
    });
  });
});
