/** Whether a finding explains a mutation: found, at the right field, named. */
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import type { Range, SourceFile } from '../../src/manifest/source.ts';
import { holderKeys, type Region, regionOf } from './field.ts';
import type { End, Link } from './link.ts';
import type { Mutation } from './mutations.ts';
import type { Outcome } from './workspace.ts';

export interface Verdict {
  /** A finding at error or warning that was not there before. */
  readonly found: boolean;
  /** One at error. */
  readonly error: boolean;
  /**
   * The finding or one of its related locations lies in the mutated field or in one that it has to
   * agree with.
   */
  readonly atField: boolean;
  /** Message, help or fix of one holds the original value as a word. */
  readonly named: boolean;
  readonly findings: readonly Diagnostic[];
  /**
   * Of a miss: why the linter says that it cannot tell, or what it says as an info because it may
   * well be meant.
   */
  readonly open?: string;
}

export function judge(end: End, mutation: Mutation, outcome: Outcome): Verdict {
  const findings = outcome.findings.filter(({ severity }) => severity !== 'info');
  const places = rightPlaces(end, outcome.lost);
  const info = outcome.findings.find((finding) => isAbout(finding, outcome));
  const doubt =
    outcome.unknowns.find((unknown) => isAbout(unknown, outcome))?.reason ??
    (info && `info: ${info.message}`);
  const open = findings.length > 0 ? undefined : doubt;
  return {
    found: findings.length > 0,
    error: findings.some(({ severity }) => severity === 'error'),
    atField: findings.some((finding) =>
      [finding, ...finding.related].some(({ file, range }) =>
        places.some((place) => isIn(place, file, range, outcome.toOriginal)),
      ),
    ),
    named: findings.some((finding) => names(finding, mutation.original)),
    findings,
    ...(open !== undefined && { open }),
  };
}

/**
 * The mutated field; the fields at either end of the links that it broke, as far as they are about
 * the same (labels, ports or names); and the key of the mapping or list that holds each of them,
 * which is what a finding points at when the field itself is gone.
 */
function rightPlaces(end: End, lost: readonly Link[]): Region[] {
  const ends = lost.flatMap((link) => link.ends).filter(({ aspect }) => aspect === end.aspect);
  return [end, ...ends].flatMap(({ object, path }) => [
    regionOf(object, path),
    ...holderKeys(object, path),
  ]);
}

function isIn(
  { file, range: [start, end] }: Region,
  found: SourceFile,
  range: Range,
  toOriginal: Outcome['toOriginal'],
): boolean {
  if (file.path !== found.path) return false;
  const at = toOriginal(found, range[0]);
  return at >= start && at < Math.max(end, start + 1);
}

function names({ message, help = '', fixes }: Diagnostic, original: string): boolean {
  const word = new RegExp(
    `(?<![\\w.-])${original.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-]|\\.\\w)`,
  );
  return [
    message,
    help,
    ...fixes.flatMap(({ title, edits }) => [title, ...edits.map(({ text }) => text)]),
  ].some((text) => word.test(text));
}

/** Whether an open question or a finding is about an object at one end of what broke. */
function isAbout(
  { file, range: found }: Pick<Outcome['unknowns'][number], 'file' | 'range'>,
  { lost, toOriginal }: Outcome,
): boolean {
  const at = toOriginal(file, found[0]);
  return lost.some(({ ends }) =>
    ends.some(({ object: { document, original, node } }) => {
      const { range } = original?.node ?? node;
      return document.file.path === file.path && at >= range[0] && at < range[1];
    }),
  );
}
