/**
 * Objects of the scenarios with a field or two changed: what nobody thought of writing a scenario
 * for.
 */
import { createHash } from 'node:crypto';
import {
  fieldAt,
  isJsonObject,
  type Json,
  type JsonObject,
  type Path,
} from '../src/kubernetes/json.ts';
import { addTo, groupBy } from '../src/multimap.ts';

export interface Mutant {
  readonly object: JsonObject;
  /** What was changed, for people. */
  readonly changes: readonly string[];
}

/** Values of which each is wrong somewhere. */
const pool: readonly Json[] = [
  ...[true, false, -1, 0, 1, 2, 65_535, 65_536, 2_147_483_648, 1.5, [], {}],
  ...['', 'x', 'UPPER', 'a_b', 'a.b', 'a b', 'a/b', '../x', '/a', '-a', '1', '80', '-1', '50%'],
  ...['101%', '-1%', '1Gi', '100m', '-5', 'a'.repeat(64), 'a'.repeat(254), '*', '*.x.com', 'x.com'],
  ...['10.0.0.1', '::1', '127.0.0.1', '10.0.0.0/8', '10.0.0.0/33', 'fd00::/64', 'example.com/x'],
  ...['kubernetes.io/x', 'TCP', 'tcp', 'SCTP', 'None', 'Never', 'Always', 'OnDelete', 'Recreate'],
  ...['RollingUpdate', 'Local', 'NodePort', 'ExternalName', 'In', 'Exists', 'NoSchedule', 'Prefix'],
  ...['Bidirectional', 'Retain', 'Utilization', 'cpu', 'memory', 'storage', 'metadata.name'],
  ...['*/5 * * * *', '10s', 'ReadWriteMany', 'IPv6', 'Localhost', 'Terminating', 'BestEffort'],
  ...[[{}], ['a', 'a'], { a: 'b' }, { a: 1 }, { 'a/b/c': 'd' }],
];

/** From 0 up to 1. */
type Random = () => number;

/**
 * @param objects what mutants are made of, at least one
 * @param seed another one makes others
 */
export function* mutants(
  objects: readonly JsonObject[],
  count: number,
  seed: number,
): Generator<Mutant> {
  const known = fieldsOf(objects);
  const kinds = [...groupBy(objects, ({ kind }) => kind).values()];
  const random = randomFrom(seed);
  for (let made = 0; made < count; made += 1) {
    // Each kind as often as every other.
    const object = structuredClone(pick(pick(kinds, random), random));
    const times = 1 + Math.floor(random() ** 2 * 3);
    const changes = Array.from({ length: times }, () => change(object, known, random));
    yield { object: inOrder(object) as JsonObject, changes };
  }
}

function randomFrom(seed: number): Random {
  let asked = 0;
  return () => {
    const hash = createHash('sha256')
      .update(`${seed}/${(asked += 1)}`)
      .digest();
    return hash.readUInt32BE() / 2 ** 32;
  };
}

/** What is written below a field of this name, anywhere. */
type Fields = ReadonlyMap<string, readonly JsonObject[]>;

function fieldsOf(objects: readonly JsonObject[]): Fields {
  const found = new Map<string, JsonObject[]>();
  for (const object of objects)
    for (const path of pathsIn(object)) {
      const value = fieldAt(object, ...path);
      if (isJsonObject(value)) addTo(found, nameOf(path), value);
    }
  return found;
}

/** A value that is to be changed: `old`, which stands under `key` in `holder`. */
interface Spot {
  readonly object: JsonObject;
  readonly paths: readonly Path[];
  readonly path: Path;
  readonly holder: JsonObject;
  readonly key: string;
  readonly old: Json | undefined;
  readonly known: Fields;
  readonly random: Random;
}

/**
 * What may become of a value, each up to its share of the dice: says what was done, or undefined
 * where it does not fit, and the next one is tried.
 */
const ways: readonly (readonly [upTo: number, way: (spot: Spot) => string | undefined])[] = [
  [0.15, remove],
  [0.4, (spot) => set(spot, pick(pool.filter(isLike(spot.old)), spot.random))],
  [0.5, (spot) => set(spot, pick(pool, spot.random))],
  [0.6, repeatItem],
  [0.65, rename],
  [1, borrowField],
];

const isLike = (old: unknown) => (value: Json) => typeof value === typeof old;

function change(object: JsonObject, known: Fields, random: Random): string {
  const paths = pathsIn(object).filter(([top, field]) => top !== 'metadata' || field !== undefined);
  if (paths.length === 0) return 'nothing';
  const path = pick(paths, random);
  const holder = fieldAt(object, ...path.slice(0, -1)) as JsonObject;
  const key = String(path.at(-1));
  const spot = { object, paths, path, holder, key, old: holder[key], known, random };
  const dice = random();
  for (const [upTo, way] of ways) {
    const done = dice < upTo ? way(spot) : undefined;
    if (done !== undefined) return done;
  }
  return 'nothing';
}

function set({ path, holder, key }: Spot, value: Json, to = key): string {
  holder[to] = structuredClone(value);
  return said([...path.slice(0, -1), to], value);
}

function said(path: Path, value: Json): string {
  return `${path.join('.')}: ${JSON.stringify(value).slice(0, 100)}`;
}

function remove({ path, holder, key }: Spot): string {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return `${path.join('.')} is gone`;
}

function repeatItem(spot: Spot): string | undefined {
  const { old, random } = spot;
  const isList = Array.isArray(old) && old.length > 0;
  return isList ? set(spot, [...old, pick(old, random)]) : undefined;
}

function rename(spot: Spot): string | undefined {
  const { holder, key, old } = spot;
  if (Array.isArray(holder) || old === undefined) return undefined;
  delete holder[key];
  return set(spot, old, `${key}s`);
}

/** Something that stands below a field of this name elsewhere. */
function borrowField(spot: Spot): string {
  const { object, paths, path, known, random } = spot;
  const place = pick(
    [...paths.filter((one) => isJsonObject(fieldAt(object, ...one))), path],
    random,
  );
  const other = pick(known.get(nameOf(place)) ?? [{}], random);
  const [field, value] = pick([...Object.entries(other), ['x', 1] as const], random);
  const target = fieldAt(object, ...place);
  if (!isJsonObject(target)) return set(spot, pick(pool, random));
  target[field] = structuredClone(value);
  return said([...place, field], value);
}

/** Paths to all below an object but for what says which it is. */
function pathsIn(object: JsonObject): Path[] {
  const paths: Path[] = [];
  const walk = (value: Json | undefined, path: Path): void => {
    if (path.length > 0) paths.push(path);
    if (Array.isArray(value)) value.forEach((item, index) => walk(item, [...path, index]));
    else if (isJsonObject(value))
      for (const key of Object.keys(value)) walk(value[key], [...path, key]);
  };
  for (const [key, value] of Object.entries(object))
    if (!['apiVersion', 'kind', 'status'].includes(key)) walk(value, [key]);
  return paths;
}

/** As kubectl sends it. */
export function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key] ?? null)]));
}

/** Items are called as their list is. */
function nameOf(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string'));
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
