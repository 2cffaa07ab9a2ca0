/**
 * Patterns over paths and names, in the dialect of globby (micromatch with `dot`): `*` and `?` stay
 * within one step of a path, `**` stands for any steps, `[a-z]` and `{a,b}` choose, `@(a|b)`,
 * `?(a)`, `*(a)` and `+(a)` repeat, `!(a)` excludes (once in a pattern), a backslash takes the next
 * character as it is.
 *
 * Patterns come from files that anybody may have written, and texts too, so nothing is handed to a
 * regular expression, which may go back and forth for ever: a pattern becomes a machine that is in
 * many states at once (Thompson, "Regular expression search algorithm", 1968), and a match takes at
 * most length of the pattern × length of the text steps, with `!(a)` that again for each place
 * where it may begin.
 */

import { mostPatternLength } from './limits.ts';

export interface GlobOptions {
  /** False: braces and parentheses stand for themselves, as for git. */
  readonly groups?: boolean;
  /** False: `a/**` is only what is below `a`, not `a` itself, as for git. */
  readonly withDirectory?: boolean;
}

/** Whether something can match anything but itself. */
export function isPattern(text: string): boolean {
  return /[*?[\]{}]|[@+!]\(/.test(text);
}

export type Matcher = (text: string) => boolean;

export function globMatcher(pattern: string, options: GlobOptions = {}): Matcher {
  const normal = pattern.replace(/^(?:\.\/)+/, '');
  if (!isPattern(normal) && !normal.includes('\\')) return (text) => text === normal;
  if (normal.length > mostPatternLength) return () => false;
  const machine = new Compiler(normal, options).compile();
  return (text) => run(machine, text);
}

export function matchesGlob(pattern: string, text: string): boolean {
  return globMatcher(pattern)(text);
}

/**
 * One state: a character that it takes, on to the next state; or, without one, states to be in as
 * well.
 */
interface State {
  /** What must not fit all that is left of the text. */
  readonly unless?: readonly State[];
  readonly takes?: (character: number) => boolean;
  readonly next: number[];
}

const slash = 0x2f;
const anyCharacter = (): boolean => true;
const inStep = (character: number): boolean => character !== slash;

/**
 * Recursive descent over the pattern; every method appends states whose end is the state that comes
 * next.
 */
class Compiler {
  readonly #pattern: string;
  readonly #groups: boolean;
  readonly #withDirectory: boolean;
  readonly #states: State[] = [];
  #at = 0;
  #excludes = false;

  constructor(pattern: string, { groups = true, withDirectory = true }: GlobOptions) {
    this.#pattern = pattern;
    this.#groups = groups;
    this.#withDirectory = withDirectory;
  }

  /** The last state is the end. */
  compile(): readonly State[] {
    this.#sequence('');
    this.#states.push({ next: [] });
    return this.#states;
  }

  #sequence(end: string): void {
    while (this.#at < this.#pattern.length && !end.includes(this.#peek())) this.#item(end);
  }

  #peek(ahead = 0): string {
    return this.#pattern[this.#at + ahead] ?? '';
  }

  #item(end: string): void {
    const character = this.#peek();
    if (this.#groups && '@?*+'.includes(character) && this.#peek(1) === '(' && this.#closes(1))
      return this.#alternatives(character, 2, '|)');
    if (this.#groups && character === '!' && this.#peek(1) === '(' && this.#exclusion()) return;
    if (character === '*') return this.#star(end);
    if (character === '?') return this.#take(inStep, 1);
    if (character === '[' && this.#bracket()) return;
    if (this.#groups && character === '{' && this.#closes(0) && this.#choice()) return;
    const trailing = character === '/' ? this.#trailingLength(end) : 0;
    if (trailing > 0) return this.#trailing(trailing);
    if (character === '\\' && this.#at + 1 < this.#pattern.length) this.#at += 1;
    this.#literal(this.#peek());
  }

  #literal(character: string): void {
    const code = character.charCodeAt(0);
    this.#take((other) => other === code, 1);
  }

  #take(takes: NonNullable<State['takes']>, characters: number): void {
    this.#states.push({ takes, next: [this.#states.length + 1] });
    this.#at += characters;
  }

  /** A state that goes over into others at once. */
  #fork(): State {
    const state: State = { next: [this.#states.length + 1] };
    this.#states.push(state);
    return state;
  }

  /** Any number of them. */
  #repeat(takes: NonNullable<State['takes']>): void {
    const start = this.#states.length;
    const fork = this.#fork();
    this.#states.push({ takes, next: [start] });
    fork.next.push(this.#states.length);
  }

  #star(end: string): void {
    let stars = 1;
    while (this.#peek(stars) === '*') stars += 1;
    const before = this.#pattern[this.#at - 1] ?? '/';
    const after = this.#peek(stars);
    const startsStep = '/{,(|'.includes(before);
    if (stars >= 2 && startsStep && after === '/') {
      // Any steps with a slash behind each, or none.
      const fork = this.#fork();
      this.#repeat(anyCharacter);
      this.#at += stars;
      this.#literal('/');
      fork.next.push(this.#states.length);
    } else {
      const isRest = stars >= 2 && startsStep && (after === '' || end.includes(after));
      this.#repeat(isRest ? anyCharacter : inStep);
      this.#at += stars;
    }
  }

  /**
   * `a/**` is `a` and everything below it; of `a*` followed by it only what is below, as in
   * micromatch: `*` and everything below would be all.
   * @returns how long such an end is, 0 where there is none
   */
  #trailingLength(end: string): number {
    if (this.#pattern[this.#at - 1] === '*') return 0;
    let length = 0;
    while (this.#pattern.startsWith('/**', this.#at + length)) length += 3;
    const after = this.#peek(length);
    return this.#withDirectory && (after === '' || end.includes(after)) ? length : 0;
  }

  #trailing(length: number): void {
    const fork = this.#fork();
    this.#literal('/');
    this.#repeat(anyCharacter);
    this.#at += length - 1;
    fork.next.push(this.#states.length);
  }

  /** Whether the bracket that opens `ahead` of here is closed again. */
  #closes(ahead: number): boolean {
    const open = this.#peek(ahead);
    const close = open === '(' ? ')' : '}';
    let depth = 0;
    for (let at = this.#at + ahead; at < this.#pattern.length; at += 1) {
      const character = this.#pattern[at];
      if (character === '\\') at += 1;
      else if (character === open) depth += 1;
      else if (character === close && --depth === 0) return true;
    }
    return false;
  }

  /** `{a,b}`; braces without a comma stand for themselves. */
  #choice(): boolean {
    let depth = 0;
    for (let at = this.#at; at < this.#pattern.length; at += 1) {
      const character = this.#pattern[at];
      if (character === '\\') at += 1;
      else if (character === '{') depth += 1;
      else if (character === '}' && --depth === 0) return false;
      else if (character === ',' && depth === 1) {
        this.#alternatives('@', 1, ',}');
        return true;
      }
    }
    return false;
  }

  /** @param ends what separates alternatives, and what ends them */
  #alternatives(kind: string, opening: number, ends: string): void {
    this.#at += opening;
    const start = this.#states.length;
    const fork = this.#fork();
    fork.next.pop();
    const tails: State[] = [];
    do {
      fork.next.push(this.#states.length);
      this.#sequence(ends);
      const tail = this.#fork();
      tail.next.pop();
      tails.push(tail);
      this.#at += 1;
    } while (this.#pattern[this.#at - 1] === ends[0]);
    const end = this.#states.length;
    for (const tail of tails) tail.next.push(kind === '*' || kind === '+' ? start : end);
    if (kind === '+') for (const tail of tails) tail.next.push(end);
    if (kind === '*' || kind === '?') fork.next.push(end);
  }

  /**
   * `!(a|b)`: anything within the step, unless `a` or `b` and the rest of the pattern stand there.
   * Inside of other groups there is none.
   */
  #exclusion(): boolean {
    if (this.#excludes || !this.#closes(1)) return false;
    this.#excludes = true;
    const rest = `@${this.#pattern.slice(this.#at + 1)}`;
    const options = { groups: this.#groups, withDirectory: this.#withDirectory };
    const compiler = new Compiler(rest, options);
    compiler.#excludes = true;
    this.#states.push({ unless: compiler.compile(), next: [this.#states.length + 1] });
    let depth = 0;
    do {
      this.#at += 1;
      if (this.#peek() === '\\') this.#at += 1;
      else if (this.#peek() === '(') depth += 1;
      else if (this.#peek() === ')') depth -= 1;
    } while (depth > 0);
    this.#at += 1;
    this.#repeat(inStep);
    return true;
  }

  /** `[a-z]`, `[!a-z]`, `[[:digit:]]`; one that is not closed stands for itself. */
  #bracket(): boolean {
    let at = this.#at + 1;
    const negated = this.#pattern[at] === '!' || this.#pattern[at] === '^';
    if (negated) at += 1;
    const first = at;
    const tests: ((character: number) => boolean)[] = [];
    for (; at < this.#pattern.length; at += 1) {
      const named = /^\[:(\w{1,8}):\]/.exec(this.#pattern.slice(at, at + 14));
      const test = named === null ? undefined : classes.get(named[1] ?? '');
      if (named !== null && test !== undefined) {
        tests.push(test);
        at += named[0].length - 1;
        continue;
      }
      if (this.#pattern[at] === ']' && at > first) {
        this.#take(
          (character) => character !== slash && tests.some((holds) => holds(character)) !== negated,
          at + 1 - this.#at,
        );
        return true;
      }
      if (this.#pattern[at] === '\\') at += 1;
      const low = this.#pattern.charCodeAt(at);
      const isRange = this.#pattern[at + 1] === '-' && !']'.includes(this.#pattern[at + 2] ?? ']');
      if (isRange) at += this.#pattern[at + 2] === '\\' ? 3 : 2;
      const high = this.#pattern.charCodeAt(at);
      tests.push((character) => character >= low && character <= high);
    }
    return false;
  }
}

const classes: ReadonlyMap<string, (character: number) => boolean> = new Map(
  Object.entries({
    alnum: /[a-z0-9]/i,
    alpha: /[a-z]/i,
    digit: /[0-9]/,
    lower: /[a-z]/,
    upper: /[A-Z]/,
    space: /\s/,
    punct: /[!-/:-@[-`{-~]/,
    xdigit: /[0-9a-f]/i,
    word: /\w/,
  }).map(([name, form]) => [name, (character) => form.test(String.fromCharCode(character))]),
);

function run(states: readonly State[], text: string): boolean {
  const end = states.length - 1;
  // In which step a state was last entered, so that none is entered twice in one.
  const entered = new Int32Array(states.length).fill(-1);
  const enter = (state: number, step: number, into: number[]): void => {
    const open = [state];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (entered[next] === step) continue;
      entered[next] = step;
      const found = states[next];
      if (found?.unless !== undefined && run(found.unless, text.slice(step))) continue;
      if (found?.takes !== undefined || next === end) into.push(next);
      else for (const other of found?.next ?? []) open.push(other);
    }
  };
  let current: number[] = [];
  enter(0, 0, current);
  for (let at = 0; at < text.length && current.length > 0; at += 1) {
    const character = text.charCodeAt(at);
    const following: number[] = [];
    for (const state of current) {
      const { takes, next } = states[state] ?? { next: [] };
      if (takes?.(character) === true) enter(next[0] ?? end, at + 1, following);
    }
    current = following;
  }
  return current.includes(end);
}
