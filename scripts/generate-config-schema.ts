/**
 * What is made from the schema of the configuration: schema/kubeplumb.schema.json and the tables of
 * docs/configuration.md.
 */
import { rules } from '../rules/index.ts';
import {
  configKeys,
  configProperties,
  configSchema,
  schemaUrl,
  severitySetting,
} from '../src/config/schema.ts';
import {
  alternativesOf,
  type ObjectSchema,
  type Schema,
  type SimpleSchema,
} from '../src/json-schema.ts';
import type { OptionSchemas } from '../src/lint/rule.ts';
import type { GeneratedFile } from './generated-file.ts';

export const schemaPath = 'schema/kubeplumb.schema.json';
/** The published schema. */
export function configSchemaFile(): GeneratedFile {
  return { path: schemaPath, text: `${JSON.stringify(publishedSchema(), null, 2)}\n` };
}

/** Rules of plugins, of which only a run with them knows more. */
const pluginRule = '^[a-z0-9-]+/[a-z0-9-]+$';

/** As editors read it. What stands at every rule is written once. */
export function publishedSchema(): Record<string, unknown> {
  const schema = configSchema(rules);
  const {
    rules: own,
    overrides,
    ...others
  } = schema.properties as Record<string, ObjectSchema & { readonly items: ObjectSchema }>;
  const withPlugins = (form: object | undefined, setting: object): object => ({
    ...form,
    patternProperties: { [pluginRule]: setting },
  });
  const properties = {
    rules: withPlugins(own, {
      anyOf: [severitySetting, { type: 'object', properties: { severity: severitySetting } }],
    }),
    overrides: {
      ...overrides,
      items: {
        ...overrides?.items,
        properties: {
          ...overrides?.items.properties,
          rules: withPlugins(overrides?.items.properties?.['rules'], severitySetting),
        },
      },
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaUrl,
    title: 'kubeplumb.yaml',
    description: 'Configuration of kubeplumb, https://github.com/kubeplumb/kubeplumb',
    ...(withReferences({ ...schema, properties: inOrder({ ...others, ...properties }) }) as Record<
      string,
      unknown
    >),
    definitions: { severity: severitySetting },
  };
}

/** Keys in the order of the documentation. */
function inOrder(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(configKeys.map((key) => [key, properties[key]]));
}

function withReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferences);
  if (typeof value !== 'object' || value === null) return value;
  const reference = { $ref: '#/definitions/severity' };
  if (value === severitySetting) return reference;
  // A description of its own cannot stand beside $ref.
  if ('enum' in value && value.enum === severitySetting.enum)
    return { ...describedBy(value), allOf: [reference] };
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, withReferences(child)]),
  );
}

function describedBy(value: object): Record<string, unknown> {
  return 'description' in value ? { description: value.description } : {};
}

/**
 * A table stands between its markers, and prose is left alone. @throws Error for a table that
 * nobody knows.
 */
export function withTables(page: string): string {
  return page.replace(
    /(<!-- begin table (\S+) -->\n)[\s\S]*?(<!-- end table -->)/g,
    (_, begin: string, name: string, end: string) => {
      return `${begin}\n${tableOf(name)}\n\n${end}`;
    },
  );
}

function tableOf(name: string): string {
  if (name === 'keys')
    return table(
      ['key', 'value', 'default', 'what it is'],
      configKeys.map((key) => keyRow(key, configProperties[key])),
    );
  if (name === 'options') {
    const rows = rules.flatMap(({ meta: { id, options = {} } }) =>
      Object.entries(options).map(([option, schema]) => [
        `[${id}](rules/${id}.md)`,
        ...keyRow(option, schema),
      ]),
    );
    return table(['rule', 'option', 'value', 'default', 'what it is'], rows);
  }
  const schema = nested(name);
  const required = schema.required ?? [];
  const rows = Object.entries(schema.properties ?? {}).map(([key, property]) =>
    keyRow(key, property, required.includes(key)),
  );
  return table(['key', 'value', 'default', 'what it is'], rows);
}

/** For the page of a rule. */
export function optionTable(options: OptionSchemas): string {
  return table(
    ['option', 'value', 'default', 'what it is'],
    Object.entries(options).map(([option, schema]) => keyRow(option, schema)),
  );
}

/** The form of the items of a list, such as `overrides`. */
function nested(name: string): ObjectSchema {
  const key = configKeys.find((known) => known === name);
  const list =
    key === undefined
      ? undefined
      : alternativesOf(configProperties[key]).find(({ type }) => type === 'array');
  const item =
    list?.type === 'array'
      ? alternativesOf(list.items).find(({ type }) => type === 'object')
      : undefined;
  if (item?.type !== 'object')
    throw new Error(`a document asks for a table of "${name}", which is not a list of mappings`);
  return item;
}

function keyRow(key: string, schema: Schema, required = false): string[] {
  const { default: standard } = schema;
  const written = typeof standard === 'string' ? standard : JSON.stringify(standard);
  const whereNone = required ? 'required' : '';
  const fallback = standard === undefined ? whereNone : `\`${written}\``;
  return [`\`${key}\``, valueOf(schema), fallback, schema.description ?? ''];
}

export function valueOf(schema: Schema): string {
  return alternativesOf(schema).map(typeOf).join(' or ');
}

function typeOf(schema: SimpleSchema): string {
  if (schema.type === 'string')
    return schema.enum === undefined
      ? 'string'
      : schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') {
    const items = valueOf(schema.items);
    return items === 'mapping'
      ? 'list of mappings'
      : items.startsWith('`')
        ? 'list of these'
        : `list of ${items.replace('string', 'strings').replace('mapping', 'mappings')}`;
  }
  return { object: 'mapping', boolean: 'true or false', number: 'number', integer: 'whole number' }[
    schema.type
  ];
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
