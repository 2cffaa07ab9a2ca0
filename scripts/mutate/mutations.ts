/**
 * What can be done wrong at one end of a link: each mutation is some edits to the file of that end.
 */
import type { Path } from '../../src/kubernetes/json.ts';
import type { TextEdit } from '../../src/lint/diagnostic.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import { childOf, entryOf, type MapNode, type ScalarNode } from '../../src/manifest/node.ts';
import type { SourceFile } from '../../src/manifest/source.ts';
import { insertAfter, removeEntry, replaceScalar } from './edits.ts';
import { fieldOf, holdingMap, plainScalar, type WrittenField } from './field.ts';
import { misspell, mistypeNumber, type NameForm, renameKey, seedOf } from './typo.ts';

/** Why a mutation was not tried there. */
export type SkipReason =
  | 'not written in a file as it is'
  | 'its namespace is left to kubectl'
  | 'shared with other objects by an anchor'
  | 'no other legal value'
  | 'the API server insists on it';

export interface Mutation {
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
  /** What a good finding names. */
  readonly original: string;
  /** What stands there now. */
  readonly written: string;
}

/** What is mutated. */
export interface Target {
  readonly object: ManifestObject;
  /** The field; it need not be written (a defaulted protocol). */
  readonly path: Path;
  /** Only this part of the text at `path`: the host inside of a URL. */
  readonly part?: string;
}

/** Where the mutation takes place, and what else there is in the picture. */
interface Site {
  readonly end: Target;
  readonly field: WrittenField;
  readonly seed: number;
  /** Namespaces of the picture. */
  readonly namespaces: readonly string[];
}

const notWritten = 'not written in a file as it is';

type Mutator = (site: Site) => Omit<Mutation, 'file'> | SkipReason;

/** In the order of reports; the first group is what every release is measured by. */
const mutators = {
  'selector-value': typo('label-value'),
  'selector-key': keyRenamed,
  'template-label-removed': labelRemoved,
  'workload-label-value': labelChanged,
  'service-namespace': otherNamespace,
  'target-port-name': typo('port-name'),
  'container-port-name': typo('port-name'),
  'service-port-protocol': otherProtocol,
  'container-port-protocol': otherProtocol,
  'probe-port-name': typo('port-name'),
  'probed-port-name': typo('port-name'),
  'ingress-backend-name': typo('dns-label'),
  'ingress-backend-port': otherPort,
  'service-name': typo('dns-label'),
  'stateful-set-service-name': typo('dns-label'),
  'service-port-name': typo('port-name'),
  'service-port-number': otherPort,
  'target-port-number': otherPort,
  'container-port-number': otherPort,
  'endpoints-name': typo('dns-label'),
  'endpoints-port-name': typo('port-name'),
  'slice-service': typo('dns-label'),
  'slice-port-name': typo('port-name'),
  'route-backend-name': typo('dns-label'),
  'route-backend-port': otherPort,
  'webhook-service-name': typo('dns-label'),
  'webhook-service-port': otherPort,
  'api-service-name': typo('dns-label'),
  'api-service-port': otherPort,
  'virtual-service-host': typo('dns-name'),
  'virtual-service-port': otherPort,
  'destination-rule-host': typo('dns-name'),
  'openshift-route-name': typo('dns-label'),
  'rollout-service-name': typo('dns-label'),
  'scale-target-name': typo('dns-name'),
  'scaled-workload-name': typo('dns-name'),
  'budget-selector': typo('label-value'),
  'policy-selector': typo('label-value'),
  'policy-port-name': typo('port-name'),
  'monitor-selector': typo('label-value'),
  'monitored-label': typo('label-value'),
  'monitor-port': typo('port-name'),
  'url-host': typo('dns-label'),
  'url-port': otherPort,
  'ports-swapped': portsSwapped,
  'dependency-name': typo('dns-label'),
  'dependency-key': typo('label-value'),
} as const satisfies Record<string, Mutator>;

export type MutationId = keyof typeof mutators;
export const mutationIds = Object.keys(mutators) as readonly MutationId[];

export function mutate(
  id: MutationId,
  end: Target,
  namespaces: readonly string[],
): Mutation | SkipReason {
  const field = fieldOf(end.object, end.path);
  const seed = seedOf(
    `${id} ${field.file.path} ${end.object.kind} ${end.object.name} ${end.path.join('.')}`,
  );
  const mutation = mutators[id]({ end, field, seed, namespaces });
  return typeof mutation === 'string' ? mutation : { ...mutation, file: field.file };
}

function lastStep({ path }: Target): string {
  return String(path.at(-1));
}

/**
 * Other values of the same field in the same list (the names of a container's ports): a typo must
 * not hit one of them.
 */
function valuesBeside({ object, path }: Target): Set<string> {
  const list = fieldOf(object, path.slice(0, -2)).node;
  const items = list?.type === 'seq' ? list.items : [];
  return new Set(
    items.flatMap((item) => {
      const value = childOf(item, String(path.at(-1)));
      return value?.type === 'scalar' ? [String(value.value)] : [];
    }),
  );
}

function typo(form: NameForm): Mutator {
  return ({ end, field, seed }) => {
    const scalar = plainScalar(field);
    if (scalar === undefined || typeof scalar.value !== 'string') return notWritten;
    const original = end.part ?? scalar.value;
    const written = misspell(original, form, seed, valuesBeside(end));
    if (written === undefined) return 'no other legal value';
    const named = form === 'dns-name' ? changedLabel(original, written) : original;
    return {
      edits: [replacePart(field.file.text, scalar, original, written)],
      original: named,
      written,
    };
  };
}

/**
 * Of a host the label that changed, which is the name of an object; the whole where several did.
 */
function changedLabel(original: string, written: string): string {
  const [before, after] = [original.split('.'), written.split('.')];
  const changed = before.filter((label, index) => label !== after[index]);
  return before.length === after.length && changed.length === 1
    ? (changed[0] ?? original)
    : original;
}

function replacePart(
  text: string,
  scalar: ScalarNode,
  original: string,
  written: string,
): TextEdit {
  if (original === scalar.value) return replaceScalar(text, scalar, written);
  const start = scalar.range[0] + Math.max(0, text.slice(...scalar.range).indexOf(original));
  return { range: [start, start + original.length], text: written };
}

function otherPort(site: Site): ReturnType<Mutator> {
  const { end, field, seed } = site;
  const scalar = plainScalar(field);
  if (scalar === undefined) return notWritten;
  const { text } = field.file;
  if (typeof scalar.value === 'number') {
    const written = mistypeNumber(scalar.value, seed, new Set([...valuesBeside(end)].map(Number)));
    if (written === undefined) return 'no other legal value';
    return {
      edits: [replaceScalar(text, scalar, written)],
      original: String(scalar.value),
      written: String(written),
    };
  }
  if (end.part === undefined) return typo('port-name')(site);
  const written = mistypeNumber(Number(end.part), seed);
  const at = text.slice(...scalar.range).lastIndexOf(`:${end.part}`);
  if (written === undefined || at === -1) return 'no other legal value';
  const start = scalar.range[0] + at + 1;
  return {
    edits: [{ range: [start, start + end.part.length], text: String(written) }],
    original: end.part,
    written: String(written),
  };
}

/** The port of a Service and its targetPort, each in the place of the other. */
function portsSwapped({ end, field }: Site): ReturnType<Mutator> {
  const target = plainScalar(field);
  const port = plainScalar(fieldOf(end.object, [...end.path.slice(0, -1), 'port']));
  if (target === undefined || port === undefined || port.file !== target.file) return notWritten;
  if (typeof target.value !== 'number' || typeof port.value !== 'number') return notWritten;
  if (target.value === port.value) return 'no other legal value';
  const { text } = field.file;
  return {
    edits: [replaceScalar(text, target, port.value), replaceScalar(text, port, target.value)],
    original: String(target.value),
    written: String(port.value),
  };
}

function keyRenamed({ field: { entry, holder, file }, seed }: Site): ReturnType<Mutator> {
  if (entry === undefined || holder?.type !== 'map') return notWritten;
  if (entry.merged === true) return 'shared with other objects by an anchor';
  const written = renameKey(entry.key, seed, new Set(holder.entries.map(({ key }) => key)));
  if (written === undefined) return 'no other legal value';
  return {
    edits: [replaceScalar(file.text, { range: entry.keyRange }, written)],
    original: entry.key,
    written,
  };
}

/**
 * Off the template; a label that the workload's own selector wants goes from both, as the API
 * server would refuse it otherwise.
 */
function labelRemoved({ end, field }: Site): ReturnType<Mutator> {
  const labels = holdingMap(field);
  const key = lastStep(end);
  const { text } = field.file;
  const edit = field.entry && labels && removeEntry(text, labels, key);
  if (edit === undefined) return notWritten;
  const own = ownSelector(end);
  const wanted = own?.map && entryOf(own.map, key);
  if (own === undefined || wanted === undefined)
    return { edits: [edit], original: key, written: '' };
  if (own.map.entries.length === 1) return 'the API server insists on it';
  const other = own.file === field.file ? removeEntry(text, own.map, key) : undefined;
  if (other === undefined) return notWritten;
  return overlap(edit, other)
    ? 'shared with other objects by an anchor'
    : { edits: [edit, other], original: key, written: '' };
}

/** Somebody renames a workload's labels and forgets who selects by them. */
function labelChanged({ end, field, seed }: Site): ReturnType<Mutator> {
  const scalar = plainScalar(field);
  if (scalar === undefined || typeof scalar.value !== 'string') return notWritten;
  const written = misspell(scalar.value, 'label-value', seed);
  if (written === undefined) return 'no other legal value';
  const edits = [replaceScalar(field.file.text, scalar, written)];
  const own = ownSelector(end);
  const wanted = own && childOf(own.map, lastStep(end));
  if (wanted?.type === 'scalar' && wanted.range[0] !== scalar.range[0]) {
    if (own?.file !== field.file) return notWritten;
    edits.push(replaceScalar(field.file.text, wanted, written));
  }
  return { edits, original: scalar.value, written };
}

/**
 * The selector by which a workload knows its own pods: `matchLabels`, or a ReplicationController's
 * plain map.
 */
function ownSelector({
  object,
  path,
}: Target): { readonly map: MapNode; readonly file: SourceFile } | undefined {
  const template = path.lastIndexOf('template');
  if (template === -1) return undefined;
  const selector = [...path.slice(0, template), 'selector'];
  const { node, file } = fieldOf(
    object,
    object.kind === 'ReplicationController' ? selector : [...selector, 'matchLabels'],
  );
  return node?.type === 'map' ? { map: node, file } : undefined;
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.range[0] < b.range[1] && b.range[0] < a.range[1];
}

/**
 * Another one of the picture, `default`, or the same misspelt. A Service that leaves its namespace
 * open is left alone: kubectl decides.
 */
function otherNamespace({ field, seed, namespaces }: Site): ReturnType<Mutator> {
  const scalar = plainScalar(field);
  if (scalar === undefined || typeof scalar.value !== 'string')
    return 'its namespace is left to kubectl';
  const original = scalar.value;
  const others = [...new Set([...namespaces, 'default'])]
    .filter((namespace) => namespace !== original)
    .sort();
  const written =
    seed % 2 === 0
      ? others[(seed >>> 1) % others.length]
      : misspell(original, 'dns-label', seed >>> 1, new Set(namespaces));
  if (written === undefined) return 'no other legal value';
  return { edits: [replaceScalar(field.file.text, scalar, written)], original, written };
}

function otherProtocol({ field }: Site): ReturnType<Mutator> {
  const { file, node } = field;
  const port = holdingMap(field);
  if (port === undefined) return notWritten;
  const protocol = plainScalar(field);
  const original = protocol === undefined ? 'TCP' : String(protocol.value);
  const written = original === 'TCP' ? 'UDP' : 'TCP';
  if (protocol !== undefined)
    return { edits: [replaceScalar(file.text, protocol, written)], original, written };
  const last = entryOf(port, 'port') ?? entryOf(port, 'containerPort');
  if (node !== undefined || last === undefined || last.merged === true) return notWritten;
  return { edits: [insertAfter(file.text, port, last, 'protocol', written)], original, written };
}
