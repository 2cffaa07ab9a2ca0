/**
 * What a refused object will be once its owner has repaired in the obvious way what the API server
 * refuses.
 */
import type { JsonObject, Path } from '../../kubernetes/json.ts';
import { pushAll } from '../../lists.ts';
import { withTree } from '../../manifest/content.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import {
  entryOf,
  locateAcross,
  type MapNode,
  type Node,
  nodeAt,
  toJson,
} from '../../manifest/node.ts';
import { manifestObject } from '../../manifest/object.ts';
import { mostMended } from '../../text/limits.ts';
import { type Admission, admit } from '../apiserver/admit.ts';
import { decode } from '../apiserver/decode.ts';
import { decodedVersion } from '../apiserver/kinds.ts';
import { goTypes, meantScalar } from '../apiserver/meant-scalar.ts';
import type { Refusal } from '../apiserver/refusal.ts';
import { removedIn } from '../apiserver/removed-apis.ts';
import { servedKind } from '../apiserver/served-kinds.ts';
import { inShape } from '../apiserver/shape.ts';
import type { ClusterOptions } from '../options.ts';
import { convert, convertBackend, withSelectorOfTemplate } from './convert.ts';
import { added, edited, renamed, scalarAt } from './tree-edit.ts';

export interface Repair {
  /**
   * The object that stands for it: of the successor's apiVersion, with a tree in which every value
   * keeps its place in the text.
   */
  readonly source: ManifestObject;
  /**
   * As the API server would store it. What nobody can guess is a placeholder there, so that nothing
   * is known of it.
   */
  readonly value: JsonObject;
  readonly incomplete: readonly Path[];
  /**
   * What the API server would refuse next: it stops at the first kind of error, and so did the
   * refusals that are known.
   */
  readonly later?: { readonly source: ManifestObject; readonly refusals: readonly Refusal[] };
  /** Where it is refused, as paths into `source`. */
  readonly refusedAt: readonly Path[];
  /** What has to be written otherwise besides the apiVersion. */
  readonly changes: readonly string[];
}

/** A value that nobody can guess. It reads as a placeholder, of which nothing is known. */
const unknownValue = '<refused>';

/**
 * Each round repairs what the API server would say then: that it does not serve the kind, cannot
 * decode the object, or finds it invalid.
 */
const mostRounds = 5;

/**
 * Undefined where nothing obvious can be done: a kind without a successor, what Pod Security
 * refuses, and Endpoints and slices, of which only misspelt fields are repaired, for they are
 * nothing but the values that would have to be guessed.
 *
 * @param refusals why the API server would not take `source`: at least one
 */
export function repair(
  source: ManifestObject,
  refusals: readonly Refusal[],
  options: ClusterOptions,
): Repair | undefined {
  if (refusals.length > mostMended) return undefined;
  const draft = new Draft(source, options);
  let told = refusals;
  const later: Refusal[] = [];
  let laterSource: ManifestObject | undefined;
  for (let round = 0; round < mostRounds; round += 1) {
    if (told.some(({ type }) => type === 'Not admitted')) return undefined;
    const before = draft.state;
    for (const refusal of told) if (!draft.repair(refusal)) return undefined;
    if (draft.state === before && round > 0) break;
    const admission = draft.admit();
    const known = new Set([...refusals, ...later].map(keyOf));
    const next = admission.refusals.filter(
      (refusal) => !known.has(keyOf(refusal)) && !draft.follows(refusal),
    );
    if (next.length > mostMended) return undefined;
    if (next.length > 0) laterSource ??= draft.source();
    pushAll(later, next);
    told = admission.refusals;
    if (told.length === 0 || draft.state === before) break;
  }
  return {
    ...draft.finish(),
    ...(laterSource !== undefined && { later: { source: laterSource, refusals: later } }),
  };
}

function keyOf({ message, path }: Refusal): string {
  return `${path.join('.')} ${message}`;
}

/** Kinds of which only misspelt fields are repaired. */
const addressKinds: ReadonlySet<string> = new Set(['Endpoints', 'EndpointSlice']);

/** An object on the way. */
class Draft {
  readonly #source: ManifestObject;
  readonly #options: ClusterOptions;
  readonly #refusedAt: Path[] = [];
  /**
   * Fields that were taken out because nobody knows them: what they were meant to be may be missing
   * now.
   */
  readonly #dropped: Path[] = [];
  /** Single items that were written without their list: what they hold stays as it is written. */
  readonly #wrapped: Path[] = [];
  readonly #changes: string[] = [];
  #apiVersion: string;
  #kind: string;
  #node: MapNode;

  constructor(source: ManifestObject, options: ClusterOptions) {
    this.#source = source;
    this.#options = options;
    this.#apiVersion = source.apiVersion;
    this.#kind = source.kind;
    this.#node = source.node;
  }

  /** Another one after each change. */
  get state(): object {
    return this.#node;
  }

  admit(): Admission {
    return admit(
      { apiVersion: this.#apiVersion, kind: this.#kind, value: this.#value() },
      this.#options,
    );
  }

  #value(): JsonObject {
    return {
      ...(toJson(this.#node) as JsonObject),
      apiVersion: this.#apiVersion,
      kind: this.#kind,
    };
  }

  /**
   * False where nothing can be done, and nothing is known of the object. What cannot be repaired
   * but does no harm stays as it is written.
   */
  repair(refusal: Refusal): boolean {
    const { type, path, replacement } = refusal;
    if (type === 'Not served') return this.#serve();
    if (type === 'Wrong type' && this.#wrapItem(refusal)) return true;
    pushAll(this.#refusedAt, refusedPaths(refusal));
    if (addressKinds.has(this.#kind)) {
      if (type !== 'Unknown field' || typeof replacement !== 'string') return false;
      this.#rename(path, replacement);
      return true;
    }
    if (type === 'Unknown field') this.#repairField(refusal);
    else if (type === 'Wrong type') this.#repairType(refusal);
    else if (isMissingSelector(refusal, this.#node)) this.#fillSelector();
    else if (replacement !== undefined) this.#replace(path, replacement);
    // What a field may hold is a matter of its default then.
    else if (type === 'Unsupported value') this.#node = edited(this.#node, path, () => undefined);
    else if (type === 'Invalid value')
      this.#node = edited(this.#node, path, (node) =>
        node.type === 'scalar' && typeof node.value === 'number' ? unknown(node) : node,
      );
    return true;
  }

  /**
   * Whether a refusal only follows from what was done here: a field is missing because its misspelt
   * name was taken out.
   */
  follows({ type, path, code }: Refusal): boolean {
    return (
      // One fault, one finding: no selector matches because there is none.
      (code === 'selector-mismatch' && nodeAt(this.#node, ['spec', 'selector']) === undefined) ||
      this.#refusedAt.some((at) => isWithin(path, at)) ||
      // It may have been a mapping of names to items.
      (type !== 'Wrong type' && this.#wrapped.some((at) => isItsOwn(path, at))) ||
      ((type === 'Required value' || type === 'Not found') &&
        this.#dropped.some((at) => isWithin(path, at.slice(0, -1)) || isWithin(at, path)))
    );
  }

  /** As it stands now. */
  source(value = this.#value()): ManifestObject {
    return manifestObject(withTree({ value }, this.#node), {
      ...this.#source,
      apiVersion: this.#apiVersion,
      kind: this.#kind,
    });
  }

  finish(): Repair {
    const { value, incomplete } = this.admit();
    const version = decodedVersion(this.#apiVersion, this.#kind);
    const { kubernetesMinor } = this.#options;
    const source = this.source();
    return {
      // Rules that ask what is written count on lists being lists.
      source:
        version === undefined
          ? source
          : this.source(decode(source.value, version, this.#kind, kubernetesMinor).value),
      value: version === undefined ? value : inShape(this.#kind, value, unknownValue),
      incomplete: [...incomplete, ...this.#openSelector()],
      refusedAt: this.#refusedAt,
      changes: this.#changes,
    };
  }

  /** The selector of a Service may be what an unknown field was meant for. */
  #openSelector(): Path[] {
    const isLost =
      this.#kind === 'Service' &&
      this.#dropped.some((path) => path.length <= 2 && path[0] !== 'metadata') &&
      nodeAt(this.#node, ['spec', 'selector']) === undefined;
    return isLost ? [['spec', 'selector']] : [];
  }

  #serve(): boolean {
    const { kubernetesMinor } = this.#options;
    const removal = removedIn(this.#apiVersion, this.#kind);
    if (removal !== undefined) {
      if (removal.successor === undefined || addressKinds.has(this.#kind)) return false;
      const { node, changes } = convert(
        this.#apiVersion,
        this.#kind,
        this.#node,
        this.#source.document.file,
      );
      // Another state even where nothing but the apiVersion is another one.
      this.#node = { ...node };
      this.#apiVersion = removal.successor;
      pushAll(this.#changes, changes);
      this.#refusedAt.push(['apiVersion']);
      return true;
    }
    const served = servedKind(this.#apiVersion, this.#kind, kubernetesMinor);
    if (served.state !== 'never' || served.meant === undefined) return false;
    const { apiVersion, kind } = served.meant;
    if (addressKinds.has(kind)) return false;
    this.#refusedAt.push(['apiVersion'], ['kind']);
    this.#apiVersion = apiVersion;
    this.#kind = kind;
    this.#node = { ...this.#node };
    return true;
  }

  #repairField({ path, replacement, likely, home }: Refusal): void {
    const key = String(path.at(-1));
    const parent = path.slice(0, -1);
    if (this.#kind === 'Ingress' && (key === 'serviceName' || key === 'servicePort')) {
      const before = this.#node;
      this.#node = edited(this.#node, parent, (backend) => convertBackend(backend, new Set()));
      if (this.#node !== before && nodeAt(this.#node, path) === undefined) return;
    }
    const name = typeof replacement === 'string' ? replacement : likely;
    if (name !== undefined && nodeAt(this.#node, [...parent, name]) === undefined) {
      this.#rename(path, name);
      return;
    }
    const map = nodeAt(this.#node, parent);
    const entry = entryOf(map, key);
    if (entry === undefined) return;
    this.#node = edited(this.#node, path, () => undefined);
    const without = this.#node;
    if (home !== undefined && this.#canHold(home, key)) this.#node = added(without, home, entry);
    if (this.#node === without) this.#dropped.push(path);
  }

  /** Whether the way to a struct is open: of several items of a list none was meant. */
  #canHold(home: Path, key: string): boolean {
    const isOpen = home.every(
      (step, depth) => step !== 0 || items(nodeAt(this.#node, home.slice(0, depth))) === 1,
    );
    return isOpen && nodeAt(this.#node, [...home, key]) === undefined;
  }

  #rename(path: Path, name: string): void {
    this.#refusedAt.push([...path.slice(0, -1), name]);
    this.#node = renamed(this.#node, path, name);
  }

  #repairType({ path, message }: Refusal): void {
    const types = goTypes(message);
    const node = nodeAt(this.#node, path);
    if (node === undefined) return;
    const [last, parent] = [path.at(-1), path.at(-2)];
    if (last === 'matchLabels' && parent === 'selector' && node.type === 'map') {
      const outer = path.slice(0, -1);
      this.#node = edited(this.#node, path, () => undefined);
      for (const entry of node.entries) this.#node = added(this.#node, outer, entry);
      return;
    }
    const { file } = locateAcross(this.#source.document.file, this.#node, path);
    const meant = types === undefined ? undefined : meantScalar(node, types.go, file);
    if (meant !== undefined) this.#replace(path, meant);
    else if (node.type === 'seq' && node.items.length === 1 && !types?.go.startsWith('[]'))
      this.#node = edited(this.#node, path, () => node.items[0]);
    else this.#node = edited(this.#node, path, unknown);
  }

  /** Makes a list of the mapping that stands where one has to be. */
  #wrapItem({ path, message }: Refusal): boolean {
    const isList = goTypes(message)?.go.startsWith('[]') === true;
    if (!isList || nodeAt(this.#node, path)?.type !== 'map') return false;
    this.#wrapped.push([...path, 0]);
    this.#node = edited(this.#node, path, (item) => ({
      type: 'seq',
      items: [item],
      range: item.range,
      ...(item.file !== undefined && { file: item.file }),
    }));
    return true;
  }

  /** Or adds what is missing, at the place of what it belongs to. */
  #replace(path: Path, value: string | number | boolean): void {
    const key = path.at(-1);
    const parent = path.slice(0, -1);
    const holder = nodeAt(this.#node, parent);
    if (typeof key === 'string' && holder !== undefined && nodeAt(this.#node, path) === undefined) {
      const entry = { key, keyRange: holder.range, value: scalarAt(value, holder) };
      this.#node = added(this.#node, parent, entry);
    } else
      this.#node = edited(this.#node, path, (node) =>
        node.type === 'scalar' ? { ...node, value } : node,
      );
  }

  #fillSelector(): void {
    this.#node = withSelectorOfTemplate(this.#node, this.#source.document.file);
  }
}

/** What another rule than that of refused objects tells is known well enough. */
function refusedPaths({ path, code }: Refusal): Path[] {
  return code === undefined ? [path] : [];
}

/** A workload without a selector is refused for it, and for a template that no selector matches. */
export function isMissingSelector({ type, path, code }: Refusal, root: Node): boolean {
  const isSelector = path.length === 2 && path[0] === 'spec' && path[1] === 'selector';
  return (
    ((type === 'Required value' && isSelector) || code === 'selector-mismatch') &&
    nodeAt(root, ['spec', 'selector']) === undefined
  );
}

/** Whether a path leads to a field of the very item. */
function isItsOwn(path: Path, item: Path): boolean {
  return path.length === item.length + 1 && isWithin(path, item);
}

/** Whether a path leads to a place or below it. */
export function isWithin(path: Path, place: Path): boolean {
  return path.length >= place.length && place.every((step, depth) => step === path[depth]);
}

function items(node: Node | undefined): number {
  return node?.type === 'seq' ? node.items.length : 0;
}

function unknown(node: Node): Node {
  return scalarAt(unknownValue, node);
}
