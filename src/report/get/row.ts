import type { ClusterObject } from '../../cluster/objects.ts';

/** A line of a table, before it is known which namespaces are shown. */
export interface Row {
  readonly namespace: string;
  readonly name: string;
  readonly cells: readonly string[];
}

export interface View {
  /** Behind NAMESPACE and NAME. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export const none = '<none>';
export const unset = '<unset>';

export function withReason(text: string, reason: string): string {
  return reason === '' ? text : `${text}  ${reason}`;
}

/** Sorted by the keys, as kubectl has them. */
export function pairsOr(
  placeholder: string,
  pairs: Readonly<Record<string, string>> | undefined,
): string {
  const entries = Object.entries(pairs ?? {});
  return entries.length === 0
    ? placeholder
    : entries
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}=${value}`)
        .join(',');
}

/** `k8s/web.yaml:12`. */
export function placeOf({ source: { document, node } }: ClusterObject): string {
  return `${document.file.path}:${document.file.position(node.range[0]).line}`;
}
