/** Lines of the table of references that few inputs need, which are loaded late. */
import { getOwn } from '../own.ts';
import { operatorReferenceTable } from './operator-reference-table.ts';
import type { ReferenceRow } from './reference-row.ts';

/** @param type group and kind of the object that names others: `metallb.io/BGPPeer` */
export function operatorRows(type: string): readonly ReferenceRow[] | undefined {
  return getOwn(operatorReferenceTable, type);
}
