/**
 * Objects that nobody names, and names that lead nowhere: where there is one of each, the one was
 * meant by the other.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { dataKeys } from '../../cluster/data-keys.ts';
import { madeNames } from '../../cluster/made-names.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asJsonObject, asText, fieldAt } from '../../kubernetes/json.ts';
import { keysMadeBy } from '../../kubernetes/makers.ts';
import { isBinding } from '../../kubernetes/rbac.ts';
import { remembered } from '../../memo.ts';
import { entryOf, groupByEach } from '../../multimap.ts';
import { areSiblings, coreOf, shareWord, wordsOfName } from '../../text/kind-words.ts';
import type { Unit } from '../../units/unit.ts';
import { isBound } from './bound-accounts.ts';
import { keysTaken } from './keys-read.ts';
import { type Naming, namingsOf, wantedBy } from './namings.ts';
import { type Candidate, isBeside, type Wanted } from './nearest-object.ts';

/** An object that nobody names, or what is made of one. */
interface Orphan {
  readonly name: string;
  readonly object: ClusterObject;
  readonly made?: true;
}

interface Loose {
  /** Names that lead nowhere. */
  readonly dangling: readonly string[];
  readonly orphans: readonly Orphan[];
  /** The same by the words of their names. */
  readonly danglingBy: ReadonlyMap<string, readonly string[]>;
  readonly orphansBy: ReadonlyMap<string, readonly Orphan[]>;
}

const looseIn = remembered((_: Cluster) => new Map<string, Loose>());

/**
 * What was meant by a name that leads nowhere: an object in the same directory that nobody names,
 * where it is the only one and this the only such name, or they alone share a word.
 */
export function orphanFor(
  cluster: Cluster,
  naming: Naming,
  { group, kind, namespace, name }: Wanted,
  unit: Pick<Unit, 'origin' | 'joins'>,
): Candidate | undefined {
  const isRun = kind === 'ServiceAccount' && !isBinding(naming.object.kind);
  const key = `${group}/${kind}/${namespace ?? ''}/${isRun}`;
  const { dangling, orphans, danglingBy, orphansBy } = entryOf(looseIn(cluster), key, () =>
    findLoose(cluster, group, kind, namespace, isRun),
  );
  const [orphan, ...others] =
    orphans.length === 1 && dangling.length === 1 ? orphans : twoAlike(orphansBy, name, kind);
  if (orphan === undefined || others.length > 0) return undefined;
  if (!isBeside(orphan.object, naming.object, unit)) return undefined;
  if (twoAlike(danglingBy, orphan.name, kind).some((other) => other !== name)) return undefined;
  if (!isFit(orphan, naming)) return undefined;
  // What has rights and runs nothing here may be for somebody outside.
  if (isRun && isBound(cluster, namespace, orphan.name) && !shareWord(orphan.name, name))
    return undefined;
  const { name: written, ...what } = orphan;
  return { ...what, written, difference: 'only', certain: false };
}

/**
 * Whether an object has what a reference takes: the keys that it names, else such keys as a
 * variable or a file may have. Names with a word of their own on either side are for two things
 * (`grafana-dashboards`, `grafana-datasources`) unless the keys agree.
 */
function isFit({ object, name, made }: Orphan, naming: Naming): boolean {
  const { kind, path, name: wanted } = naming.reference;
  if (kind !== 'Secret' && kind !== 'ConfigMap') return true;
  const isVolume = path.includes('volumes');
  if (made === undefined && isSomebodyElses(object, isVolume)) return false;
  const keys = made === true ? keysMadeBy(object) : keysOf(object);
  const taken = keysTaken(naming);
  if (taken.length > 0)
    return keys === undefined || taken.some(({ value }) => keys.includes(value));
  if (areSiblings(wanted, name, kind)) return false;
  if (keys === undefined) return true;
  return isVolume ? !keys.every(isInCapitals) : keys.every(isVariable);
}

/** Undefined where there may be others. */
function keysOf(object: ClusterObject): readonly string[] | undefined {
  const { names, open } = dataKeys(object);
  return open ? undefined : names;
}

const isInCapitals = (key: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(key);

/** What `envFrom` can make a variable of, and nobody would call a file. */
function isVariable(key: string): boolean {
  const isFile = /\.(?:ya?ml|json|crt|key|pem|conf|cfg|ini|toml|sh|sql|xml|py|js|properties)$/.test(
    key,
  );
  return !isFile && /^[A-Za-z_][\w.-]*$/.test(key);
}

/**
 * For pulling images, for certificates, for a program that looks for its label, or an example that
 * is to be copied.
 */
function isSomebodyElses(object: ClusterObject, isVolume: boolean): boolean {
  const { value } = object;
  const type = asText(fieldAt(value, 'type')) ?? 'Opaque';
  const labels = Object.keys(asJsonObject(fieldAt(value, 'metadata', 'labels')) ?? {});
  return (
    /^kubernetes\.io\/(?:docker|service-account)/.test(type) ||
    (type === 'kubernetes.io/tls' && !isVolume) ||
    labels.some((label) => /^(?:grafana_|argocd\.argoproj\.io\/)/.test(label)) ||
    isExample(object)
  );
}

/** To be copied, and not meant by anybody. */
export function isExample({ name }: ClusterObject): boolean {
  return /(?:^|-)(?:example|sample|template|dummy)(?:-|$)/.test(name);
}

/** Words of a name that are none for its kind. */
function wordsOf(name: string, kind: string): string[] {
  return wordsOfName(coreOf(name, kind));
}

/** What shares a word with a name: two of them at most, for one of several is none. */
function twoAlike<T>(byWord: ReadonlyMap<string, readonly T[]>, name: string, kind: string): T[] {
  const found = new Set<T>();
  for (const word of wordsOf(name, kind))
    for (const one of byWord.get(word) ?? []) {
      found.add(one);
      if (found.size === 2) return [...found];
    }
  return [...found];
}

type Names = ReadonlyMap<string | undefined, ReadonlySet<string>>;

const namesByKind = remembered((_: Cluster) => new Map<string, Names>());

/**
 * The names by which objects of a kind are asked for in a namespace.
 *
 * @param isRun accounts that something runs as: bindings do not count
 */
function namesWanted(
  cluster: Cluster,
  group: string,
  kind: string,
  namespace: string | undefined,
  isRun: boolean,
): ReadonlySet<string> {
  const names = entryOf(namesByKind(cluster), `${group}/${kind}/${isRun}`, () => {
    const byNamespace = new Map<string | undefined, Set<string>>();
    for (const naming of namingsOf(cluster, group, kind)) {
      if (isRun && isBinding(naming.object.kind)) continue;
      const wanted = wantedBy(naming, cluster);
      entryOf(byNamespace, wanted.namespace, () => new Set()).add(wanted.name);
    }
    return byNamespace;
  });
  return names.get(namespace) ?? new Set();
}

function findLoose(
  cluster: Cluster,
  group: string,
  kind: string,
  namespace: string | undefined,
  isRun: boolean,
): Loose {
  const names = namesWanted(cluster, group, kind, namespace, isRun);
  const here: Orphan[] = [
    ...cluster.objects.inNamespace(group, kind, namespace).map((object) => ({
      name: object.name,
      object,
    })),
    ...(group === '' ? madeNames(cluster, kind, namespace).all : []).map(({ name, maker }) => ({
      name,
      object: maker,
      made: true as const,
    })),
  ];
  const words = (name: string): ReadonlySet<string> => new Set(wordsOf(name, kind));
  const found = new Set(here.map(({ name }) => name));
  const dangling = [...names].filter((name) => !found.has(name));
  const orphans = here.filter(({ name }) => !names.has(name));
  return {
    dangling,
    orphans,
    danglingBy: groupByEach(dangling, words),
    orphansBy: groupByEach(orphans, ({ name }) => words(name)),
  };
}
