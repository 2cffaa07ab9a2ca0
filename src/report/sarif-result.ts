/** One finding as a result of SARIF. */
import type { Diagnostic, Fix, Severity, Suppression } from '../lint/diagnostic.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Range, SourceFile } from '../manifest/source.ts';
import { fromRoot, isAbsolute, type Region, region, shownRegion, uriOf } from './place.ts';
import { printable } from './safe-text.ts';
import { said } from './said.ts';

/** GitHub shows so many of one result. */
const relatedLocations = 100;

export const sarifLevels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * `directory`: the working directory below the root of the repository; `indexes`: where each rule
 * stands in the list of rules.
 */
export function sarifResult(
  diagnostic: Diagnostic,
  directory: string,
  indexes: ReadonlyMap<string, number>,
  anySuppressed: boolean,
): object {
  const { rule, severity, file, range, object, fixes, suppressed, testData, fingerprint } =
    diagnostic;
  const related = diagnostic.related.slice(0, relatedLocations);
  const index = indexes.get(rule);
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: sarifLevels[severity],
    message: { text: messageText(diagnostic, related) },
    locations: [
      {
        ...physicalLocation(file, range, directory),
        ...(object !== undefined && {
          logicalLocations: [{ fullyQualifiedName: describeObject(object), kind: 'resource' }],
        }),
      },
    ],
    relatedLocations: related.map((other, id) => ({
      id: id + 1,
      ...physicalLocation(other.file, other.range, directory),
      message: { text: plain(other.message) },
    })),
    partialFingerprints: { 'kubeplumb/v1': fingerprint },
    ...(testData !== undefined && { properties: { testData } }),
    // Either all results of a run say whether they are suppressed, or none does.
    ...(anySuppressed && {
      suppressions: suppressed === undefined ? [] : [suppression(suppressed)],
    }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixObject(fix, file, directory)) }),
  };
}

/** A link to a related place is what makes GitHub show it. */
function messageText(diagnostic: Diagnostic, related: Diagnostic['related']): string {
  const { why, help } = diagnostic;
  return [
    plain(said(diagnostic)),
    ...related.map((other, id) => `see [${plain(other.message)}](${id + 1})`),
    ...(why === undefined ? [] : [plain(`why: ${why}`)]),
    ...(help === undefined ? [] : [plain(`help: ${help}`)]),
  ].join('\n');
}

/** In SARIF brackets make links (3.11.6): those of manifests are only brackets. */
export function plain(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[[\]\\]/g, '\\$&');
}

function suppression({ kind, reason }: Suppression): object {
  return {
    kind: kind === 'comment' || kind === 'annotation' ? 'inSource' : 'external',
    ...(reason !== undefined && { justification: reason }),
  };
}

function fixObject({ title, edits }: Fix, file: SourceFile, directory: string): object {
  const replacements = edits.map(({ range, text }) => ({
    deletedRegion: sarifRegion(region(file, range)),
    insertedContent: { text },
  }));
  return {
    description: { text: title },
    artifactChanges: [{ artifactLocation: artifact(file, directory), replacements }],
  };
}

function physicalLocation(file: SourceFile, range: Range, directory: string): object {
  return {
    physicalLocation: {
      artifactLocation: artifact(file, directory),
      region: sarifRegion(shownRegion(file, range)),
    },
  };
}

function artifact({ path }: SourceFile, directory: string): object {
  return {
    uri: uriOf(fromRoot(path, directory)),
    ...(!isAbsolute(path) && { uriBaseId: '%SRCROOT%' }),
  };
}

function sarifRegion({ line, column, endLine, endColumn }: Region): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
