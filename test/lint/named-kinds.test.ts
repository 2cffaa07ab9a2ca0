/** Whoever names what `named-object-missing` asks for must be among the kinds that it runs for. */
import { expect, it } from 'vitest';
import { namedObjectMissing } from '../../rules/reference/named-object-missing.ts';
import { referenceTable } from '../../src/kubernetes/reference-table.ts';
import { namedKinds } from '../../src/lint/references/named-kinds.ts';

it('every kind that names one of them is among those of the rule', () => {
  const naming = Object.entries(referenceTable)
    .filter(([, rows]) => rows.some(({ to }) => namedKinds.has(to.includes('/') ? to : `/${to}`)))
    .map(([type]) => type.slice(type.lastIndexOf('/') + 1));
  expect(naming.length).toBeGreaterThan(20);
  expect(naming.filter((kind) => !namedObjectMissing.meta.kinds.includes(kind))).toEqual([]);
});
