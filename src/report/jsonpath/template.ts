/** What a template of `-o jsonpath=` is made of. */

export type Template = readonly Part[];

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  /** `{range PATH}…{end}`: the body once for each result. */
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: Template };

/** Each makes many values of each value before it. */
export type Step =
  /** A word or number in the place of a value. */
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  /** The key as written, and where no such key is there the keys that its dots part. */
  | { readonly kind: 'field'; readonly key: string; readonly keys?: readonly string[] }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descent' }
  | { readonly kind: 'slice'; readonly slice: Slice }
  | { readonly kind: 'union'; readonly branches: readonly (readonly Step[])[] }
  | { readonly kind: 'filter'; readonly filter: Filter };

export interface Slice {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly step: number;
  /** `[3]`, not `[3:4]`. */
  readonly isIndex: boolean;
}

export interface Filter {
  readonly left: readonly Step[];
  /** Absent where it is only asked whether there is something. */
  readonly comparison?: { readonly operator: Operator; readonly right: readonly Step[] };
}

export const operators = ['==', '!=', '<=', '>=', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/**
 * A template that cannot be read, or does not fit what it is applied to: lower case, no full stop.
 */
export class TemplateError extends Error {}
