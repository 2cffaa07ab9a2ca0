/** One name of another object, as references.ts finds it. */
import type { Path } from './json.ts';

export interface Reference {
  /** The API group: empty for core kinds. */
  readonly group: string;
  readonly kind: string;
  /**
   * Undefined for kinds that belong to none, and where neither it nor that of the object is
   * written.
   */
  readonly namespace: string | undefined;
  readonly name: string;
  /** From the object to the text that holds the name. */
  readonly path: Path;
  /** Where the namespace stands, if it is written beside the name. */
  readonly namespacePath?: Path;
  /** The name is only a part of the text: its n-th occurrence there, from 0. */
  readonly within?: { readonly text: string; readonly occurrence: number };
  /** Which of its ports is meant, by number or name. */
  readonly port?: { readonly path: Path; readonly value: number | string };
  /** Which key of a ConfigMap or Secret is read. */
  readonly key?: { readonly path: Path; readonly value: string };
  /** Whoever reads it puts up with its absence: `optional: true` stands beside the name. */
  readonly optional: boolean;
  /** No line of the table says so: the field is called as such fields mostly are. */
  readonly common?: true;
}
