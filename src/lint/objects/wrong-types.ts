/** Values of types that their fields cannot hold. */
import { goTypes, meantScalar } from '../../cluster/apiserver/meant-scalar.ts';
import type { Refusal } from '../../cluster/apiserver/refusal.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { nodeAt } from '../../manifest/node.ts';
import { getOwn } from '../../own.ts';

export interface WrongType {
  readonly object: ClusterObject;
  readonly refusal: Refusal;
  /** Undefined where only Go knows what the field can hold. */
  readonly types: DescribedTypes | undefined;
  /** What was meant, by the text that stands there. */
  readonly meant: Refusal['replacement'];
}

/** `a string`, `a whole number`. */
export interface DescribedTypes {
  readonly found: string;
  readonly wanted: string;
}

export function wrongTypes({ objects }: Cluster): WrongType[] {
  return objects.refused.flatMap((object) =>
    object.refusals
      .filter(({ type }) => type === 'Wrong type')
      .map((refusal): WrongType => {
        const types = describeTypes(refusal.message);
        const { node, document } = object.source;
        const meant = types && meantScalar(nodeAt(node, refusal.path), types.go, document.file);
        return { object, refusal, types, meant };
      }),
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
const wantedTypes: readonly (readonly [RegExp, string])[] = [
  [/^(u?int)(32|64)?$/, 'a whole number'],
  [/^bool$/, 'true or false'],
  [/^\[\]/, 'a list'],
  [/^map\[/, 'a mapping'],
];

/**
 * Go's words for a wrong type in ours; undefined for types of which only Go knows what they are.
 */
function describeTypes(message: string): (DescribedTypes & { readonly go: string }) | undefined {
  const { found = '', go = '' } = goTypes(message) ?? {};
  const wanted =
    go === 'string' ? 'a string' : wantedTypes.find(([pattern]) => pattern.test(go))?.[1];
  return wanted === undefined
    ? undefined
    : { go, found: getOwn(jsonTypes, found) ?? found, wanted };
}
