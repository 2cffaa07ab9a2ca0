/** Lines of the table of references, and short ways to write them. */

/** A line of the table. */
export interface ReferenceRow {
  /** From the object to the name, see fields.ts. */
  readonly at: string;
  /** Of an annotation or a label that holds the name: its key; `at` leads to all of them. */
  readonly entry?: string;
  /** It only counts where this field does not stand beside it. */
  readonly unless?: string;
  /**
   * `Secret`, `traefik.io/Middleware`: the kind with its group; of a `typed` reference what it
   * means that says neither.
   */
  readonly to: string;
  /** The kind stands beside the name, and its group as `group`, `apiGroup` or `apiVersion`. */
  readonly typed?: true;
  /** Of a typed one: other kinds are not objects of the cluster, as users are not. */
  readonly kinds?: readonly string[];
  /** Of a typed one: kinds of another group that need not say theirs, with it. */
  readonly also?: readonly (readonly [group: string, kind: string])[];
  /** The namespace may stand beside the name; without it is that of the object. */
  readonly reaches?: true;
  /**
   * How the name is written where it is not the bare name:
   * - `host`: as a host of the cluster's DNS, `web`, `web.shop`, `web.shop.svc.cluster.local`
   * - `qualified`: as `shop/web`, or bare
   * - `list`: several, with commas between them
   * - `tag`: as `web:1.4`, with a tag that is no part of the name
   * - `values`: the values of a JSON object, and of objects in it
   */
  readonly form?: 'host' | 'qualified' | 'list' | 'tag' | 'values';
  /** From what holds the name to the port, by number or name; the first one that is there. */
  readonly ports?: readonly string[];
  /** From what holds the name to the key of a ConfigMap or Secret that is read. */
  readonly key?: string;
  /** Words in place of a name. */
  readonly except?: readonly string[];
}

export type More = Omit<ReferenceRow, 'at' | 'to'>;

export const to = (kind: string, at: string, more: More = {}): ReferenceRow => ({
  to: kind,
  at,
  ...more,
});
/** The same thing named in several places. */
export const each = (kind: string, places: readonly string[], more: More = {}): ReferenceRow[] =>
  places.map((at) => to(kind, at, more));
/** Named by an annotation. */
export const annotated = (kind: string, annotation: string, more: More = {}): ReferenceRow =>
  to(kind, 'metadata.annotations', { entry: annotation, ...more });
/** A line below each of several paths. */
export const below = (paths: readonly string[], rows: readonly ReferenceRow[]): ReferenceRow[] =>
  paths.flatMap((path) => rows.map((row) => ({ ...row, at: `${path}.${row.at}` })));

export const typed = { typed: true } as const;
export const reaches = { reaches: true } as const;

/**
 * `name`, `namespace` and `port` of a Service that is called (apiextensions, admissionregistration,
 * apiregistration).
 */
export const called = { reaches: true, ports: ['port'] } as const;
