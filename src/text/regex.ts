/**
 * Regular expressions that a manifest holds, for programs written in Go: kustomize's targets,
 * prometheus-operator's port names. A machine in many states at once, as RE2 is: its work is at
 * most pattern × text, whatever the pattern. It reads what of RE2's syntax is written in practice:
 * literals, `.`, classes, `\d \w \s`, groups, `|`, `* + ? {n,m}`, `^` and `$`, and `(?i)`. One that
 * holds anything else, or is too large, is undefined.
 */
import { pushAll } from '../lists.ts';
import { entryOf } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { mostRegexStates } from './limits.ts';

/** Whether a text stands for any other than itself. */
export function isPattern(text: string): boolean {
  return /[.*+?|()[\]{}\\^$]/.test(text);
}

type Test = (letter: string) => boolean;

/** A state: a letter that leads on, a fork, an assertion, or the end. */
type State =
  | { readonly test: Test; next: number }
  | { readonly fork: number[] }
  | { readonly at: 'start' | 'end'; next: number };

/** A piece of the machine: where it begins, and the places that lead out of it. */
interface Piece {
  readonly start: number;
  readonly out: readonly ((to: number) => void)[];
}

class Unreadable extends Error {}

const known = new Map<string, ((text: string) => boolean) | undefined>();

/**
 * Whether a text as a whole is what the pattern says; undefined where the pattern cannot be read.
 */
export function anchoredRegex(pattern: string): ((text: string) => boolean) | undefined {
  return entryOf(known, pattern, () => {
    try {
      return new Machine(pattern).matcher();
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  });
}

const classes: Readonly<Record<string, Test>> = {
  d: (letter) => letter >= '0' && letter <= '9',
  w: (letter) => /^\w$/.test(letter),
  s: (letter) => /^[\t\n\f\r ]$/.test(letter),
};

class Machine {
  readonly #letters: readonly string[];
  readonly #states: State[] = [];
  readonly #ignoresCase: boolean;
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#ignoresCase = pattern.startsWith('(?i)');
    this.#letters = [...(this.#ignoresCase ? pattern.slice('(?i)'.length).toLowerCase() : pattern)];
  }

  matcher(): (text: string) => boolean {
    const { start, out } = this.#alternatives();
    if (this.#at < this.#letters.length) throw new Unreadable();
    const end = -1;
    for (const leave of out) leave(end);
    return (text) => this.#run(this.#ignoresCase ? text.toLowerCase() : text, start, end);
  }

  #run(text: string, start: number, end: number): boolean {
    let now = new Set<number>();
    const letters = [...text];
    const enter = (into: Set<number>, first: number, place: number): void => {
      const waiting = [first];
      for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
        if (into.has(state)) continue;
        into.add(state);
        const found = this.#states[state];
        if (found === undefined) continue;
        if ('fork' in found) pushAll(waiting, found.fork);
        else if ('at' in found && place === (found.at === 'start' ? 0 : letters.length))
          waiting.push(found.next);
      }
    };
    enter(now, start, 0);
    for (const [index, letter] of letters.entries()) {
      const then = new Set<number>();
      for (const state of now) {
        const found = this.#states[state];
        if (found !== undefined && 'test' in found && found.test(letter))
          enter(then, found.next, index + 1);
      }
      if (then.size === 0) return false;
      now = then;
    }
    return now.has(end);
  }

  #add(state: State): number {
    if (this.#states.length >= mostRegexStates) throw new Unreadable();
    return this.#states.push(state) - 1;
  }

  #alternatives(): Piece {
    this.#depth += 1;
    if (this.#depth > 50) throw new Unreadable();
    let piece = this.#sequence();
    while (this.#take('|')) piece = this.#either(piece, this.#sequence());
    this.#depth -= 1;
    return piece;
  }

  #sequence(): Piece {
    let piece = this.#nothing();
    while (this.#at < this.#letters.length && !'|)'.includes(this.#peek())) {
      const next = this.#repeated();
      for (const leave of piece.out) leave(next.start);
      piece = { start: piece.start, out: next.out };
    }
    return piece;
  }

  #repeated(): Piece {
    const from = this.#at;
    const first = this.#one();
    const quantifier = this.#quantifier();
    if (quantifier === undefined) return first;
    const to = this.#at;
    const piece = this.#times(first, quantifier, () => this.#again(from, to));
    // Whether it takes as little as it can makes no difference to a match of the whole.
    this.#take('?');
    if ('*+?{'.includes(this.#peek() || ' ')) throw new Unreadable();
    return piece;
  }

  /** The same piece once more: what stands between two places, read anew. */
  #again(from: number, to: number): Piece {
    this.#at = from;
    const piece = this.#one();
    this.#at = to;
    return piece;
  }

  #times(first: Piece, { least, most }: Quantifier, another: () => Piece): Piece {
    if (least === 0 && most === Infinity) return this.#loop(first);
    let piece = least === 0 ? (most === 0 ? this.#nothing() : this.#maybe(first)) : first;
    for (let count = 1; count < least; count += 1) piece = this.#join(piece, another());
    if (most === Infinity) return this.#join(piece, this.#loop(another()));
    for (let count = Math.max(least, 1); count < most; count += 1)
      piece = this.#join(piece, this.#maybe(another()));
    return piece;
  }

  #quantifier(): Quantifier | undefined {
    if (this.#take('*')) return { least: 0, most: Infinity };
    if (this.#take('+')) return { least: 1, most: Infinity };
    if (this.#take('?')) return { least: 0, most: 1 };
    if (this.#peek() !== '{') return undefined;
    const rest = this.#letters.slice(this.#at, this.#at + 12).join('');
    const [whole, low, comma, high] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(rest) ?? [];
    if (whole === undefined) throw new Unreadable();
    this.#at += whole.length;
    const least = Number(low);
    const most = comma === '' ? least : high === '' ? Infinity : Number(high);
    if (most < least) throw new Unreadable();
    return { least, most };
  }

  #one(): Piece {
    const letter = this.#next();
    if (letter === '(') return this.#group();
    if (letter === '[') return this.#letter(this.#class());
    if (letter === '.') return this.#letter((other) => other !== '\n');
    if (letter === '^' || letter === '$') return this.#assertion(letter === '^' ? 'start' : 'end');
    if (letter === '\\') return this.#letter(this.#escape());
    if ('*+?{)'.includes(letter)) throw new Unreadable();
    return this.#letter((other) => other === letter);
  }

  #group(): Piece {
    if (this.#take('?')) {
      if (this.#take('P')) this.#name();
      else if (!this.#take(':')) throw new Unreadable();
    }
    const piece = this.#alternatives();
    if (!this.#take(')')) throw new Unreadable();
    return piece;
  }

  #name(): void {
    if (!this.#take('<')) throw new Unreadable();
    while (!this.#take('>')) if (!/^\w$/.test(this.#next())) throw new Unreadable();
  }

  #escape(): Test {
    const letter = this.#next();
    const named = getOwn(classes, letter.toLowerCase());
    if (named !== undefined)
      return letter === letter.toLowerCase() || this.#ignoresCase
        ? named
        : (other) => !named(other);
    if (/^[a-z\d]$/i.test(letter)) throw new Unreadable();
    return (other) => other === letter;
  }

  #class(): Test {
    const negated = this.#take('^');
    const tests: Test[] = [];
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      const low = this.#next();
      if (low === '[' && this.#peek() === ':') throw new Unreadable();
      if (low === '\\' && 'dwsDWS'.includes(this.#peek() || ' ')) tests.push(this.#escape());
      else {
        const from = low === '\\' ? this.#literal() : low;
        const isRange = this.#peek() === '-' && this.#letters[this.#at + 1] !== ']';
        const to = isRange ? this.#endOfRange() : from;
        if (to < from) throw new Unreadable();
        tests.push((other) => other >= from && other <= to);
      }
    }
    this.#at += 1;
    return (other) => tests.some((test) => test(other)) !== negated;
  }

  #endOfRange(): string {
    this.#at += 1;
    const letter = this.#next();
    return letter === '\\' ? this.#literal() : letter;
  }

  #literal(): string {
    const letter = this.#next();
    if (/^[a-z\d]$/i.test(letter)) throw new Unreadable();
    return letter;
  }

  #letter(test: Test): Piece {
    const state = { test, next: 0 };
    return { start: this.#add(state), out: [(to) => (state.next = to)] };
  }

  #assertion(at: 'start' | 'end'): Piece {
    const state = { at, next: 0 };
    return { start: this.#add(state), out: [(to) => (state.next = to)] };
  }

  #nothing(): Piece {
    const fork: number[] = [];
    return { start: this.#add({ fork }), out: [(to) => void fork.push(to)] };
  }

  #join(first: Piece, second: Piece): Piece {
    for (const leave of first.out) leave(second.start);
    return { start: first.start, out: second.out };
  }

  #either(first: Piece, second: Piece): Piece {
    const start = this.#add({ fork: [first.start, second.start] });
    return { start, out: [...first.out, ...second.out] };
  }

  #maybe(piece: Piece): Piece {
    return this.#either(piece, this.#nothing());
  }

  #loop(piece: Piece): Piece {
    const fork = [piece.start];
    const start = this.#add({ fork });
    for (const leave of piece.out) leave(start);
    return { start, out: [(to) => void fork.push(to)] };
  }

  #peek(): string {
    return this.#letters[this.#at] ?? '';
  }

  #take(letter: string): boolean {
    if (this.#peek() !== letter) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const letter = this.#letters[this.#at];
    if (letter === undefined) throw new Unreadable();
    this.#at += 1;
    return letter;
  }
}

interface Quantifier {
  readonly least: number;
  readonly most: number;
}
