/**
 * What people have said of the findings on one repository: test/triage/<repo>.json.
 *
 * A finding is known by rule, file, object and path, so that it is the same one when lines move or
 * the wording changes; two findings that share all four share a verdict. Many findings of one cause
 * are one pattern.
 */
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { globMatcher } from '../../src/text/glob.ts';

/**
 * Whether the repository's owner would agree that it is a mistake. Debatable: what is said holds,
 * and the owner may have reasons to leave it so.
 */
export type Verdict = true | false | 'debatable' | 'undecided';

const verdicts: readonly unknown[] = [true, false, 'debatable', 'undecided'] satisfies Verdict[];

/** Whether somebody has judged it. */
export function isDecided(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && verdict !== 'undecided';
}

export interface FindingKey {
  readonly rule: string;
  readonly file: string;
  /** `Service shop/web`; empty for a document that could not be decoded. */
  readonly object: string;
  /** `spec.ports[0].targetPort`; empty for the whole. */
  readonly path: string;
}

export interface Entry extends FindingKey {
  readonly verdict: Verdict;
  /** One line. */
  readonly why: string;
}

/** Settles all findings that fit. An entry for one of them wins; of several patterns the first. */
export interface Pattern {
  readonly rule: string;
  /** A glob over the path inside the repository. */
  readonly files: string;
  /** A regular expression that the message holds somewhere. */
  readonly message: string;
  readonly verdict: Verdict;
  readonly why: string;
  /** How many findings fitted when it was last looked at. */
  readonly count: number;
}

export interface TriageRecord {
  readonly patterns: readonly Pattern[];
  readonly findings: readonly Entry[];
}

export const emptyRecord: TriageRecord = { patterns: [], findings: [] };

/** A finding with what the record says of it; without a verdict it is new. */
export interface Judged {
  readonly finding: Diagnostic;
  readonly verdict: Verdict | undefined;
}

export interface Comparison {
  readonly judged: readonly Judged[];
  /** Entries whose finding is no more. */
  readonly vanished: readonly Entry[];
  /** Patterns with how many findings they settle now, where that is not what the record says. */
  readonly changed: readonly { readonly pattern: Pattern; readonly now: number }[];
}

function keyOf({ rule, file, object, path }: Diagnostic): FindingKey {
  return {
    rule,
    file: file.path,
    object: object === undefined ? '' : describeObject(object),
    path: formatPath(path),
  };
}

function formatPath(path: Diagnostic['path']): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[A-Za-z_]\w*$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

function keyText({ rule, file, object, path }: FindingKey): string {
  return [rule, file, object, path].join('\n');
}

/** Findings at `info` claim nothing and are not triaged. */
function isTriaged({ severity }: Diagnostic): boolean {
  return severity !== 'info';
}

export function compare(findings: readonly Diagnostic[], record: TriageRecord): Comparison {
  const entries = new Map(record.findings.map((entry) => [keyText(entry), entry]));
  const matchers = record.patterns.map(matcherOf);
  const counts = record.patterns.map(() => 0);
  const present = new Set<string>();
  const judged = findings.filter(isTriaged).map((finding): Judged => {
    const key = keyText(keyOf(finding));
    present.add(key);
    const entry = entries.get(key);
    if (entry !== undefined) return { finding, verdict: entry.verdict };
    const index = matchers.findIndex((matches) => matches(finding));
    if (index === -1) return { finding, verdict: undefined };
    counts[index] = (counts[index] ?? 0) + 1;
    return { finding, verdict: record.patterns[index]?.verdict };
  });
  return {
    judged,
    vanished: record.findings.filter((entry) => !present.has(keyText(entry))),
    changed: record.patterns.flatMap((pattern, index) => {
      const now = counts[index] ?? 0;
      return now === 0 || now !== pattern.count ? [{ pattern, now }] : [];
    }),
  };
}

function matcherOf({ rule, files, message }: Pattern): (finding: Diagnostic) => boolean {
  const isFile = globMatcher(files);
  const expression = new RegExp(message);
  return (finding) =>
    finding.rule === rule && isFile(finding.file.path) && expression.test(finding.message);
}

/**
 * The record with new findings as undecided, without vanished ones, and with today's counts.
 * Patterns that match nothing stay: they are reported until somebody removes them.
 */
export function updated(
  record: TriageRecord,
  { judged, vanished, changed }: Comparison,
): TriageRecord {
  const gone = new Set(vanished.map(keyText));
  const kept = record.findings.filter((entry) => !gone.has(keyText(entry)));
  const added = judged
    .filter(({ verdict }) => verdict === undefined)
    .map(({ finding }): Entry => ({ ...keyOf(finding), verdict: 'undecided', why: '' }));
  const now = new Map(changed.map((change) => [change.pattern, change.now]));
  return {
    patterns: record.patterns.map((pattern) => ({
      ...pattern,
      count: now.get(pattern) ?? pattern.count,
    })),
    findings: [...new Map([...kept, ...added].map((entry) => [keyText(entry), entry])).values()],
  };
}

/**
 * Sorted by file, object, path and rule, one finding a line, so that a change of the record reads
 * as a list of findings.
 */
export function serialize({ patterns, findings }: TriageRecord): string {
  const sorted = [...findings].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const list = (items: readonly object[]): string =>
    items.length === 0
      ? '[]'
      : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  const plainPatterns = patterns.map(({ rule, files, message, verdict, why, count }) => ({
    rule,
    files,
    message,
    verdict,
    why,
    count,
  }));
  const plainFindings = sorted.map(({ rule, file, object, path, verdict, why }) => ({
    rule,
    file,
    object,
    path,
    verdict,
    why,
  }));
  return `{\n  "patterns": ${list(plainPatterns)},\n  "findings": ${list(plainFindings)}\n}\n`;
}

function sortKey({ file, object, path, rule }: Entry): string {
  return [file, object, path, rule].join('\n');
}

/** @throws Error that names the file and the entry for anything that is not a record. */
export function parseRecord(text: string, name: string): TriageRecord {
  const record = JSON.parse(text) as { patterns?: Partial<Pattern>[]; findings?: Partial<Entry>[] };
  const check = (
    item: Partial<Pattern & Entry>,
    fields: readonly (keyof (Pattern & Entry))[],
  ): void => {
    const wrong = fields.find((field) => typeof item[field] !== 'string');
    if (wrong !== undefined) throw new Error(`${name}: ${JSON.stringify(item)} lacks ${wrong}`);
    if (!verdicts.includes(item.verdict))
      throw new Error(
        `${name}: the verdict of ${JSON.stringify(item)} is none of ` +
          verdicts.map((verdict) => JSON.stringify(verdict)).join(', '),
      );
    if (item.verdict !== 'undecided' && item.why === '')
      throw new Error(`${name}: ${JSON.stringify(item)} does not say why`);
  };
  const patterns = (record.patterns ?? []).map((pattern) => {
    check(pattern, ['rule', 'files', 'message', 'why']);
    return { count: 0, ...pattern } as Pattern;
  });
  const findings = record.findings ?? [];
  for (const finding of findings) check(finding, ['rule', 'file', 'object', 'path', 'why']);
  return { patterns, findings: findings as Entry[] };
}
