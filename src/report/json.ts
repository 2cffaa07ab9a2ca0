/** The versioned JSON report, as schema/lint-report.v1.schema.json describes it. */
import type { Diagnostic, Unknown } from '../lint/diagnostic.ts';
import { templateAt } from '../manifest/helm-source.ts';
import type { ObjectReference } from '../manifest/object-reference.ts';
import type { Range, SourceFile } from '../manifest/source.ts';
import { type LintReport, type Tool, withoutSuppressed } from './lint-report.ts';
import { jsonText } from './safe-text.ts';
import { countBySeverity } from './summary.ts';

/**
 * Suppressed findings are listed but not counted, those in test data counted apart. Lines and
 * columns count from 1, offsets from 0; columns and offsets in UTF-16 code units.
 */
export function json(given: LintReport, tool: Tool): string {
  const { diagnostics, unknowns, summary, problems, charts, shard } = given;
  const counting = withoutSuppressed(given).diagnostics;
  const { error, warning, info } = countBySeverity(
    counting.filter(({ testData }) => testData === undefined),
  );
  const inTestData = countBySeverity(counting.filter(({ testData }) => testData !== undefined));
  const report = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    ...(shard !== undefined && { shard }),
    summary: {
      errors: error,
      warnings: warning,
      infos: info,
      testData: {
        errors: inTestData.error,
        warnings: inTestData.warning,
        infos: inTestData.info,
      },
      unknowns: unknowns.length,
      ...summary,
      charts: charts.length,
      unread: problems.length,
    },
    diagnostics: diagnostics.map(diagnosticObject),
    unknowns: unknowns.map(unknownObject),
    problems: problems.map(({ code, path, message, explicit, fails = explicit }) => ({
      code,
      path,
      message,
      explicit,
      fails,
    })),
    charts,
  };
  return `${jsonText(report)}\n`;
}

export function diagnosticObject(diagnostic: Diagnostic): object {
  const {
    rule,
    category,
    severity,
    title,
    message,
    why,
    help,
    url,
    file,
    range,
    path,
    object,
    also,
    unit,
    related,
    fixes,
    fingerprint,
    testData,
    suppressed,
  } = diagnostic;
  const template = templateAt(file, range[0]);
  return {
    rule,
    category,
    severity,
    title,
    message,
    ...(why !== undefined && { why }),
    ...(help !== undefined && { help }),
    ...(url !== undefined && { url }),
    file: file.path,
    range: rangeObject(file, range),
    ...(template !== undefined && { template }),
    path,
    ...(object !== undefined && { object: referenceObject(object) }),
    ...(also !== undefined && { also }),
    ...(unit !== undefined && { unit }),
    related: related.map((other) => ({
      file: other.file.path,
      range: rangeObject(other.file, other.range),
      message: other.message,
    })),
    fixes: fixes.map(({ title: fix, safety, edits }) => ({
      title: fix,
      safety,
      edits: edits.map((edit) => ({ range: rangeObject(file, edit.range), text: edit.text })),
    })),
    fingerprint,
    ...(testData !== undefined && { testData }),
    ...(suppressed !== undefined && {
      suppressed: {
        kind: suppressed.kind,
        ...(suppressed.reason !== undefined && { reason: suppressed.reason }),
      },
    }),
  };
}

function unknownObject({ rule, file, range, object, reason }: Unknown): object {
  return {
    rule,
    reason,
    file: file.path,
    range: rangeObject(file, range),
    ...(object !== undefined && { object: referenceObject(object) }),
  };
}

function referenceObject({ apiVersion, kind, namespace, name }: ObjectReference): object {
  return { apiVersion, kind, ...(namespace !== undefined && { namespace }), name };
}

export function rangeObject(file: SourceFile, [start, end]: Range): object {
  return {
    start: { ...file.position(start), offset: start },
    end: { ...file.position(end), offset: end },
  };
}
