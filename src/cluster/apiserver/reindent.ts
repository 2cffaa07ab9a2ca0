/**
 * The indentation of an object all of whose lines begin in the first column, as what is copied from
 * a web page may: each key goes where the types of the API have it. Undefined where they leave no
 * way, or more than one.
 */
import { getOwn } from '../../own.ts';
import type { MinorVersion } from '../options.ts';
import { type FieldType, groupOfApiVersion, type StructType, structType } from './struct-type.ts';

/** Longer objects, and those that take more tries, are left to their owner. */
const mostLines = 400;
const mostTries = 20_000;

interface Line {
  /** It begins an item of a list. */
  readonly dash: boolean;
  /** Undefined of an item that is a bare value. */
  readonly key: string | undefined;
  /** Empty where a mapping or a list is to follow. */
  readonly value: string;
}

/** Something that lines go into; frames are never changed, so that tries do not meet. */
interface Frame {
  readonly type: FieldType & { readonly type: 'struct' | 'list' | 'map' };
  readonly indent: number;
  readonly used: readonly string[];
}

/** What an object of these types cannot be without. */
const required: Readonly<Record<string, readonly string[]>> = {
  Container: ['name'],
  ContainerPort: ['containerPort'],
  ServicePort: ['port'],
  EnvVar: ['name'],
  VolumeMount: ['name', 'mountPath'],
  Volume: ['name'],
};

export function reindent(
  text: string,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  minor: MinorVersion,
): string | undefined {
  const lines = text.split('\n');
  if (lines.length > mostLines) return undefined;
  const parsed = lines.map(parseLine);
  const content = parsed.filter((line): line is Line => line !== null && line !== undefined);
  if (parsed.includes(undefined)) return undefined;
  const root: Frame = {
    type: {
      type: 'struct',
      go: kind,
      struct: () => structType(groupOfApiVersion(apiVersion), kind),
    },
    indent: 0,
    used: [],
  };
  if (structOf(root)?.fields.has('metadata') !== true) return undefined;
  const found = new Search(content, minor).indents(root);
  if (found === undefined) return undefined;
  // A comment belongs to what is below it.
  let next = content.length;
  const written = lines
    .map((_, index) => lines.length - 1 - index)
    .map((index) => {
      const line = lines[index] ?? '';
      if (parsed[index] !== null) next -= 1;
      const indent = /^\s*$/.test(line) ? 0 : (found[next] ?? 0);
      return ' '.repeat(indent) + line;
    });
  return written.reverse().join('\n');
}

/**
 * Null for blank lines and comments; undefined for what is not `key: value`, `- key: value` or `-
 * value`.
 */
function parseLine(text: string): Line | null | undefined {
  if (/^\s*(?:#.*)?$/.test(text)) return null;
  const [, dash = '', rest = ''] = /^(- +|-$)?(.*)$/s.exec(text.trimEnd()) ?? [];
  const pair = /^(?:"([^"]*)"|'([^']*)'|([\w./-]+)):(?: (.*))?$/s.exec(rest);
  if (pair === null) return dash === '' ? undefined : { dash: true, key: undefined, value: rest };
  const value = (pair[4] ?? '')
    .split(/(?:^| )#/, 1)
    .join('')
    .trim();
  // Lines of a text cannot be told from others any more.
  if (/^[|>]/.test(value)) return undefined;
  return { dash: dash !== '', key: pair[1] ?? pair[2] ?? pair[3] ?? '', value };
}

/** Every way in which lines can be indented, until there are two. */
class Search {
  readonly #lines: readonly Line[];
  readonly #minor: MinorVersion;
  readonly #found: number[][] = [];
  #tries = 0;

  constructor(lines: readonly Line[], minor: MinorVersion) {
    this.#lines = lines;
    this.#minor = minor;
  }

  indents(root: Frame): readonly number[] | undefined {
    this.#place(0, [root], []);
    const [only, ...others] = this.#found;
    return others.length === 0 && this.#tries < mostTries ? only : undefined;
  }

  #place(index: number, stack: readonly Frame[], indents: readonly number[]): void {
    if (this.#found.length > 1 || ++this.#tries >= mostTries) return;
    const line = this.#lines[index];
    if (line === undefined) {
      if (stack.every(isComplete) && stack[0]?.used.includes('metadata') === true)
        this.#found.push([...indents]);
      return;
    }
    for (let depth = stack.length - 1; depth >= 0; depth--) {
      for (const { frames, indent } of this.#ways(line, stack.slice(0, depth + 1)))
        this.#place(index + 1, frames, [...indents, indent]);
      const closed = stack[depth];
      if (closed === undefined || !isComplete(closed)) return;
    }
  }

  /** The ways to put a line into the last frame: none or one. */
  #ways(line: Line, stack: readonly Frame[]): { frames: readonly Frame[]; indent: number }[] {
    const frame = stack.at(-1);
    if (frame === undefined) return [];
    const above = stack.slice(0, -1);
    const { type, indent } = frame;
    if (line.dash) {
      if (type.type !== 'list') return [];
      const list: Frame = { ...frame, used: ['-'] };
      if (line.key === undefined)
        return fits(line.value, type.element) && line.value !== ''
          ? [{ frames: [...above, list], indent }]
          : [];
      if (type.element.type !== 'struct') return [];
      const item: Frame = { type: type.element, indent: indent + 2, used: [] };
      return this.#keyed({ ...line, key: line.key }, item, [...above, list], indent);
    }
    return line.key === undefined || type.type === 'list'
      ? []
      : this.#keyed({ ...line, key: line.key }, frame, above, indent);
  }

  #keyed(
    { key, value }: Line & { readonly key: string },
    frame: Frame,
    above: readonly Frame[],
    indent: number,
  ): { frames: readonly Frame[]; indent: number }[] {
    if (frame.used.includes(key)) return [];
    const type = this.#typeOf(frame, key);
    if (type === undefined || !fits(value, type)) return [];
    const filled: Frame = { ...frame, used: [...frame.used, key] };
    const opens = type.type === 'struct' || type.type === 'list' || type.type === 'map';
    if (!opens || value !== '') return [{ frames: [...above, filled], indent }];
    const inner: Frame = { type, indent: frame.indent + 2, used: [] };
    return [{ frames: [...above, filled, inner], indent }];
  }

  #typeOf(frame: Frame, key: string): FieldType | undefined {
    if (frame.type.type === 'map') return frame.type.element;
    const field = structOf(frame)?.fields.get(key);
    return field !== undefined && field.since <= this.#minor && this.#minor <= field.until
      ? field.type
      : undefined;
  }
}

function structOf({ type }: Frame): StructType | undefined {
  return type.type === 'struct' ? type.struct() : undefined;
}

/** It holds something, and what it cannot be without. */
function isComplete(frame: Frame): boolean {
  const name = structOf(frame)?.name;
  const wanted =
    frame.indent === 2 && name === 'ObjectMeta' ? ['name'] : (getOwn(required, name ?? '') ?? []);
  return frame.used.length > 0 && wanted.every((key) => frame.used.includes(key));
}

/** Whether a text behind a colon can be of a type. */
function fits(value: string, type: FieldType): boolean {
  const isQuoted = /^["']/.test(value);
  switch (type.type) {
    case 'struct':
    case 'map':
      return value === '' || value.startsWith('{');
    case 'list':
      return value === '' || value.startsWith('[');
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'int32':
    case 'int64':
      return /^-?\d+$/.test(value);
    case 'any':
      return true;
    case 'string':
      return value !== '' && (isQuoted || !/^(?:-?\d+(?:\.\d+)?|true|false|[{[].*)$/.test(value));
    default:
      return value !== '' && !/^[{[]/.test(value);
  }
}
