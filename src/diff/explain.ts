/** Which of the new findings tell why a Service loses endpoints. */
import { type Diagnostic, severities } from '../lint/diagnostic.ts';
import { addTo } from '../multimap.ts';
import type { EndpointChange } from './endpoint-changes.ts';

/** So many are told of one Service. */
const most = 3;

/**
 * Findings on the Service itself, else on what was behind it; each explains one change only, the
 * gravest first.
 */
export function explanations(
  changes: readonly EndpointChange[],
  found: readonly Diagnostic[],
): ReadonlyMap<EndpointChange, readonly Diagnostic[]> {
  const byObject = new Map<string, Diagnostic[]>();
  const ranked = [...found].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  for (const diagnostic of ranked) {
    const { object } = diagnostic;
    if (object !== undefined)
      addTo(byObject, `${object.namespace ?? ''}/${object.kind}/${object.name}`, diagnostic);
  }
  const used = new Set<Diagnostic>();
  const explained = new Map<EndpointChange, readonly Diagnostic[]>();
  for (const change of changes) {
    if (change.kind !== 'emptied' && change.kind !== 'unknown') continue;
    const on = (object: string): Diagnostic[] =>
      byObject.get(`${change.namespace}/${object}`) ?? [];
    const own = ['Service', 'Endpoints'].flatMap((kind) => on(`${kind}/${change.name}`));
    const behind = [
      ...new Set(
        change.base?.ports.flatMap(({ sets }) => sets.flatMap(({ workload }) => workload ?? [])),
      ),
    ].flatMap(on);
    const told = (own.length > 0 ? own : behind)
      .filter((diagnostic) => !used.has(diagnostic))
      .slice(0, most);
    for (const diagnostic of told) used.add(diagnostic);
    if (told.length > 0) explained.set(change, told);
  }
  return explained;
}
