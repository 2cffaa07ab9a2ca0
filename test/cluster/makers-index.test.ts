import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { MakersIndex } from '../../src/cluster/operators/makers-index.ts';

const names = fc.stringMatching(/^[ab-]{1,4}$/);
const makers = fc.array(
  fc.record({
    name: names,
    services: fc.array(names, { maxLength: 2 }),
    pattern: fc.option(names, { nil: undefined }),
    nothingElse: fc.boolean(),
    allServices: fc.boolean(),
  }),
  { maxLength: 8 },
);

it('answers as a look at every maker in the order read does', () => {
  fc.assert(
    fc.property(makers, fc.stringMatching(/^[ab-]{0,8}$/), (drafts, asked) => {
      const all = drafts.map(({ name, services, pattern, nothingElse, allServices }) => ({
        object: { name } as ClusterObject,
        made: {
          services,
          ...(pattern !== undefined && { serviceNames: new RegExp(`^${pattern}`) }),
          ...(nothingElse && { nothingElse }),
          ...(allServices && { allServices }),
        },
      }));
      const index = new MakersIndex(all);
      const named = all.find(
        ({ made }) => made.services.includes(asked) || made.serviceNames?.test(asked) === true,
      );
      expect(index.ofService(asked)).toBe(named?.object);
      for (const kind of ['Service', 'Secret']) {
        const part = all.find(
          ({ object, made }) =>
            made.nothingElse !== true &&
            !(kind === 'Service' && made.allServices === true) &&
            asked.includes(object.name),
        );
        expect(index.ofPart(kind, asked)).toBe(part?.object);
      }
    }),
  );
});
