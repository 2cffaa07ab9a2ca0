import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { innerNames } from '../../src/lint/references/inner-name-table.ts';
import { type StrangeName, strangeNames } from '../../src/lint/references/inner-names.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

type Data = Readonly<Record<'what' | 'name' | 'known', string>>;

const messages = {
  own: ({ what, name, known }: Data) => `there is no ${what} "${name}" here; there is ${known}`,
  other: ({ what, name, known, other }: Data & { readonly other: string }) =>
    `${other} has no ${what} "${name}"; there is ${known}`,
};

export const innerNameMissing = defineRule({
  meta: {
    id: 'inner-name-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: Object.keys(innerNames).map((type) => type.slice(type.indexOf('/') + 1)),
    title: 'names a part that it does not have',
    summary:
      'A workflow, pipeline or route names a template, task or upstream that nobody declares',
    why:
      'such names mean nothing outside of the object that declares them: the controller refuses ' +
      'the object, or waits for what never comes',
    fixable: true,
  },
  messages,
  check(context) {
    for (const strange of strangeNames(context.cluster)) {
      const { object, at } = strange;
      if (context.unit.fragments.has(object.source.document.file))
        context.unknown({ object, at, reason: 'its file looks like a patch' });
      else say(strange, context);
    }
  },
});

function say(
  { row, name, known, nearest, other, ...place }: StrangeName,
  { report }: RuleContext<typeof messages>,
): void {
  const { what, why } = row;
  const shown = known.slice(0, 5).map((one) => `"${one}"`);
  const data = { what, name, known: shown.join(', ') + (known.length > 5 ? ' …' : '') };
  const isPart = place.within !== undefined;
  const meant =
    nearest === undefined
      ? { help: `correct the name, or declare a ${what} "${name}"` }
      : isPart
        ? { help: `change it to ${nearest}` }
        : changeTo(nearest);
  const { object, at, within } = place;
  const finding = { object, at, ...(within !== undefined && { within }), why, ...meant };
  if (other === undefined) report({ ...finding, id: 'own', data });
  else
    report({
      ...finding,
      id: 'other',
      data: { ...data, other: describeObject(other) },
      related: [{ object: other, at: ['metadata', 'name'], message: `this ${other.kind}` }],
    });
}
