/** The versioned JSON report of a change, as schema/diff.v1.schema.json describes it. */
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { SourceFile } from '../../manifest/source.ts';
import { diagnosticObject, rangeObject } from '../../report/json.ts';
import type { Tool } from '../../report/lint-report.ts';
import { jsonText } from '../../report/safe-text.ts';
import { countBySeverity } from '../../report/summary.ts';
import type { DiffReport, DiffSide } from '../diff-report.ts';
import {
  type EndpointChange,
  type EndpointChangeKind,
  endpointChangeKinds,
} from '../endpoint-changes.ts';
import { type EndpointSet, type PortEndpoints, type ServiceEndpoints } from '../endpoints-side.ts';

export function jsonDiff(report: DiffReport, tool: Tool): string {
  const { base, head, changes, findings, explained, silenced } = report;
  const counts = Object.fromEntries(
    endpointChangeKinds.map((kind: EndpointChangeKind) => [
      kind,
      changes.filter((change) => change.kind === kind).length,
    ]),
  );
  const inBase = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    file: own(diagnostic.file, base),
    related: diagnostic.related.map((related) => ({ ...related, file: own(related.file, base) })),
  });
  const printed = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    base: sideObject(base),
    head: sideObject(head),
    summary: {
      services: counts,
      findings: { new: severityCounts(findings.new), fixed: severityCounts(findings.fixed) },
    },
    changes: changes.map((change) => changeObject(change, base, explained.get(change) ?? [])),
    findings: {
      new: findings.new.map(diagnosticObject),
      fixed: findings.fixed.map((diagnostic) => diagnosticObject(inBase(diagnostic))),
    },
    silenced,
  };
  return `${jsonText(printed)}\n`;
}

function severityCounts(diagnostics: readonly Diagnostic[]): object {
  const { error, warning, info } = countBySeverity(diagnostics);
  return { errors: error, warnings: warning, infos: info };
}

function sideObject({ label, kind, id, report, endpoints }: DiffSide): object {
  const problems = report.problems.map(({ code, path, message, explicit, fails = explicit }) => ({
    code,
    path,
    message,
    explicit,
    fails,
  }));
  return {
    label,
    kind,
    ...(id !== undefined && { id }),
    files: report.summary.files,
    services: endpoints.services.length,
    problems,
    charts: report.charts,
  };
}

function changeObject(
  { kind, namespace, name, units, base, head, ports, gone, renamed, reason }: EndpointChange,
  side: DiffSide,
  told: readonly Diagnostic[],
): object {
  return {
    kind,
    namespace,
    name,
    units,
    ...(base !== undefined && { base: serviceObject({ ...base, file: own(base.file, side) }) }),
    ...(head !== undefined && { head: serviceObject(head) }),
    ports: ports.map((port) => ({
      kind: port.kind,
      ...(port.base !== undefined && { base: portObject(port.base) }),
      ...(port.head !== undefined && { head: portObject(port.head) }),
    })),
    gone,
    renamed,
    ...(reason !== undefined && { reason }),
    findings: told.map(({ fingerprint }) => fingerprint),
  };
}

function serviceObject({ file, range, answer, reason, families }: ServiceEndpoints): object {
  return {
    file: file.path,
    range: rangeObject(file, range),
    endpoints: answer,
    ...(reason !== undefined && { reason }),
    addressTypes: families,
  };
}

function portObject({
  name,
  port,
  protocol,
  sets,
  open,
  admits,
  answer,
  reason,
}: PortEndpoints): object {
  return {
    name,
    ...(port !== undefined && { port }),
    protocol,
    endpoints: answer,
    sets: sets.map(setObject),
    open,
    ...(admits !== undefined && { admits }),
    ...(reason !== undefined && { reason }),
  };
}

function setObject({ workload, text, port, ready }: EndpointSet): object {
  return {
    ...(workload === undefined ? { address: text } : { workload, pods: text }),
    ...(port !== undefined && { port }),
    ready,
  };
}

/** Under the name that the file has on its side. */
function own(file: SourceFile, { ownPath }: DiffSide): SourceFile {
  const path = ownPath(file.path);
  return path === file.path ? file : new SourceFile(path, file.text);
}
