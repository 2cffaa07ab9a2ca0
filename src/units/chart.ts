/**
 * What `helm template` has rendered, with every value at the line of the template that wrote it,
 * where that can be told.
 */
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import type { Entry, Located, MapNode, Node } from '../manifest/node.ts';
import type { Range, SourceFile } from '../manifest/source.ts';
import { sourceOf } from './release.ts';
import { relocated } from './rendered.ts';

/**
 * The rendered objects, placed in the templates that Helm names above each document (`# Source:
 * web/templates/service.yaml`). A field lies at the one line of its template that writes it; where
 * there are none or several it lies at the nearest field around it that is certain, and the object
 * itself at its `kind`.
 * `template` gives the file for such a path, if there is one.
 */
export function placeInTemplates(
  rendered: Manifest,
  template: (path: string) => SourceFile | undefined,
): Manifest {
  const templates = new Map<string, Template | undefined>();
  const objects = rendered.objects.map((object): ManifestObject => {
    const path = sourceOf(object);
    if (path === undefined) return relocated(object, object.node);
    if (!templates.has(path)) {
      const file = template(path);
      templates.set(path, file === undefined ? undefined : new Template(file));
    }
    const part = templates.get(path)?.partFor(object);
    return relocated(
      object,
      part === undefined ? object.node : (part.place(object.node, part.top) as MapNode),
    );
  });
  return { ...rendered, objects };
}

/** A file of templates: documents, taken apart by their separators. */
class Template {
  readonly #parts: readonly TemplatePart[];

  constructor(file: SourceFile) {
    const separators = [...file.text.matchAll(/^---.*$/gm)].map(({ index }) => index);
    const starts = [0, ...separators];
    this.#parts = starts.map(
      (start, number) => new TemplatePart(file, [start, starts[number + 1] ?? file.text.length]),
    );
  }

  /** The only document of the object's kind. */
  partFor({ kind }: ManifestObject): TemplatePart | undefined {
    const [part, ...others] = this.#parts.filter((candidate) => candidate.isOf(kind));
    return others.length === 0 ? part : undefined;
  }
}

/** A line `key: value`, as the item of a list or not. */
const line = /^[ \t]*(?:- )*["']?([\w./-]+)["']?:(?:[ \t](.*))?$/gm;

interface TemplateLine {
  readonly key: Range;
  /** Where there is nothing behind the colon, the key again. */
  readonly value: Range;
  readonly text: string;
}

class TemplatePart {
  readonly #file: SourceFile;
  readonly #lines = new Map<string, TemplateLine[]>();

  constructor(file: SourceFile, [start, end]: Range) {
    this.#file = file;
    for (const match of file.text.slice(start, end).matchAll(line)) {
      const [whole, key = '', rest = ''] = match;
      const text = rest.split(/\s#/, 1).join('').trim();
      const at = start + match.index + whole.indexOf(key);
      const from =
        text === '' ? at : at + whole.slice(whole.indexOf(key)).indexOf(text, key.length);
      const lines = this.#lines.get(key) ?? [];
      lines.push({
        key: [at, at + key.length],
        value: text === '' ? [at, at + key.length] : [from, from + text.length],
        text: unquoted(text),
      });
      this.#lines.set(key, lines);
    }
  }

  isOf(kind: string): boolean {
    return (this.#lines.get('kind') ?? []).some(({ text }) => text === kind);
  }

  /** Where the object begins to be one. */
  get top(): Located {
    return { file: this.#file, range: this.#lines.get('kind')?.[0]?.key ?? [0, 0] };
  }

  place(node: Node, at: Located): Node {
    if (node.type === 'scalar') return { ...node, ...at };
    if (node.type === 'seq')
      return { ...node, ...at, items: node.items.map((item) => this.place(item, at)) };
    return { ...node, ...at, entries: node.entries.map((entry) => this.#placeEntry(entry, at)) };
  }

  #placeEntry(entry: Entry, at: Located): Entry {
    const found = this.#lineOf(entry);
    if (found === undefined)
      return { ...entry, keyRange: at.range, value: this.place(entry.value, at) };
    const file = this.#file;
    const value =
      entry.value.type === 'scalar'
        ? { ...entry.value, file, range: found.value }
        : this.place(entry.value, { file, range: found.key });
    return { ...entry, keyRange: found.key, value };
  }

  /** The one line that has the key, or of several the one that has this very value. */
  #lineOf({ key, value }: Entry): TemplateLine | undefined {
    const lines = this.#lines.get(key) ?? [];
    if (lines.length === 1) {
      const [only] = lines;
      const isFitting =
        value.type !== 'scalar' ||
        only?.text.includes('{{') === true ||
        only?.text === String(value.value);
      return isFitting ? only : undefined;
    }
    const same =
      value.type === 'scalar' ? lines.filter(({ text }) => text === String(value.value)) : [];
    return same.length === 1 ? same[0] : undefined;
  }
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
