import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../src/kubernetes/json.ts';
import { hasSoundMetadata, metadataProblem } from '../../src/manifest/metadata.ts';
import { toJson } from '../../src/manifest/node.ts';
import { readPlain } from '../../src/manifest/plain.ts';

/** Written as JSON, which is YAML, too. */
function judged(metadata: Json): { readonly sound: boolean; readonly problem: boolean } {
  const text = JSON.stringify({ metadata });
  const tree = readPlain(text, [0, text.length]);
  if (typeof tree !== 'object' || tree.root?.type !== 'map') throw new Error(text);
  const value = toJson(tree.root) as { [key: string]: Json };
  return {
    sound: hasSoundMetadata(value),
    problem: metadataProblem(tree.root) !== undefined,
  };
}

test.each<[what: string, metadata: Json]>([
  ['what a cluster adds', { creationTimestamp: '2024-05-01T10:00:00Z', generation: 3, uid: 'a' }],
  ['owners', { ownerReferences: [{ kind: 'Job', name: 'x', controller: true, extra: 1 }, null] }],
  ['finalizers', { finalizers: ['a', null] }],
  ['fields of a manager', { managedFields: [{ apiVersion: 'v1', fieldsV1: { f: {} } }] }],
  ['nothing', { name: null, labels: null, annotations: { a: null }, unknown: 1 }],
])('%s needs no tree', (_, metadata) => {
  expect(judged(metadata)).toStrictEqual({ sound: true, problem: false });
});

test('whatever is taken without a tree has no problem in one', () => {
  const scalar = fc.constantFrom<Json>(
    ...['x', '', '2024-05-01T10:00:00Z', 'soon', 1, 1.5, true, null],
  );
  const value = fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.constant('a'), scalar));
  const owner = fc.dictionary(fc.constantFrom('kind', 'name', 'controller', 'other'), scalar);
  const metadata = fc.record(
    {
      name: value,
      generation: value,
      creationTimestamp: value,
      labels: value,
      finalizers: value,
      ownerReferences: fc.oneof(value, fc.array(owner)),
      other: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(metadata, (given) => {
      const { sound, problem } = judged(given);
      expect(sound && problem).toBe(false);
    }),
  );
});
