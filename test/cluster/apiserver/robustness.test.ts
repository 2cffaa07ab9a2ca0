import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FieldType,
  groupOfApiVersion,
  structType,
} from '../../../src/cluster/apiserver/struct-type.ts';
import { knownKinds } from '../../../src/generated/kubernetes-types.ts';
import type { Json, JsonObject } from '../../../src/kubernetes/json.ts';
import { admitted } from './objects.ts';

const kinds = Object.entries(knownKinds).flatMap(([apiVersion, names]) =>
  names.map((kind) => [apiVersion, kind] as const),
);

/** Objects with known field names, and values that are now and then of the right type. */
function valueOf(type: FieldType, depth: number): fc.Arbitrary<Json> {
  const odd = fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    80,
    80.5,
    99999,
    '',
    'web',
    'A b',
    '{{ x }}',
    '10.0.0.1',
    '::1',
    'None',
    [],
    {},
    [null],
    { a: 'b' },
  );
  if (depth === 0) return odd;
  const own = ((): fc.Arbitrary<Json> => {
    switch (type.type) {
      case 'struct':
        return fc.record(
          Object.fromEntries(
            [...type.struct().fields].map(([name, field]) => [
              name,
              fc.oneof(
                { withCrossShrink: true },
                fc.constant(undefined),
                fc.constant(undefined),
                valueLater(field.type, depth - 1),
              ),
            ]),
          ),
          { requiredKeys: [] },
        ) as fc.Arbitrary<Json>;
      case 'list':
        return fc.array(valueLater(type.element, depth - 1), { maxLength: 3 });
      case 'map':
        return fc.dictionary(
          fc.constantFrom('app', 'a b', '{{ k }}', 'x/y'),
          valueLater(type.element, depth - 1),
          { maxKeys: 2 },
        );
      default:
        return odd;
    }
  })();
  return fc.oneof({ arbitrary: own, weight: 9 }, { arbitrary: odd, weight: 1 });
}

/**
 * Built only when a value is drawn: a Pod has too many fields to build generators for all of them.
 */
function valueLater(type: FieldType, depth: number): fc.Arbitrary<Json> {
  return fc.constant(null).chain(() => valueOf(type, depth));
}

describe('whatever is given is decoded and validated without a fault', () => {
  test.each(kinds)('%s %s', (apiVersion, kind) => {
    const struct = structType(groupOfApiVersion(apiVersion), kind);
    const type: FieldType = { type: 'struct', go: kind, struct: () => struct };
    fc.assert(
      fc.property(
        valueOf(type, 9),
        fc.integer({ min: 24, max: 38 }),
        (generated, kubernetesMinor) => {
          if (typeof generated !== 'object' || generated === null || Array.isArray(generated))
            return;
          const value: JsonObject = { ...generated, apiVersion, kind };
          for (const key in value) if (value[key] === undefined) delete value[key];
          const before = structuredClone(value);
          const { refusals } = admitted(value, { kubernetesMinor });
          expect(value).toEqual(before);
          for (const { message, path } of refusals)
            expect([typeof message, path.length > 0]).toEqual(['string', true]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
