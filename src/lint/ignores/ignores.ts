/**
 * Which findings are silenced by what stands in the manifests, and which of it silences nothing.
 */
import type { Content } from '../../manifest/content.ts';
import type { ManifestDocument } from '../../manifest/manifest.ts';
import { locate, type Path } from '../../manifest/node.ts';
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
  /** It stands on what a kustomize patch says. */
  readonly byPatch?: boolean;
}

export interface Silenced {
  readonly kind: 'comment' | 'annotation';
  readonly reason?: string;
}

export class Ignores {
  readonly all: readonly Ignore[];
  /** By rule and file. */
  readonly #byRule = new Map<string, Ignore[]>();
  readonly #used = new Map<Ignore, Set<string>>();

  constructor(ignores: readonly Ignore[]) {
    this.all = ignores;
    for (const ignore of ignores)
      for (const rule of new Set(ignore.rules))
        addTo(this.#byRule, `${rule} ${ignore.document.file.path}`, ignore);
  }

  /** What silences a finding; remembers that it did. */
  find(finding: Silenceable): Silenced | undefined {
    const candidates = this.#byRule.get(`${finding.rule} ${finding.file.path}`);
    if (candidates === undefined) return undefined;
    const lines = candidates.some(({ scope }) => scope.type === 'line')
      ? coveringLines(finding)
      : new Set<number>();
    const ignore = candidates.find(({ scope }) => {
      if (scope.type === 'file') return true;
      if (scope.type === 'line') return lines.has(scope.line);
      return (
        scope.content === finding.subject &&
        scope.under.every((step, index) => finding.path[index] === step)
      );
    });
    if (ignore === undefined) return undefined;
    this.#used.set(ignore, (this.#used.get(ignore) ?? new Set()).add(finding.rule));
    return { kind: ignore.kind, ...(ignore.reason !== undefined && { reason: ignore.reason }) };
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
