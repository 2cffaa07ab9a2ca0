/**
 * Rules that somebody else wrote: checked before they run, so that a mistake in one is told as what
 * it is.
 */
import { getOwn } from '../../own.ts';
import { severities } from '../diagnostic.ts';
import { type AnyRule, categories, type Rule, type RuleMeta } from '../rule.ts';
import { guarded } from './guarded-rule.ts';
import { schemaProblem } from './option-schema.ts';
import { PluginError } from './plugin-error.ts';

/**
 * The default export of a plugin's module. Ids of its rules start with its name:
 * `acme/service-without-owner`.
 */
export interface Plugin {
  /** In kebab case. */
  readonly name: string;
  /** Made with `defineRule`, or plain objects of that form. */
  readonly rules: readonly AnyRule[];
}

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The rules of a plugin, ready to run beside ours. What they do wrong later (throw, report an
 * unknown message) is a PluginError as well.
 * @param source what the plugin was asked for by, for messages
 * @param others rules that are there already
 * @throws PluginError
 */
export function pluginRules(
  plugin: unknown,
  source: string,
  others: readonly Rule[] = [],
): readonly Rule[] {
  const fail = (problem: string): never => {
    throw new PluginError(`plugin "${source}" ${problem}`);
  };
  if (!isObject(plugin)) return fail('has no default export of the form { name, rules }');
  const { name, rules } = plugin;
  if (typeof name !== 'string' || name === '')
    return fail(`has no name; its default export is { name: 'acme', rules: [] }`);
  if (!kebab.test(name) || name === 'kubeplumb')
    return fail(`cannot be called "${name}"; a name is in kebab case, as in "acme"`);
  if (!Array.isArray(rules) || rules.length === 0)
    return fail('has no rules; its default export is { name, rules: [rule, rule] }');
  const ids = new Set(others.map(({ meta }) => meta.id));
  if ([...ids].some((id) => id.startsWith(`${name}/`)))
    return fail(`is called "${name}", and so is another plugin`);
  return rules.map((rule: unknown, index) => {
    const checked = checkedRule(rule, name, (problem) =>
      fail(`rules[${index}]${idOf(rule)} ${problem}`),
    );
    if (ids.has(checked.meta.id)) fail(`has two rules called "${checked.meta.id}"`);
    ids.add(checked.meta.id);
    return guarded(checked, source);
  });
}

type Fail = (problem: string) => never;

function idOf(rule: unknown): string {
  const meta = isObject(rule) && isObject(rule['meta']) ? rule['meta'] : {};
  return typeof meta['id'] === 'string' ? ` ("${meta['id']}")` : '';
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const oneOf = (values: readonly string[]): readonly [(value: unknown) => boolean, string] => [
  (value) => typeof value === 'string' && values.includes(value),
  `one of ${values.join(', ')}`,
];

/** What each field of `meta` must be. */
const fields: Readonly<
  Record<
    Exclude<keyof RuleMeta, 'id' | 'options'>,
    readonly [fits: (value: unknown) => boolean, form: string]
  >
> = {
  category: oneOf(categories),
  severity: oneOf(severities),
  since: [isText, 'the version of the plugin that brought it'],
  scope: oneOf(['object', 'unit']),
  kinds: [
    (value) => Array.isArray(value) && value.every(isText),
    'a list of kinds, empty for documents of any kind',
  ],
  title: [isText, 'what it says of an object, as in "selects no pod"'],
  summary: [isText, 'one sentence for lists of rules'],
  why: [isText, 'one sentence that explains'],
  fixable: [(value) => typeof value === 'boolean', 'true or false'],
  url: [
    (value) => value === undefined || (typeof value === 'string' && value.startsWith('https://')),
    'an https:// address',
  ],
};

function checkedRule(rule: unknown, plugin: string, fail: Fail): Rule {
  if (!isObject(rule) || !isObject(rule['meta']))
    return fail('is not a rule; it needs meta, messages and check');
  const { meta, messages } = rule;
  const id = meta['id'];
  if (
    typeof id !== 'string' ||
    !id.startsWith(`${plugin}/`) ||
    !kebab.test(id.slice(plugin.length + 1))
  )
    return fail(`has no id of the form "${plugin}/rule-id"`);
  for (const [name, [fits, form]] of Object.entries(fields))
    if (!fits(getOwn(meta, name))) fail(`needs meta.${name}: ${form}`);
  if (!isObject(messages) || Object.keys(messages).length === 0) return fail('has no messages');
  for (const [message, text] of Object.entries(messages))
    if (typeof text !== 'function')
      fail(`needs messages.${message} to be a function that gives the text`);
  if (typeof rule['check'] !== 'function') fail('has no check function');
  if (meta['options'] !== undefined) checkOptions(meta['options'], fail);
  return rule as unknown as Rule;
}

function checkOptions(options: unknown, fail: Fail): void {
  if (!isObject(options)) return fail('needs meta.options to be schemas by name');
  for (const [name, schema] of Object.entries(options)) {
    if (name === 'severity')
      fail('cannot call an option "severity": that is what users set the severity by');
    if (!isObject(schema)) return fail(`has an option "${name}" that is not a schema`);
    const problem = schemaProblem(schema);
    if (problem !== undefined) fail(`has an option "${name}" that ${problem}`);
    if (!isText(schema['description']) || !('default' in schema))
      fail(`has an option "${name}" without description and default`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
