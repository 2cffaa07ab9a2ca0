/** The part of the table of references that is about kinds of operators and of lesser proxies. */
import { operatorTables } from './operator-references.ts';
import type { ReferenceRow } from './reference-row.ts';
import { otherProxies, traefikTables } from './traffic-references.ts';

/** As `referenceTable`, for kinds that stand in none of its lines. */
export const operatorReferenceTable: Readonly<Record<string, readonly ReferenceRow[]>> = {
  ...traefikTables('traefik.io'),
  ...traefikTables('traefik.containo.us'),
  ...operatorTables,
  ...otherProxies,
};
