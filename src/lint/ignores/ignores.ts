/**
 * Which findings are silenced by what stands in the manifests, and which of it silences nothing.
 */
import type { Path } from '../../kubernetes/json.ts';
import type { Content } from '../../manifest/content.ts';
import type { ManifestDocument } from '../../manifest/manifest.ts';
import { locate } from '../../manifest/node.ts';
import type { Range, SourceFile } from '../../manifest/source.ts';
import { addTo } from '../../multimap.ts';
import type { Ignore } from './ignore.ts';

/** A finding, as far as it matters here. */
export interface Silenceable {
  readonly rule: string;
  readonly file: SourceFile;
  readonly range: Range;
  readonly path: Path;
  /** What the object holds, or the document. */
  readonly subject: Content | ManifestDocument;
  /** What the object holds in each of the units in which this was found. */
  readonly contents: readonly Content[];
  /** It stands on what a kustomize patch says. */
  readonly byPatch?: boolean;
}

export interface Silenced {
  readonly kind: 'comment' | 'annotation';
  readonly reason?: string;
}

interface OfPart {
  readonly ignore: Ignore;
  readonly under: Path;
}

export class Ignores {
  readonly all: readonly Ignore[];
  /** Those of a file or a line, by rule and file. */
  readonly #byFile = new Map<string, Ignore[]>();
  /** Those of an object. */
  readonly #byContent = new Map<Content, OfPart[]>();
  readonly #used = new Map<Ignore, Set<string>>();

  constructor(ignores: readonly Ignore[]) {
    this.all = ignores;
    for (const ignore of ignores)
      if (ignore.scope.type === 'object')
        for (const { content, under } of ignore.scope.parts)
          addTo(this.#byContent, content, { ignore, under });
      else
        for (const rule of new Set(ignore.rules))
          addTo(this.#byFile, `${rule} ${ignore.document.file.path}`, ignore);
  }

  /** What silences a finding; remembers that it did. */
  find(finding: Silenceable): Silenced | undefined {
    const comment = this.#comment(finding);
    const found = comment === undefined ? this.#annotations(finding) : [comment];
    const [ignore] = found;
    if (ignore === undefined) return undefined;
    for (const one of found)
      this.#used.set(one, (this.#used.get(one) ?? new Set()).add(finding.rule));
    return { kind: ignore.kind, ...(ignore.reason !== undefined && { reason: ignore.reason }) };
  }

  #comment(finding: Silenceable): Ignore | undefined {
    const candidates = this.#byFile.get(`${finding.rule} ${finding.file.path}`);
    if (candidates === undefined) return undefined;
    const lines = candidates.some(({ scope }) => scope.type === 'line')
      ? coveringLines(finding)
      : new Set<number>();
    return candidates.find(({ scope }) => scope.type !== 'line' || lines.has(scope.line));
  }

  /** None unless each unit has one: what one overlay lives with may be news to the next. */
  #annotations({ rule, path, contents }: Silenceable): Ignore[] {
    const found = contents.flatMap((content) => {
      const ofPart = this.#byContent
        .get(content)
        ?.find(
          ({ ignore, under }) =>
            ignore.rules.includes(rule) && under.every((step, index) => path[index] === step),
        );
      return ofPart === undefined ? [] : [ofPart.ignore];
    });
    return found.length === contents.length ? found : [];
  }

  /** The rules of an ignore that silenced nothing. */
  unused(ignore: Ignore): readonly string[] {
    const used = this.#used.get(ignore);
    return ignore.rules.filter((rule) => used?.has(rule) !== true);
  }
}

/**
 * The lines on which a comment is about the finding: its own, and those on which the fields and
 * items around it begin. What a kustomize patch brought in stands in another file than the object.
 */
function coveringLines({ file, range, path, subject, byPatch }: Silenceable): Set<number> {
  const lines = new Set([file.position(range[0]).line]);
  if (byPatch === true || !('value' in subject)) return lines;
  for (let depth = 0; depth <= path.length; depth += 1) {
    const part = typeof path[depth - 1] === 'string' ? 'key' : 'value';
    lines.add(file.position(locate(subject.node, path.slice(0, depth), part)[0]).line);
  }
  return lines;
}
