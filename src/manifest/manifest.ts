/** What one file holds: documents, and the Kubernetes objects in them as `kubectl` decodes them. */
import type { JsonObject } from '../kubernetes/json.ts';
import type { Content } from './content.ts';
import type { Definition } from './definition.ts';
import type { DuplicateKey, MapNode, Node } from './node.ts';
import type { Range, SourceFile } from './source.ts';

/**
 * - `objects`: decoded; its objects are in `Manifest.objects` (a List holds many).
 * - `empty`: nothing but blanks, comments or `null`.
 * - `skipped`: its top-level `kind` is one that neither makes pods nor takes part in the wiring, so
 *   it was not parsed.
 * - `foreign`: well-formed, but no Kubernetes object (neither apiVersion nor kind): Helm values, CI
 *   settings, …
 * - `template`: not well-formed as it stands because it holds `{{ }}`: to be rendered first.
 * - `broken`: not what kubectl can decode; see `problem`.
 */
export type DocumentState = 'objects' | 'empty' | 'skipped' | 'foreign' | 'template' | 'broken';

export interface ManifestDocument {
  readonly file: SourceFile;
  /** 0 for the first document of the file. */
  readonly index: number;
  readonly range: Range;
  readonly state: DocumentState;
  /** What kubectl would complain of; with `broken` always there. */
  readonly problem?: Problem;
  /**
   * The top-level apiVersion and kind; of a `template` or `broken` document as far as the text
   * tells them.
   */
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly duplicateKeys: readonly DuplicateKey[];
  /** What a CustomResourceDefinition that was `skipped` defines. */
  readonly defines?: Definition;
  /**
   * In a manifest read as it was meant: its objects were read, although kubectl could not decode
   * it.
   */
  readonly meant?: true;
  /** In a manifest read as it was meant: no `---` is above it; the first key of its object. */
  readonly runsOn?: Range;
  /** The tree of a `foreign` document: kustomizations may leave apiVersion and kind out. */
  readonly node?: Node;
}

export interface Problem {
  /**
   * - `syntax`: not well-formed YAML or JSON.
   * - `separator`: text behind `---` (apimachinery pkg/util/yaml/decoder.go: "invalid Yaml document
   *   separator").
   * - `aliases`: aliases expand to too much.
   * - `type-meta`: apiVersion or kind is missing or no string ("kind not set").
   * - `metadata`: kubectl itself cannot decode metadata (a number as name, label or annotation).
   * - `list`: a List inside a List, or an item that is not an object.
   * - `flat`: no line is indented, so that the object has no name and nothing stands where it
   *   belongs.
   * - `limit`: it is beyond what is read here (src/text/limits.ts); kubectl might take it.
   * - `fault`: our own reader failed.
   */
  readonly code:
    | 'syntax'
    | 'separator'
    | 'aliases'
    | 'type-meta'
    | 'metadata'
    | 'list'
    | 'flat'
    | 'limit'
    | 'fault';
  /** Lower case, no full stop, no position. */
  readonly message: string;
  readonly range: Range;
  /** What to do about it. */
  readonly help?: string;
  /** The key at `range` was meant to be this one. */
  readonly meantKey?: string;
}

export interface ManifestObject {
  readonly document: ManifestDocument;
  /** Its values and its tree, which are made from each other. */
  readonly content: Content;
  /** Its tree. Most objects need none, and it is large: whoever can do with `value` should. */
  readonly node: MapNode;
  /** Of `node`. */
  readonly range: Range;
  /** As decoded from the text: nothing defaulted, nulls still there. */
  readonly value: JsonObject;
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty with `generateName`. */
  readonly name: string;
  /** As written; undefined where the manifest leaves it to the context. */
  readonly namespace?: string;
  /**
   * kubectl stops reading a file at a document it cannot decode (a syntax error, a bad separator, a
   * missing kind): this object comes after one, or right before a bad separator, which loses the
   * document above it, too. A cluster would not have it; the linter still looks at it, for it will
   * be there as soon as that document is mended.
   */
  readonly afterBroken: boolean;
  /** The object as it stands in its file, where a kustomization has changed it. */
  readonly original?: ManifestObject;
  /**
   * A tool has rendered it; nobody can tell what an edit to its source would make of it without
   * rendering again.
   */
  readonly rendered?: true;
  /** Paths of files with kustomize patches that were applied to it. */
  readonly patchedBy?: readonly string[];
}

export interface Manifest {
  readonly file: SourceFile;
  readonly documents: readonly ManifestDocument[];
  readonly objects: readonly ManifestObject[];
  /**
   * The same file as it was meant, where kubectl reads it otherwise: takes several objects for one.
   */
  readonly meant?: Manifest;
}
