import { isPlainValue } from '../../src/cluster/apiserver/meant-scalar.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { type MisfitOf, misfitsOf } from '../../src/lint/objects/misfits.ts';
import { type WrongType, wrongTypes } from '../../src/lint/objects/wrong-types.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import type { ManifestDocument } from '../../src/manifest/manifest.ts';

const messages = {
  type: ({ field, found, wanted }: { field: string; found: string; wanted: string }) =>
    `${field} is ${found}, it must be ${wanted}`,
  value: ({ message }: { message: string }) => message,
  metadata: ({ message }: { message: string }) => message,
};

type Context = RuleContext<typeof messages>;

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
  messages,
  check(context) {
    for (const wrong of wrongTypes(context.cluster)) say(wrong, context);
    for (const misfit of misfitsOf(context.cluster))
      if (misfit.problem === 'type') sayOfDefinition(misfit, context);
    // kubectl itself reads metadata, and does so document by document.
    for (const document of context.unit.documents)
      if (document.state === 'broken' && document.problem?.code === 'metadata')
        sayOfMetadata(document, document.problem, context);
  },
});

function say({ object, refusal, types, meant }: WrongType, { report }: Context): void {
  const { path: at, message, help } = refusal;
  const place = { object, at };
  if (types === undefined)
    return report({
      ...place,
      id: 'value',
      data: { message },
      why: 'the API server cannot decode the object, so it does not exist',
      ...(help !== undefined && { help }),
    });
  const isText = typeof meant === 'string';
  const told = isText ? `quote the value: "${meant}"; YAML reads it as ${types.found}` : help;
  const title = isText ? 'quote it' : 'remove the quotes';
  report({
    ...place,
    id: 'type',
    data: { field: fieldName(at), ...types },
    why: `the API server cannot decode the object, so it does not exist: ${message}`,
    ...(told !== undefined && { help: told }),
    ...(meant !== undefined && { fixes: [{ title, safety: 'safe', replace: meant }] }),
  });
}

function sayOfDefinition(
  { object, at, found, wanted }: Extract<MisfitOf, { problem: 'type' }>,
  { report }: Context,
): void {
  report({
    object,
    at,
    id: 'type',
    data: { field: fieldName(at), found, wanted },
    why: 'the definition of the kind has another type there, so the API server refuses it',
  });
}

function sayOfMetadata(
  document: ManifestDocument,
  { range, message, help }: NonNullable<ManifestDocument['problem']>,
  { reportDocument }: Context,
): void {
  const text = document.file.text.slice(...range);
  const edits = [{ range, text: JSON.stringify(text) }];
  reportDocument({
    document,
    range,
    id: 'metadata',
    data: { message },
    why:
      'names, labels and annotations are strings, and kubectl converts nothing: it ' +
      'cannot decode the object and leaves it out',
    ...(help !== undefined && { help }),
    ...(help !== undefined &&
      isPlainValue(text) && { fixes: [{ title: 'quote it', safety: 'safe', edits }] }),
  });
}

/** `containerPort`, `args[0]`. */
function fieldName(path: Path): string {
  const from = path.findLastIndex((step) => typeof step === 'string');
  return path
    .slice(Math.max(from, 0))
    .reduce<string>((name, step) => (typeof step === 'number' ? `${name}[${step}]` : step), '');
}
