/** What a report on two sides is made from. */
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { LintReport } from '../report/lint-report.ts';
import type { EndpointChange } from './endpoint-changes.ts';
import { endpointChanges } from './endpoint-changes.ts';
import type { EndpointsSide } from './endpoints-side.ts';
import { explanations } from './explain.ts';
import { type FindingChanges, findingChanges } from './finding-changes.ts';

export interface DiffSide {
  /** As people call it: `main`, `old/`, `the working tree`. */
  readonly label: string;
  readonly kind: 'revision' | 'path' | 'working-tree';
  /** The id of the commit that is meant by a revision. */
  readonly id?: string;
  readonly report: LintReport;
  readonly endpoints: EndpointsSide;
  /** Where a file of this side really is: both sides are compared under the names of HEAD. */
  readonly ownPath: (path: string) => string;
}

export interface DiffReport {
  readonly base: DiffSide;
  readonly head: DiffSide;
  readonly changes: readonly EndpointChange[];
  readonly findings: FindingChanges;
  /** New findings that tell why endpoints are lost. */
  readonly explained: ReadonlyMap<EndpointChange, readonly Diagnostic[]>;
  /** What HEAD keeps from being reported that BASE did not, as sentences. */
  readonly silenced: readonly string[];
  /** `namespace/name` of Services that are in several units. */
  readonly repeated: ReadonlySet<string>;
}

/** @param configured what the configuration of HEAD silences that that of BASE did not */
export function diffReport(
  base: DiffSide,
  head: DiffSide,
  configured: readonly string[] = [],
): DiffReport {
  const changes = endpointChanges(base.endpoints, head.endpoints);
  // A finding is not fixed because its file can no longer be read.
  const findings = findingChanges(
    base.report.diagnostics.filter((diagnostic) => !isAbout(diagnostic, head.endpoints.unread)),
    head.report.diagnostics,
  );
  const repeated = new Set([
    ...repeatedServices(base.endpoints),
    ...repeatedServices(head.endpoints),
  ]);
  return {
    base,
    head,
    changes,
    findings,
    explained: explanations(changes, findings.new),
    silenced: [...configured, ...newlySilenced(base, head)],
    repeated,
  };
}

/** By comments and annotations. */
function newlySilenced(base: DiffSide, head: DiffSide): string[] {
  const own = ({ report }: DiffSide): readonly Diagnostic[] =>
    report.diagnostics.filter(
      ({ suppressed }) => suppressed?.kind === 'comment' || suppressed?.kind === 'annotation',
    );
  const { new: found } = findingChanges(own(base).map(asOpen), own(head).map(asOpen));
  return found.map(
    ({ rule, file, range }) =>
      `a comment or annotation silences ${rule} in ${file.path}:${file.position(range[0]).line}`,
  );
}

function asOpen({ suppressed: _, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic;
}

function isAbout({ file, related }: Diagnostic, unread: EndpointsSide['unread']): boolean {
  return unread.has(file.path) || related.some((other) => unread.has(other.file.path));
}

function repeatedServices({ services }: EndpointsSide): string[] {
  const units = new Map<string, string>();
  return services.flatMap(({ namespace, name, unit }) => {
    const key = `${namespace}/${name}`;
    const first = units.get(key);
    if (first === undefined) units.set(key, unit);
    return first === undefined || first === unit ? [] : [key];
  });
}
