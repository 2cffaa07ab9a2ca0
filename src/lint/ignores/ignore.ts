/** What somebody wrote to silence a finding, and the grammar of it. */
import type { Path } from '../../kubernetes/json.ts';
import type { Content } from '../../manifest/content.ts';
import type { ManifestDocument } from '../../manifest/manifest.ts';
import type { Range } from '../../manifest/source.ts';

export interface Ignore {
  readonly kind: 'comment' | 'annotation';
  /** Ids as written; at least one, unless `problem` says why there is none. */
  readonly rules: readonly string[];
  readonly reason?: string;
  readonly document: ManifestDocument;
  /** What to underline: the comment, or the annotation's value. */
  readonly range: Range;
  readonly scope: Scope;
  /** What is wrong with the way it is written: lower case, no full stop. */
  readonly problem?: string;
  /** How it should have been written, where `problem` does not say so itself. */
  readonly help?: string;
}

/**
 * - `file`: every finding in the file
 * - `line`: findings on the line (from 1), and in the field, list item or object that begins there
 * - `object`: findings in an object or its pod template: as it is written, and as it is in each
 *   unit that kustomize gives the annotation to
 */
export type Scope =
  | { readonly type: 'file' }
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'object'; readonly parts: readonly ObjectPart[] };

export interface ObjectPart {
  readonly content: Content;
  /** The path that all findings in it begin with. */
  readonly under: Path;
}

export interface Directive {
  readonly rules: readonly string[];
  readonly reason?: string;
  readonly wholeFile: boolean;
  readonly problem?: string;
  readonly help?: string;
}

const commentForm = '# kubeplumb-ignore[rule, rule]: reason';
const annotationForm = 'rule, rule: reason';

/**
 * `# kubeplumb-ignore[rule, rule]: reason`, or `kubeplumb-ignore-file`; undefined for a comment
 * that is about something else.
 */
export function parseComment(text: string): Directive | undefined {
  const written = /^#+\s*kubeplumb-ignore(-file)?(?![\w-])\s*(.*)$/.exec(text.trimEnd());
  if (written === null) return misspelt(text);
  const [, file, rest = ''] = written;
  const wholeFile = file !== undefined;
  const [, inside, reason] = /^\[([^\]]*)\]\s*(?::(.*))?$/s.exec(rest) ?? [];
  const rules = splitRules(inside ?? '');
  if (rules.length === 0)
    return {
      rules,
      wholeFile,
      problem:
        'it names no rule; write ' +
        `${wholeFile ? commentForm.replace('ignore', 'ignore-file') : commentForm}`,
    };
  return { rules, wholeFile, ...reasonOf(reason) };
}

function reasonOf(written: string | undefined): Pick<Directive, 'reason'> {
  const reason = written?.trim() ?? '';
  return reason === '' ? {} : { reason };
}

/**
 * What those who know other linters write. A slash is not among the signs between: that is an
 * annotation which was commented out.
 */
const nearMiss = /^#+\s*kubeplumb([\s:_.-]*)(?:ignore|disable)(?![a-z])([\w-]*)(.*)$/i;
const ruleIds = /(?<![a-z0-9])[a-z0-9]+(?:-[a-z0-9]+)+/g;

/** Whether a file's text can hold a comment that is one, or was meant to be. */
export function mayHoldComment(text: string): boolean {
  return /#\s*kubeplumb[\s:_.-]*(?:ignore|disable)/i.test(text);
}

/** `# kubeplumb:ignore rule`, `# kubeplumb-disable rule`: meant as an ignore, and none. */
function misspelt(text: string): Directive | undefined {
  const [, separator = '', suffix = '', rest = ''] = nearMiss.exec(text.trimEnd()) ?? [];
  if (nearMiss.exec(text) === null) return undefined;
  // Words with nothing but blanks between may be a sentence.
  if (
    separator.trim() === '' &&
    !/^\s*($|[[(:=]|[a-z0-9]+-[a-z0-9-]+(?=[\s,:]|$))/.test(suffix + rest)
  )
    return undefined;
  const wholeFile = /^[-_]?file$/i.test(suffix);
  const [names = '', reason] = rest.replace(/^[\s:=]+/, '').split(/(?::|--)\s/);
  const rules = names.match(ruleIds) ?? [];
  const word = wholeFile ? 'kubeplumb-ignore-file' : 'kubeplumb-ignore';
  const help =
    `write # ${word}[${rules.length === 0 ? 'rule' : rules.join(', ')}]: ` +
    `${reason?.trim() ?? 'reason'}`;
  return { rules: [], wholeFile, problem: 'this is not an ignore, and silences nothing', help };
}

/**
 * The value of the annotation `kubeplumb/ignore`: `rule, rule: reason`, one per line or separated
 * by semicolons.
 */
export function parseAnnotation(text: string): Directive[] {
  return text
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, names = '', reason] = /^([^:]*)(?::(.*))?$/s.exec(entry) ?? [];
      const rules = splitRules(names);
      const common = { rules, wholeFile: false };
      if (rules.length === 0)
        return { ...common, problem: `it names no rule; write ${annotationForm}` };
      return { ...common, ...reasonOf(reason) };
    });
}

function splitRules(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
