/**
 * Which documents need not be parsed: those that provably are of a kind that makes no pods, takes
 * no part in the wiring and is referred to by nobody. Half of a repository's manifests, by weight,
 * are CustomResourceDefinitions.
 */
import { splitApiVersion } from '../kubernetes/group-version.ts';
import { kinds } from '../kubernetes/kinds.ts';
import { carriageReturn, dash, hash, newline, space } from './characters.ts';
import type { Range } from './source.ts';
import { endOfLine } from './split.ts';

/** The kinds that may be left out, with their API groups. */
const bystanders = new Map(
  kinds.filter(({ role }) => role === 'bystander').map(({ kind, group }) => [kind, group]),
);

export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

const field = /^(?:apiVersion|kind): *(?:([\w./-]+)|"([\w./-]+)"|'([\w./-]+)') *(?:\s#.*)?\r?$/;
const plainKey = /^[A-Za-z][\w.-]*:(?:[\s]|$)/;

/**
 * The apiVersion and kind of a document that may be left unparsed, or undefined if there is the
 * slightest doubt: every line that is not indented must be a plain key, a comment or a list item,
 * with one `kind`, one `apiVersion` and no `items`. Looks at the first character of each line only.
 */
export function skippable(
  text: string,
  [start, end]: Range,
  wanted: ReadonlySet<string> = new Set(),
): TypeMeta | undefined {
  let versionLine: string | undefined;
  let kind: string | undefined;
  for (let at = start; at < end;) {
    const first = text.charCodeAt(at);
    const lineEnd = first === newline ? at : endOfLine(text, at);
    // Letters start keys; a blank, a comment, an empty line or a list item says nothing about the
    // document's own fields.
    if ((first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a) {
      const line = text.slice(at, Math.min(lineEnd, end));
      if (!plainKey.test(line) || line.startsWith('items:')) return undefined;
      if (line.startsWith('apiVersion:')) {
        if (versionLine !== undefined) return undefined;
        versionLine = line;
      } else if (line.startsWith('kind:')) {
        const value = valueIn(line);
        if (value === undefined || kind !== undefined) return undefined;
        if (!bystanders.has(value) || wanted.has(value)) return undefined;
        kind = value;
      }
    } else if (
      first === dash
        ? !/^[\s]/.test(text.charAt(at + 1))
        : first !== space && first !== newline && first !== carriageReturn && first !== hash
    )
      return undefined;
    at = lineEnd + 1;
  }
  const apiVersion = versionLine === undefined ? undefined : valueIn(versionLine);
  if (apiVersion === undefined || kind === undefined) return undefined;
  const [group, version] = splitApiVersion(apiVersion);
  if (kind === 'CustomResourceDefinition' && mayConvert(text.slice(start, end))) return undefined;
  // Another version may be one that is no longer served.
  if (version !== 'v1' || bystanders.get(kind) !== group) return undefined;
  return { apiVersion, kind };
}

function valueIn(line: string): string | undefined {
  const [, plain, double, single] = field.exec(line) ?? [];
  return plain ?? double ?? single;
}

/**
 * Whether a definition may name a Service that converts between its versions
 * (`spec.conversion.webhook.clientConfig`). Few do, and the search takes no time.
 */
function mayConvert(definition: string): boolean {
  return definition.includes('clientConfig');
}
