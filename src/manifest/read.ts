/**
 * Reads one file as `kubectl apply -f` would: cli-runtime pkg/resource/visitor.go `StreamVisitor`,
 * apimachinery pkg/util/yaml/decoder.go.
 */
import { attempt, describeError } from '../fault.ts';
import { AliasBudget } from './alias-budget.ts';
import { brokenState, isOurs } from './broken-state.ts';
import { definitionIn } from './definition.ts';
import { type Draft, fail, isStop, type Mutable, objectOf, pick, plainObjectOf } from './draft.ts';
import { foreignDocument, settleForeign } from './foreign.ts';
import { type Parsed, readJsonStream } from './json-stream.ts';
import { flattenList, isList } from './list.ts';
import type { Manifest, ManifestDocument, ManifestObject, Problem } from './manifest.ts';
import { flatMetadata, renamed, usualType } from './meant-object.ts';
import { mendedObject } from './mended-text.ts';
import { meantMetadata, metadataProblem } from './metadata.ts';
import { type DuplicateKey, type MapNode } from './node.ts';
import { isOtherJson } from './other-json.ts';
import { type PlainValue, readPlain, readPlainValue } from './plain.ts';
import { beginnings } from './run-together.ts';
import { skippable, type TypeMeta } from './skip.ts';
import { isFunctionInput, soundObject } from './sound.ts';
import type { Range, SourceFile } from './source.ts';
import { splitDocuments } from './split.ts';
import { isStencilNode, settleStencils } from './stencil.ts';
import { looksLikeObject, sniffTypeMeta, stringAt, typeMetaOf } from './type-meta.ts';
import { readYaml } from './yaml.ts';

export interface ReadOptions {
  /**
   * Kinds to parse although they take no part in the wiring: some rules look at Roles, Secrets or
   * ResourceQuotas.
   */
  readonly wanted?: ReadonlySet<string>;
  /** Read it as it was meant, where kubectl takes objects that run together for one. */
  readonly asMeant?: boolean;
}

/** Reads the files of one run, which share what limits there are on all of them together. */
export function manifestReader(options: ReadOptions = {}): (file: SourceFile) => Manifest {
  const budget = new AliasBudget();
  return (file) => read(file, options, budget);
}

/**
 * The documents and objects of a file. Never throws: what kubectl could not decode is in the
 * documents' `problem`.
 *
 * kubectl stops reading a file at the first document that is not well-formed, has a bad separator,
 * or is no Kubernetes object (no mapping, or without apiVersion or kind). Objects behind it have
 * `afterBroken`, and so has what stands above a bad separator. Two kinds of document stop nothing:
 * a file's templates, for nobody knows yet what they will be, and foreign documents in a file that
 * holds nothing else, for nobody would apply it. A foreign document between Kubernetes objects is
 * `broken`.
 */
export function readManifest(file: SourceFile, options: ReadOptions = {}): Manifest {
  return read(file, options, new AliasBudget());
}

function read(file: SourceFile, options: ReadOptions, budget: AliasBudget): Manifest {
  const reader = new ManifestReader(file, options, budget);
  reader.read();
  return reader.manifest();
}

type Plain = ReturnType<typeof readPlainValue>;

class ManifestReader {
  readonly #file: SourceFile;
  readonly #wanted: ReadonlySet<string>;
  readonly #budget: AliasBudget;
  readonly #asMeant: boolean;
  /** It was meant otherwise than kubectl reads it. */
  #unlikeMeant = false;
  readonly #drafts: Draft[] = [];

  constructor(
    file: SourceFile,
    { wanted = new Set(), asMeant = false }: ReadOptions,
    budget: AliasBudget,
  ) {
    this.#file = file;
    this.#budget = budget;
    this.#wanted = wanted;
    this.#asMeant = asMeant;
  }

  read(): void {
    const { text } = this.#file;
    const start = text.startsWith('\ufeff') ? 1 : 0;
    const isJson = text
      .slice(start, start + 4096)
      .trimStart()
      .startsWith('{');
    const document = this.#document([start, text.length]);
    if (isJson && isOtherJson(document, text, start))
      this.#drafts.push({ document, objects: [], stops: false });
    else this.#readYamlFrom(isJson ? this.#readJsonFrom(start) : start);
  }

  /** Gives the offset from which the rest is YAML. */
  #readJsonFrom(start: number): number {
    const { values, rest } = readJsonStream(this.#file.text, start);
    for (const { range, parsed } of values) this.#add(range, parsed);
    return rest;
  }

  #readYamlFrom(start: number): void {
    const { text } = this.#file;
    const chunks = splitDocuments(text, start);
    const isAlone = chunks.length === 1 && this.#drafts.length === 0;
    for (const { range, problem } of chunks) {
      const type = problem === undefined ? skippable(text, range, this.#wanted) : undefined;
      const isDefinition = type?.kind === 'CustomResourceDefinition';
      const defines = isDefinition ? definitionIn(text, range) : undefined;
      // Which kind it defines is evidence: where the text does not say so plainly, it is parsed.
      if (type !== undefined && (!isDefinition || defines !== undefined)) {
        this.#drafts.push({
          document: {
            ...this.#document(range),
            state: 'skipped',
            ...type,
            ...(defines !== undefined && { defines }),
          },
          objects: [],
          stops: false,
        });
      } else if (problem !== undefined) this.#add(range, { problem });
      else this.#readYaml(range, isAlone);
    }
  }

  /**
   * Nearly all documents are plain, with nothing wrong that a tree would be needed for to tell.
   */
  #readYaml(range: Range, isAlone: boolean): void {
    const plain = attempt(
      () => readPlainValue(this.#file.text, range),
      () => 'repeated' as const,
    );
    const isRead =
      typeof plain === 'object' &&
      (this.#addSound(range, plain) || (isAlone && this.#addForeign(range, plain)));
    if (!isRead) this.#addYaml(range, this.#readDocument(range, plain));
  }

  /** Whether it is in order. */
  #addSound(range: Range, plain: PlainValue): boolean {
    const sound = soundObject(this.#file, range, plain);
    if (sound === undefined) return false;
    const { content, type } = sound;
    const document = this.#documentOf(range, type);
    const objects = [plainObjectOf(document, content, type)];
    this.#drafts.push({ document, objects, stops: false });
    return true;
  }

  #addForeign(range: Range, plain: PlainValue): boolean {
    const document = foreignDocument(this.#file, range, plain);
    if (document === undefined) return false;
    this.#drafts.push({ document, objects: [], stops: false });
    return true;
  }

  #addYaml(range: Range, parsed: Parsed): void {
    const further =
      'problem' in parsed || parsed.duplicateKeys.length < 2
        ? []
        : beginnings(this.#file.text, range, parsed.duplicateKeys);
    if (further.length > 0) this.#unlikeMeant = true;
    if (further.length === 0 || !this.#asMeant) {
      this.#add(range, parsed);
      return;
    }
    const parts = [undefined, ...further];
    for (const [index, part] of parts.entries()) {
      const own: Range = [part?.at ?? range[0], parts[index + 1]?.at ?? range[1]];
      this.#add(own, this.#readDocument(own));
      const document = this.#drafts.at(-1)?.document;
      if (part !== undefined && document !== undefined) document.runsOn = part.key;
    }
  }

  /** `plain`: what the reader of plain documents says of it, if it was asked. */
  #readDocument(range: Range, plain: Plain = 'repeated'): Parsed {
    return attempt(
      () => this.#parsed(range, plain),
      (error) => ({ problem: faultProblem(range, error) }),
    );
  }

  #parsed(range: Range, plain: Plain): Parsed {
    const { text } = this.#file;
    const isOther = plain === undefined || plain === 'template';
    const tree = isOther ? plain : readPlain(text, range);
    if (tree !== undefined && tree !== 'template') return tree;
    // A line that starts with braces, not indented, fits nowhere in YAML either: a template need
    // not be parsed in full.
    const at =
      tree === 'template' || text.startsWith('{{', range[0])
        ? text.indexOf('{{', range[0])
        : text.indexOf('\n{{', range[0]) + 1;
    if (at < range[0] || at >= range[1] || !text.startsWith('{{', at))
      return readYaml(text, range, this.#budget);
    return {
      problem: {
        code: 'syntax',
        message: 'a mapping cannot be a key',
        range: [at, at + 2],
        help: 'render the template first',
      },
    };
  }

  #document(range: Range): Mutable<ManifestDocument> {
    return {
      file: this.#file,
      index: this.#drafts.length,
      range,
      state: 'empty',
      duplicateKeys: none,
    };
  }

  /** Written out, so that all of them have one shape. */
  #documentOf(range: Range, { apiVersion, kind }: TypeMeta): Mutable<ManifestDocument> {
    return {
      file: this.#file,
      index: this.#drafts.length,
      range,
      state: 'objects',
      duplicateKeys: none,
      apiVersion,
      kind,
    };
  }

  /** A failure of ours costs one document; it counts as one that was not read. */
  #add(range: Range, parsed: Parsed): void {
    const before = this.#drafts.length;
    attempt(
      () => this.#draft(range, parsed),
      (error) => {
        this.#drafts.length = before;
        this.#draft(range, { problem: faultProblem(range, error) });
      },
    );
  }

  #draft(range: Range, parsed: Parsed): void {
    const draft: Draft = { document: this.#document(range), objects: [], stops: false };
    this.#drafts.push(draft);
    const { document } = draft;
    if ('problem' in parsed) {
      const type = sniffTypeMeta(this.#file.text, range);
      const state = brokenState(this.#file, range, parsed.problem, type);
      Object.assign(
        document,
        { state, ...(state !== 'template' && { problem: parsed.problem }) },
        type,
      );
      draft.stops = state === 'broken' && !isOurs(parsed.problem);
      if (state === 'broken' && parsed.problem.code === 'syntax') this.#decodeMended(draft, range);
      return;
    }
    const { root, duplicateKeys } = parsed;
    document.duplicateKeys = duplicateKeys;
    if (root === undefined || (root.type === 'scalar' && root.value === null)) return;
    if (root.type === 'map') this.#decode(draft, root);
    else document.state = 'foreign';
  }

  #decode(draft: Draft, root: MapNode): void {
    const { document } = draft;
    const type = typeMetaOf(root);
    if ('problem' in type) {
      Object.assign(
        document,
        pick('apiVersion', stringAt(root, 'apiVersion')),
        pick('kind', stringAt(root, 'kind')),
      );
      if (isStencilNode(root)) {
        document.state = 'template';
        return;
      }
      document.state = looksLikeObject(root) ? 'broken' : 'foreign';
      if (document.state === 'foreign') document.node = root;
      document.problem = type.problem;
      draft.stops = true;
      this.#decodeMeant(draft, root, type.problem);
      return;
    }
    Object.assign(document, type);
    if (isFunctionInput(type)) {
      document.state = 'foreign';
      return;
    }
    const flat = flatMetadata(this.#file.text, document.range, root);
    if (flat !== undefined) {
      document.duplicateKeys = [];
      fail(document, flat, 0);
      return;
    }
    document.state = 'objects';
    const problem = metadataProblem(root);
    if (problem !== undefined) {
      fail(document, problem, 0);
      if (!isList(root)) this.#keepMeant(draft, root, type, false);
    } else if (isList(root)) this.#decodeList(draft, root, type);
    else draft.objects.push(objectOf(document, root, type, false));
  }

  /** What a document holds once its blanks are right, see mended-text.ts. */
  #decodeMended({ document, objects }: Draft, range: Range): void {
    const mended = mendedObject(this.#file.text, range, this.#budget);
    if (mended === undefined) return;
    this.#unlikeMeant = true;
    if (!this.#asMeant) return;
    objects.push(objectOf(document, mended.root, mended.type, false));
    document.meant = true;
  }

  /**
   * What a document holds once its misspelt `kind` or `apiVersion` is right, or what is missing of
   * them is there.
   */
  #decodeMeant({ document, objects }: Draft, root: MapNode, problem: Problem): void {
    if (document.state !== 'broken') return;
    const meant = renamed(root, problem);
    const type = meant === undefined ? usualType(root) : typeMetaOf(meant);
    if (type === undefined) return;
    this.#unlikeMeant = true;
    const node = meant ?? root;
    if (!this.#asMeant || 'problem' in type) return;
    if (metadataProblem(node) !== undefined || isList(node)) return;
    objects.push(objectOf(document, node, type, false));
    document.meant = true;
  }

  /** An object whose metadata kubectl cannot decode is there as soon as that is repaired. */
  #keepMeant(draft: Draft, node: MapNode, type: TypeMeta, inherited: boolean): void {
    this.#unlikeMeant = true;
    const meant = this.#asMeant ? meantMetadata(node, this.#file.text) : undefined;
    if (meant === undefined) return;
    draft.objects.push(objectOf(draft.document, meant, type, inherited));
    draft.document.meant = true;
  }

  #decodeList(draft: Draft, root: MapNode, type: TypeMeta): void {
    const { document, objects } = draft;
    const { items, problem } = flattenList(root, type);
    let first = problem;
    for (const item of items) {
      // The server, not kubectl, refuses an item's metadata; the object is lost either way.
      const refused = metadataProblem(item.node);
      if (refused === undefined) objects.push(objectOf(document, item.node, item, item.inherited));
      else {
        first ??= refused;
        this.#keepMeant(draft, item.node, item, item.inherited);
      }
    }
    if (first !== undefined) fail(document, first, objects.length);
  }

  manifest(): Manifest {
    settleStencils(this.#drafts);
    settleForeign(this.#drafts, this.#file.text);
    const documents = this.#drafts.map(({ document }) => document);
    let afterBroken = false;
    const objects: ManifestObject[] = [];
    for (const [index, draft] of this.#drafts.entries()) {
      // A bad separator loses kubectl the document above it, too, of which it is the end.
      const next = this.#drafts[index + 1];
      if (next !== undefined && isStop(next) && next.document.problem?.code === 'separator')
        afterBroken = true;
      for (const object of draft.objects) {
        object.afterBroken = afterBroken;
        objects.push(object);
      }
      if (isStop(draft)) afterBroken = true;
    }
    const wanted = this.#wanted;
    return {
      file: this.#file,
      documents,
      objects,
      ...(this.#unlikeMeant &&
        !this.#asMeant && { meant: readManifest(this.#file, { wanted, asMeant: true }) }),
    };
  }
}

const none: readonly DuplicateKey[] = [];

function faultProblem(range: Range, error: unknown): Problem {
  return { code: 'fault', message: describeError(error), range: [range[0], range[0]] };
}
