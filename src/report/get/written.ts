/** `get` of what somebody wrote and no controller makes: Deployments, Ingresses, anything else. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { attempt } from '../../fault.ts';
import type { PrinterColumn } from '../../kubernetes/custom-kind.ts';
import { isWorkloadKind } from '../../kubernetes/kinds.ts';
import { getOwn } from '../../own.ts';
import { valueText, walk } from '../jsonpath/evaluate.ts';
import { parsePath } from '../jsonpath/parse.ts';
import { type Columns, columnsOf, wideOfPods } from './columns.ts';
import { placeOf, type View } from './row.ts';

/**
 * @param objects of one kind
 * @param printed the columns that their definition has
 */
export function writtenView(
  objects: readonly ClusterObject[],
  cluster: Cluster,
  wide: boolean,
  printed: readonly PrinterColumn[] = [],
): View {
  const [first] = objects;
  const own = (first && columnsOf(first)) ?? asDefined(printed, wide);
  const more = wide && first !== undefined && isWorkloadKind(first.kind) ? wideOfPods : undefined;
  const rows = objects.map((object) => ({
    namespace: object.namespace ?? '',
    name: object.name,
    cells: [
      ...[own, more].flatMap((one) => one?.cells(object, cluster.pods.ofWorkload(object)) ?? []),
      ...(wide ? [placeOf(object)] : []),
    ],
  }));
  const names = [...own.names, ...(more?.names ?? [])];
  return { columns: [...names, ...(wide ? ['MANIFEST'] : [])], rows };
}

/**
 * What a cluster alone fills in, as the status and the age, has no column here.
 *
 * @source kubernetes/apiextensions-apiserver pkg/registry/customresource/tableconvertor
 *   `ConvertToTable` @v0.36.3
 */
function asDefined(printed: readonly PrinterColumn[], wide: boolean): Columns {
  const shown = printed.filter(
    ({ priority, type, jsonPath }) =>
      (priority <= 0 || wide) && type !== 'date' && !/^\.?status\b/.test(jsonPath),
  );
  const cells = shown.map(({ type, jsonPath }) => cellOf(type, jsonPath));
  return {
    names: shown.map(({ name }) => name.toUpperCase()),
    cells: ({ value }) => cells.map((cell) => cell(value)),
  };
}

const goTypes: Readonly<Record<string, string>> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

/** Blank where there is nothing, or something of another type. */
function cellOf(type: string, jsonPath: string): (value: unknown) => string {
  const path = attempt(
    () => parsePath(jsonPath),
    () => {},
  );
  return (value) => {
    const [found] = path === undefined ? [] : walk([value], path);
    const wanted = getOwn(goTypes, type);
    const fits = wanted === undefined ? found !== undefined : typeof found === wanted;
    return fits ? valueText(found) : '';
  };
}
