import { goTypes, isPlainValue, meantScalar } from '../../src/cluster/apiserver/meant-scalar.ts';
import type { Refusal } from '../../src/cluster/apiserver/refusal.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { childOf, type Node, type Path } from '../../src/manifest/node.ts';
import { getOwn } from '../../src/own.ts';

export const wrongType = defineRule({
  meta: {
    id: 'wrong-type',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'has a value of the wrong type',
    summary: 'A value has a type that its field cannot hold',
    why:
      'nothing is converted between strings, numbers and booleans: an object with one value ' +
      'of the wrong type cannot be decoded and does not exist',
    fixable: true,
  },
  messages: {
    type: ({ field, found, wanted }: { field: string; found: string; wanted: string }) =>
      `${field} is ${found}, it must be ${wanted}`,
    value: ({ message }: { message: string }) => message,
    metadata: ({ message }: { message: string }) => message,
  },
  check({ cluster, unit, report, reportDocument }) {
    for (const object of cluster.objects.refused) {
      for (const { type, path, message, help } of object.refusals) {
        if (type !== 'Wrong type') continue;
        const place = { object, at: path };
        const types = describeTypes(message);
        if (types === undefined) {
          report({ ...place, id: 'value', data: { message }, ...(help !== undefined && { help }) });
          continue;
        }
        const meant = meantValue(object, path, types.go);
        const told =
          typeof meant === 'string'
            ? `quote the value: "${meant}"; YAML reads it as ${types.found}`
            : help;
        report({
          ...place,
          id: 'type',
          data: { field: fieldName(path), found: types.found, wanted: types.wanted },
          why: `the API server cannot decode the object, so it does not exist: ${message}`,
          ...(told !== undefined && { help: told }),
          ...(meant !== undefined && {
            fixes: [
              {
                title: typeof meant === 'string' ? 'quote it' : 'remove the quotes',
                safety: 'safe',
                replace: meant,
              },
            ],
          }),
        });
      }
    }
    // kubectl itself reads metadata, and does so document by document.
    for (const document of unit.documents) {
      const { problem, state, file } = document;
      if (state !== 'broken' || problem?.code !== 'metadata') continue;
      const text = file.text.slice(...problem.range);
      reportDocument({
        document,
        range: problem.range,
        id: 'metadata',
        data: { message: problem.message },
        why:
          'names, labels and annotations are strings, and kubectl converts nothing: it ' +
          'cannot decode the object and leaves it out',
        ...(problem.help !== undefined && { help: problem.help }),
        ...(problem.help !== undefined &&
          isPlainValue(text) && {
            fixes: [
              {
                title: 'quote it',
                safety: 'safe',
                edits: [{ range: problem.range, text: JSON.stringify(text) }],
              },
            ],
          }),
      });
    }
  },
});

const jsonTypes: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  bool: 'a boolean',
  object: 'a mapping',
  array: 'a list',
  null: 'null',
};
const wantedTypes: readonly (readonly [RegExp, string])[] = [
  [/^(u?int)(32|64)?$/, 'a whole number'],
  [/^bool$/, 'true or false'],
  [/^\[\]/, 'a list'],
  [/^map\[/, 'a mapping'],
];

/**
 * Go's words for a wrong type in ours; undefined for types of which only Go knows what they are.
 */
function describeTypes(message: string): { go: string; found: string; wanted: string } | undefined {
  const { found = '', go = '' } = goTypes(message) ?? {};
  const wanted =
    go === 'string' ? 'a string' : wantedTypes.find(([pattern]) => pattern.test(go))?.[1];
  return wanted === undefined
    ? undefined
    : { go, found: getOwn(jsonTypes, found) ?? found, wanted };
}

/** See `meantScalar`. */
function meantValue({ source }: ClusterObject, path: Path, go: string): Refusal['replacement'] {
  let node: Node | undefined = source.node;
  for (const step of path) node = childOf(node, step);
  return meantScalar(node, go, source.document.file);
}

/** `containerPort`, `args[0]`. */
function fieldName(path: Path): string {
  const from = path.findLastIndex((step) => typeof step === 'string');
  return path
    .slice(Math.max(from, 0))
    .reduce<string>((name, step) => (typeof step === 'number' ? `${name}[${step}]` : step), '');
}
