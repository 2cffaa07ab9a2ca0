/** What the plain reader makes of what it reads: the tree with its places, or just the values. */
import type { Json, JsonObject } from '../kubernetes/json.ts';
import { setOwn } from '../own.ts';
import type { DuplicateKey, Entry, Node, ScalarNode } from './node.ts';

/** Makes values `T`; of a mapping that is being read it holds `M`. */
export interface Maker<T, M> {
  plain(value: ScalarNode['value'], start: number, end: number): T;
  scalar(node: ScalarNode): T;
  mapping(): M;
  /** `start` and `end` are those of the key. */
  add(map: M, key: string, start: number, end: number, value: T): void;
  endMapping(map: M, start: number, end: number): T;
  sequence(items: T[], start: number, end: number): T;
}

interface Entries {
  readonly entries: Entry[];
  /** Large mappings are searched by key. */
  byKey?: Map<string, Entry>;
}

const manyKeys = 12;

export class TreeMaker implements Maker<Node, Entries> {
  readonly duplicateKeys: DuplicateKey[] = [];

  plain(value: ScalarNode['value'], start: number, end: number): Node {
    return { type: 'scalar', range: [start, end], value, style: 'plain' };
  }

  scalar(node: ScalarNode): Node {
    return node;
  }

  mapping(): Entries {
    return { entries: [] };
  }

  /** Adds an entry; one of the same key before it goes. */
  add(map: Entries, key: string, start: number, end: number, value: Node): void {
    const { entries } = map;
    const entry: Entry = { key, keyRange: [start, end], value };
    if (map.byKey === undefined && entries.length === manyKeys)
      map.byKey = new Map(entries.map((one) => [one.key, one]));
    const lost = map.byKey === undefined ? taken(entries, key) : map.byKey.get(key);
    if (lost !== undefined)
      this.duplicateKeys.push({ key, first: lost.keyRange, second: entry.keyRange });
    if (map.byKey === undefined) entries.push(entry);
    else {
      map.byKey.delete(key);
      map.byKey.set(key, entry);
    }
  }

  endMapping({ entries, byKey }: Entries, start: number, end: number): Node {
    const inOrder = byKey === undefined ? exact(entries) : [...byKey.values()];
    return { type: 'map', range: [start, end], entries: inOrder };
  }

  sequence(items: Node[], start: number, end: number): Node {
    return { type: 'seq', range: [start, end], items: exact(items) };
  }
}

function taken(entries: Entry[], key: string): Entry | undefined {
  for (let index = entries.length - 1; index >= 0; index--)
    if (entries[index]?.key === key) return entries.splice(index, 1)[0];
  return undefined;
}

/** A list that was pushed to has room for seventeen; most hold two or three. */
function exact<T>(list: T[]): T[] {
  return list.length < 12 ? list.slice() : list;
}

export class ValueMaker implements Maker<Json, JsonObject> {
  /** A key is given twice, of which only a tree can tell. */
  isRepeated = false;

  plain(value: ScalarNode['value']): Json {
    return value;
  }

  scalar({ value }: ScalarNode): Json {
    return value;
  }

  mapping(): JsonObject {
    return {};
  }

  add(map: JsonObject, key: string, _start: number, _end: number, value: Json): void {
    if (Object.hasOwn(map, key)) this.isRepeated = true;
    setOwn(map, key, value);
  }

  endMapping(map: JsonObject): Json {
    return map;
  }

  sequence(items: Json[]): Json {
    return exact(items);
  }
}
