import type { Path } from '../../src/manifest/node.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { Refusal } from '../../src/cluster/apiserver/refusal.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { mismatchMessage } from '../selector/workload-selector-mismatch.ts';

export const rejectedObject = defineRule({
  meta: {
    id: 'rejected-object',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'would be rejected by the API server',
    summary: 'The API server would not accept an object',
    why: 'an object that the API server refuses does not exist: it makes no pods and no endpoints',
    fixable: false,
  },
  messages: {
    refusal: ({ message }: { message: string }) => message,
    type: ({ field, found, wanted }: { field: string; found: string; wanted: string }) => `${field} is ${found}, it must be ${wanted}`,
  },
  check({ cluster, unit, report, unknown }) {
    for (const object of cluster.objects.refused) {
      if (unit.fragments.has(object.source.document.file) && object.refusals.every(isOmission)) {
        unknown({ object, at: ['metadata', 'name'], reason: 'what is missing in it makes it look like a patch' });
        continue;
      }
      for (const { type, path, part, message, help } of telling(object)) {
        const place = { object, at: path, ...(part !== undefined && { part }), ...(help !== undefined && { help }) };
        const types = type === 'Wrong type' ? describeTypes(message) : undefined;
        if (types === undefined) report({ ...place, id: 'refusal', data: { message } });
        else
          report({
            ...place,
            id: 'type',
            data: { field: fieldName(path), ...types },
            why: `the API server cannot decode the object, so it does not exist: ${message}`,
          });
      }
    }
  },
});

/** The refusals that are worth a finding: not those that another rule says better, or that only follow from another one; but never none at all. */
function telling({ refusals, source }: ClusterObject): readonly Refusal[] {
  const own = refusals.filter(
    ({ type, message }) => type !== 'Not served' && !(message.endsWith(mismatchMessage) && hasSelector(source.value)),
  );
  // A value that was defaulted from a wrong one: the wrong one is reported.
  const written = own.filter(({ type, path }) => type !== 'Invalid value' || isWritten(source.value, path));
  return written.length > 0 ? written : own.slice(0, 1);
}

function hasSelector(value: unknown): boolean {
  return isWritten(value, ['spec', 'selector']);
}

function isWritten(value: unknown, path: Path): boolean {
  return (
    path.reduce<unknown>((parent, step) => (parent as Record<string | number, unknown> | null | undefined)?.[step], value) !== undefined
  );
}

/** Something is not there that another part of the object, or a directive of strategic merge, stands for. */
function isOmission({ type, path, message }: Refusal): boolean {
  return (
    type === 'Required value' ||
    message.endsWith(mismatchMessage) ||
    type === 'Not found' ||
    (type === 'Unknown field' && String(path.at(-1)).startsWith('$'))
  );
}

const jsonTypes: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  bool: 'a boolean',
  object: 'a mapping',
  array: 'a list',
  null: 'null',
};
const goTypes: readonly (readonly [RegExp, string])[] = [
  [/^string$/, 'a string'],
  [/^int(32|64)$/, 'a whole number'],
  [/^bool$/, 'true or false'],
  [/^\[\]/, 'a list'],
  [/^map\[/, 'a mapping'],
];

/** Go's words for a wrong type in ours; undefined for types of which only Go knows what they are. */
function describeTypes(message: string): { found: string; wanted: string } | undefined {
  const [, found = '', go = ''] = /^json: cannot unmarshal (.+) into Go struct field \S+ of type (\S+)$/.exec(message) ?? [];
  const wanted = goTypes.find(([pattern]) => pattern.test(go))?.[1];
  return wanted === undefined ? undefined : { found: jsonTypes[found] ?? found, wanted };
}

/** `containerPort`, `args[0]`. */
function fieldName(path: Path): string {
  const from = path.findLastIndex((step) => typeof step === 'string');
  return path.slice(Math.max(from, 0)).reduce<string>((name, step) => (typeof step === 'number' ? `${name}[${step}]` : step), '');
}
