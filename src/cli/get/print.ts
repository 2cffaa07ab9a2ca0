/** The formats of `get`. */
import type { ApiObject } from '../../cluster/api-objects.ts';
import { none } from '../../report/get/row.ts';
import { render, valueText, walk } from '../../report/jsonpath/evaluate.ts';
import { harmless, jsonText, printable, yamlText } from '../../report/safe-text.ts';
import { table } from '../../report/table.ts';
import { type Asked, type Choice, itemsOf, type Line, linesOf } from './items.ts';
import { type Format, told } from './request.ts';

export interface TableOptions {
  readonly wide: boolean;
  readonly showsLabels: boolean;
  readonly headers: boolean;
  /** A column for them even where there is only one. */
  readonly allNamespaces: boolean;
  readonly width: number | undefined;
}

/** One table for each kind; empty where there is nothing to show. */
export function tables(asked: readonly Asked[], choice: Choice, options: TableOptions): string {
  const all = asked.map((one) => ({
    ...linesOf(one, choice, { wide: options.wide, labels: options.showsLabels }),
    prefix: asked.length === 1 || one.resource.kind === 'Pod' ? '' : `${one.resource.qualified}/`,
  }));
  const lines = all.flatMap((one) => one.lines);
  const hasNamespaces =
    options.allNamespaces || new Set(lines.flatMap(({ namespace }) => namespace || [])).size > 1;
  const hasUnits = all.some((one) => isAmbiguous(one.lines));
  return all
    .filter((one) => one.lines.length > 0)
    .map(({ columns, lines: own, prefix }) => {
      const isNamespaced = hasNamespaces && own.some(({ namespace }) => namespace !== '');
      const before = [
        ...(hasUnits ? ['UNIT'] : []),
        ...(isNamespaced ? ['NAMESPACE'] : []),
        'NAME',
      ];
      const ordered = hasUnits ? own.toSorted(byUnit) : own;
      const cells = ordered.map((line) => [
        ...(hasUnits ? [line.unit] : []),
        ...(isNamespaced ? [line.namespace || none] : []),
        `${prefix}${line.name}`,
        ...line.cells,
        ...(options.showsLabels ? [line.labels] : []),
      ]);
      const header = [...before, ...columns, ...(options.showsLabels ? ['LABELS'] : [])];
      const text = table(header, cells, options.width);
      return harmless(options.headers ? text : text.slice(text.indexOf('\n') + 1));
    })
    .join('\n');
}

/** As they were, unit by unit. */
function byUnit(a: Line, b: Line): number {
  return a.unit === b.unit ? 0 : a.unit < b.unit ? -1 : 1;
}

/** Two units have an object of one name. */
function isAmbiguous(lines: readonly Line[]): boolean {
  return new Set(lines.map(({ namespace, name }) => `${namespace}/${name}`)).size < lines.length;
}

/**
 * @param single one object was named: it is printed itself, not a List of it. @throws UsageError
 * where a template does not fit
 */
export async function objectsText(
  asked: readonly Asked[],
  choice: Choice,
  format: Exclude<Format, { kind: 'table' }>,
  { single, headers }: { readonly single: boolean; readonly headers: boolean },
): Promise<string> {
  const found = asked.map((one) => ({ ...one, items: itemsOf(one, choice) }));
  const items = found.flatMap((one) => one.items.map(({ object }) => object));
  if (format.kind === 'name')
    return found
      .flatMap(({ resource, items: own }) =>
        own.map(
          ({ object }) => `${printable(`${resource.qualified}/${object.metadata.name ?? ''}`)}\n`,
        ),
      )
      .join('');
  if (single && items.length === 0) return '';
  if (format.kind === 'columns')
    return told('-o custom-columns', () => customColumns(format.columns, items, headers));
  const value = single && items.length === 1 ? items[0] : listOf(items);
  if (format.kind === 'jsonpath')
    return told('-o jsonpath', () => harmless(render(format.template, value, format.asJson)));
  return format.kind === 'json' ? `${jsonText(value, 4)}\n` : toYaml(value);
}

function listOf(items: readonly ApiObject[]): object {
  return { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items };
}

/**
 * @source kubernetes/kubernetes staging/src/k8s.io/kubectl/pkg/cmd/get/customcolumn.go
 *   `printOneObject` @v1.36.3
 */
function customColumns(
  columns: Extract<Format, { kind: 'columns' }>['columns'],
  items: readonly ApiObject[],
  headers: boolean,
): string {
  const cells = items.map((item) =>
    columns.map(({ path }) => walk([item], path).map(goText).join(',') || none),
  );
  const text = table(
    columns.map(({ header }) => header),
    cells,
  );
  return harmless(headers ? text : text.slice(text.indexOf('\n') + 1));
}

/** As Go's `%v` has it: `map[app:web env:dev]`, `[80 443]`. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return valueText(value);
  const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `map[${pairs.map(([key, one]) => `${key}:${goText(one)}`).join(' ')}]`;
}

/**
 * Keys sorted, as kubectl prints them; strings that YAML 1.1 would read as something else are
 * quoted.
 */
async function toYaml(value: unknown): Promise<string> {
  const { stringify } = await import('yaml');
  return yamlText((more) =>
    stringify(value, {
      version: '1.1',
      sortMapEntries: true,
      lineWidth: 0,
      indentSeq: false,
      aliasDuplicateObjects: false,
      ...more,
    }),
  );
}
