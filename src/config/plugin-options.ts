/** What a kubeplumb.yaml says of the options of plugins' rules, which JSON Schemas describe. */
import { optionFaults, schemaProblem } from '../lint/plugins/option-schema.ts';
import type { RuleMeta } from '../lint/rule.ts';
import { childOf, entryOf, locate, type MapNode, type Node, toJson } from '../manifest/node.ts';
import type { Range } from '../manifest/source.ts';
import { getOwn } from '../own.ts';
import type { ConfigProblem } from './problem.ts';

type Rules = readonly { readonly meta: RuleMeta }[];

/** Those whose options this module checks: ids of plugins' rules have a slash. */
function pluginOptions(rules: Rules): ReadonlyMap<string, NonNullable<RuleMeta['options']>> {
  return new Map(
    rules.flatMap(({ meta: { id, options } }) =>
      id.includes('/') && options !== undefined ? [[id, options] as const] : [],
    ),
  );
}

/**
 * A configuration without the options of plugins' rules: the rest is the own schema's business,
 * keys that are no options included.
 */
export function withoutPluginOptions(root: MapNode, rules: Rules): MapNode {
  const known = pluginOptions(rules);
  if (known.size === 0) return root;
  const bare = (id: string, setting: Node): Node => {
    const options = known.get(id);
    if (options === undefined || setting.type !== 'map') return setting;
    return {
      ...setting,
      entries: setting.entries.filter(({ key }) => !Object.hasOwn(options, key)),
    };
  };
  return {
    ...root,
    entries: root.entries.map((entry) =>
      entry.key === 'rules' && entry.value.type === 'map'
        ? {
            ...entry,
            value: {
              ...entry.value,
              entries: entry.value.entries.map((rule) => ({
                ...rule,
                value: bare(rule.key, rule.value),
              })),
            },
          }
        : entry,
    ),
  };
}

/** What is wrong with the options of plugins' rules, each fault at the value that it is about. */
export function pluginOptionProblems(
  root: MapNode,
  rules: Rules,
  text: string,
): readonly ConfigProblem[] {
  const known = pluginOptions(rules);
  const settings = known.size === 0 ? undefined : childOf(root, 'rules');
  if (settings?.type !== 'map') return [];
  return settings.entries.flatMap(({ key: id, value: setting }) => {
    const options = known.get(id);
    if (options === undefined || setting.type !== 'map') return [];
    return setting.entries.flatMap(({ key, keyRange, value }): readonly ConfigProblem[] => {
      const schema = getOwn(options, key);
      if (schema === undefined) return [];
      const problem = schemaProblem(schema);
      if (problem !== undefined)
        return [{ range: keyRange, message: `option "${key}" of rule "${id}" ${problem}` }];
      return optionFaults(schema, toJson(value)).map(({ path, unknownKey, quotable, message }) => {
        const at = placeOf(value, keyRange, path);
        const entry = unknownKey === undefined ? undefined : entryOf(at.node, unknownKey);
        const quotes =
          quotable === true ? `; quote it: "${text.slice(...(at.node?.range ?? at.range))}"` : '';
        return {
          range: entry?.keyRange ?? at.range,
          message: `${message(`rules.${id}.${key}${at.name}`)}${quotes}`,
        };
      });
    });
  });
}

/** Where something stands in an option's value; mappings and lists are too much to point at. */
function placeOf(
  value: Node,
  keyRange: Range,
  path: readonly string[],
): { readonly node: Node | undefined; readonly range: Range; readonly name: string } {
  let node: Node | undefined = value;
  let range = keyRange;
  let name = '';
  for (const step of path) {
    if (node?.type === 'seq') {
      node = childOf(node, Number(step));
      if (node !== undefined) range = locate(node, []);
      name += `[${step}]`;
    } else {
      const entry = entryOf(node, step);
      range = entry?.keyRange ?? range;
      node = entry?.value;
      name += `.${step}`;
    }
  }
  if (node?.type === 'scalar' && node.range[0] < node.range[1]) range = node.range;
  return { node, range, name };
}
