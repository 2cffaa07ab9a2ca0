/** One unit explained: what made it one, and what is in it. */
import { isNamespaced } from '../kubernetes/kinds.ts';
import { counted } from '../report/text.ts';
import { baseName } from '../units/paths.ts';
import type { Unit } from '../units/unit.ts';

const mostFiles = 20;

/**
 * The same for programs; docs/units.md describes it. Every file of the unit is named, those without
 * objects too.
 */
export function unitObject(
  {
    name,
    variant,
    rest,
    origin,
    deployed,
    reason,
    joins,
    documents,
    objects,
    unsettled,
    missing,
  }: Unit,
  namespace: string,
): object {
  const files = [...documents, ...objects.map(({ document }) => document)].map(({ file }) => file);
  return {
    name,
    ...(variant !== undefined && rest === undefined && { variant: variant.path }),
    origin,
    deployed,
    why: reason,
    joins: joins.map(({ directory, because }) => ({ directory, because })),
    namespaces: namespacesOf(objects, namespace),
    objects: objects.length,
    files: [...new Set(files.map(({ path }) => path))].sort(),
    unsettled: [...new Set(unsettled.values())],
    unread: missing,
  };
}

/** `namespace` is that of objects which name none; `wide` names every file. */
export function unitLines(
  { name, variant, rest, reason, joins, documents, objects, unsettled, missing }: Unit,
  namespace: string,
  wide = false,
): string[] {
  const perFile = new Map<string, number>();
  for (const { document } of objects)
    perFile.set(document.file.path, (perFile.get(document.file.path) ?? 0) + 1);
  const empty = new Set(
    documents.map(({ file }) => file.path).filter((path) => !perFile.has(path)),
  );
  const namespaces = namespacesOf(objects, `${namespace} (assumed)`);
  const without = empty.size === 0 ? '' : `, ${counted(empty.size, 'file')} without any`;
  const shown = [...perFile].slice(0, wide ? Infinity : mostFiles);
  return [
    nameText(name, variant, rest),
    `  why: ${reason}`,
    ...joins.map(({ because }) => `    ${because}`),
    ...(namespaces.length === 0 ? [] : [`  namespaces: ${namespaces.join(', ')}`]),
    `  ${counted(objects.length, 'object')} in ${counted(perFile.size, 'file')}${without}`,
    ...shown.map(([path, count]) => `    ${path}${count === 1 ? '' : ` (${count})`}`),
    ...(perFile.size > shown.length
      ? [`    and ${perFile.size - shown.length} more (-o wide lists them)`]
      : []),
    ...[...new Set(unsettled.values())].map((text) => `  not settled: ${text}`),
    ...missing.map((resource) => `  not read: ${resource}`),
  ];
}

function nameText(name: string, variant: Unit['variant'], rest: Unit['rest']): string {
  if (rest === true) return `${name}, the rest of the collection`;
  return variant === undefined ? name : `${name}, variant with ${baseName(variant.path)}`;
}

/** @param unwritten that of objects which are in one and name none */
function namespacesOf(objects: Unit['objects'], unwritten: string): string[] {
  const inOne = objects.filter(({ kind }) => isNamespaced(kind));
  return [...new Set(inOne.map(({ namespace }) => namespace ?? unwritten))].sort();
}
