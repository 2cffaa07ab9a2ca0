/** The published schema, as editors read it, and what kubeplumb itself takes are the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { rules } from '../../rules/index.ts';
import { publishedSchema } from '../../scripts/generate-config-schema.ts';
import { readConfig } from '../../src/config/read.ts';
import { configKeys, configSchema } from '../../src/config/schema.ts';
import { validate } from '../../src/config/validate.ts';
import { alternativesOf, type Schema, type SimpleSchema } from '../../src/json-schema.ts';
import { readJson } from '../../src/manifest/json.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const byAjv = new Ajv({ strict: true, allErrors: true }).compile(publishedSchema());
const schema = configSchema(rules);

function byUs(value: unknown): boolean {
  const text = JSON.stringify(value);
  const tree = readJson(text, 0);
  if (tree === undefined) throw new Error('no JSON');
  return validate(tree.root, schema, text).length === 0;
}

/** Values that a schema takes. */
function valuesOf(form: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(...alternativesOf(form).map(simpleValues));
}

function simpleValues(form: SimpleSchema): fc.Arbitrary<unknown> {
  switch (form.type) {
    case 'string':
      return fc.constantFrom(...(form.enum ?? ['a', 'x/*', '1.30']));
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({ min: form.minimum ?? 0, max: form.maximum ?? 3 });
    case 'array': {
      const bounds = { minLength: form.minItems ?? 0, maxLength: Math.min(form.maxItems ?? 3, 3) };
      const items = valuesOf(form.items);
      return form.uniqueItems === true
        ? fc.uniqueArray(items, { ...bounds, selector: (item) => JSON.stringify(item) })
        : fc.array(items, bounds);
    }
    case 'object': {
      const { properties = {}, required = [], additionalProperties } = form;
      const own = Object.entries(properties).map(
        ([key, property]) => [key, valuesOf(property)] as const,
      );
      const record = fc.record(Object.fromEntries(own.slice(0, 14)), {
        requiredKeys: [...required],
      });
      if (additionalProperties === false) return record;
      return fc
        .tuple(record, fc.dictionary(fc.constantFrom('a', 'b'), valuesOf(additionalProperties)))
        .map(([a, more]) => ({ ...a, ...more }));
    }
  }
}

const wrong = fc.constantFrom<unknown>(
  null,
  '',
  1.3,
  3,
  true,
  'nope',
  [],
  {},
  [null],
  { nope: 1 },
  ['all', 'all'],
  {
    rules: { nope: 'off' },
  },
);

/** Puts something else at a place of a value. */
function damaged(value: unknown, path: number[], other: unknown): unknown {
  const [step, ...rest] = path;
  if (
    step === undefined ||
    typeof value !== 'object' ||
    value === null ||
    Object.keys(value).length === 0
  )
    return other;
  const keys = Object.keys(value);
  const key = keys[step % keys.length] ?? '';
  const child = damaged((value as Record<string, unknown>)[key], rest, other);
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? child : (item as unknown)))
    : { ...value, [key]: child };
}

describe('ajv and we', () => {
  it('agree on configurations, right and wrong', () => {
    const path = fc.array(fc.nat({ max: 20 }), { maxLength: 5 });
    const seen = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(valuesOf(schema), path, wrong, fc.boolean(), (value, at, other, damage) => {
        const judged = damage ? damaged(value, at, other) : value;
        const valid = byAjv(judged);
        seen[valid ? 'right' : 'wrong'] += 1;
        expect(byUs(judged), JSON.stringify(judged)).toBe(valid);
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(200);
  });

  it('tell alternatives apart by their type', () => {
    const check = (form: Schema): void => {
      const types = alternativesOf(form).map(({ type }) => type);
      expect(new Set(types).size).toBe(types.length);
      for (const alternative of alternativesOf(form)) {
        if (alternative.type === 'array') check(alternative.items);
        if (alternative.type === 'object')
          Object.values(alternative.properties ?? {}).forEach(check);
      }
    };
    check(schema);
  });

  it.each(configKeys)('take the examples and the default of %s', (key) => {
    const { examples = [], default: fallback } = configSchema(rules).properties?.[key] ?? {};
    for (const value of [...examples, ...(fallback === undefined ? [] : [fallback])]) {
      expect(byAjv({ [key]: value }), JSON.stringify(value)).toBe(true);
      expect(
        readConfig(new SourceFile('kubeplumb.yaml', stringify({ [key]: value })), rules),
      ).not.toHaveProperty('problems');
    }
  });
});

describe('the schema', () => {
  it('is fresh (npm run generate)', () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../schema/kubeplumb.schema.json'),
      'utf8',
    );
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
  });

  it('knows every rule and its options, each with a description', () => {
    const known = alternativesOf(schema.properties?.['rules'] ?? schema)[0];
    expect(known?.type === 'object' && Object.keys(known.properties ?? {})).toEqual(
      rules.map(({ meta }) => meta.id),
    );
    for (const { meta } of rules)
      for (const option of Object.values(meta.options ?? {}))
        expect(option.description).toMatch(/^[a-z`].*[^.]$/);
  });
});

describe('docs/configuration.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = '']) => yaml);

  it.each(blocks)('has a valid example: %s', (yaml) => {
    expect(readConfig(new SourceFile('kubeplumb.yaml', yaml), rules)).not.toHaveProperty(
      'problems',
    );
  });

  it('names every key', () => {
    for (const key of configKeys) expect(page).toContain(`| \`${key}\` |`);
  });
});
