/**
 * Reads a template of `-o jsonpath=`: text, and paths in braces. It is kubectl's own dialect, which
 * no library for JSONPath reads: it has no functions, no scripts and no regular expressions, so
 * nothing in it is ever run.
 *
 * @source kubernetes/kubernetes staging/src/k8s.io/client-go/util/jsonpath/parser.go
 *   `parseInsideAction`, `parseArray`, `parseFilter` @v1.36.3
 */
import {
  operators,
  type Part,
  type Slice,
  type Step,
  type Template,
  TemplateError,
} from './template.ts';

interface Open {
  readonly steps: readonly Step[];
  readonly parts: Part[];
}

/** @throws TemplateError */
export function parseTemplate(text: string): Template {
  const outermost: Open = { steps: [], parts: [] };
  const open = [outermost];
  let at = 0;
  while (at < text.length) {
    const parts = (open.at(-1) ?? outermost).parts;
    const brace = text.indexOf('{', at);
    if (brace !== at) {
      parts.push({ kind: 'text', text: text.slice(at, brace === -1 ? undefined : brace) });
      if (brace === -1) break;
    }
    const { keyword, steps, end } = parseBraces(text, brace + 1);
    at = end;
    if (keyword === 'range') open.push({ steps, parts: [] });
    else if (keyword === 'end') {
      if (open.length === 1) throw new TemplateError('{end} without a {range …} before it');
      closeRange(open);
    } else parts.push({ kind: 'path', steps });
  }
  // kubectl takes a range that nothing ends for one to the end of the template.
  while (open.length > 1) closeRange(open);
  return outermost.parts;
}

function closeRange(open: Open[]): void {
  const closed = open.pop();
  if (closed !== undefined)
    open.at(-1)?.parts.push({ kind: 'range', steps: closed.steps, body: closed.parts });
}

/**
 * A path that needs no braces and no dot before it, as `--sort-by` and custom columns take it.
 * @throws TemplateError
 */
export function parsePath(text: string): readonly Step[] {
  const [, inBraces = text] = /^\{([^{}]*)\}$/.exec(text.trim()) ?? [];
  const path = /^[.[$@]/.test(inBraces) ? inBraces : `.${inBraces}`;
  return stepsOf(path);
}

interface Braces {
  readonly keyword: 'range' | 'end' | undefined;
  readonly steps: readonly Step[];
  /** Behind the closing brace. */
  readonly end: number;
}

function parseBraces(text: string, start: number): Braces {
  const reader: Reader = { text, at: start, steps: [], keyword: undefined };
  while (text[reader.at] !== '}') readStep(reader);
  return { keyword: reader.keyword, steps: reader.steps, end: reader.at + 1 };
}

/** @throws TemplateError */
function stepsOf(path: string): readonly Step[] {
  const { steps, keyword, end } = parseBraces(`${path}}`, 0);
  if (keyword !== undefined || end !== path.length + 1)
    throw new TemplateError(`"${path}" is no path`);
  return steps;
}

interface Reader {
  readonly text: string;
  at: number;
  readonly steps: Step[];
  keyword: Braces['keyword'];
}

const number = /[+-]?\d[\d.]*/y;
const word = /[\p{L}\p{Nd}_]+/uy;
/** Up to what ends a name; a backslash takes what follows into it. */
const name = /(?:\\.|[^\s.,[\]$@{}\\])*/suy;

function readStep(reader: Reader): void {
  const { text, at, steps } = reader;
  const next = text[at];
  if (next === undefined || next === '\n') throw new TemplateError('a { that no } closes');
  if (next === ' ' || next === '@' || next === '$') reader.at += 1;
  else if (next === '"' || next === "'") steps.push(constant(readQuoted(reader)));
  else if (text.startsWith('..', at)) readDescent(reader);
  else if (next === '.') {
    reader.at += 1;
    readField(reader);
  } else if (text.startsWith('[?(', at)) readFilter(reader);
  else if (next === '[') readBrackets(reader);
  else if (/[+\-\d]/.test(next)) readNumber(reader);
  else readWord(reader);
}

function constant(value: string | number | boolean): Step {
  return { kind: 'constant', value };
}

function match(pattern: RegExp, { text, at }: Reader): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function readNumber(reader: Reader): void {
  const written = match(number, reader);
  if (written === '' || Number.isNaN(Number(written)))
    throw new TemplateError(`"${written || (reader.text[reader.at] ?? '')}" is no number`);
  reader.at += written.length;
  reader.steps.push(constant(Number(written)));
}

function readWord(reader: Reader): void {
  const written = match(word, reader);
  if (written === '')
    throw new TemplateError(`"${reader.text[reader.at] ?? ''}" does not belong into a path`);
  reader.at += written.length;
  if (written === 'true' || written === 'false') reader.steps.push(constant(written === 'true'));
  else if (written === 'range' || written === 'end') reader.keyword = written;
  else throw new TemplateError(`"${written}" is no keyword: a field is written .${written}`);
}

function readDescent(reader: Reader): void {
  if (reader.steps.at(-1)?.kind === 'descent') throw new TemplateError('.. twice in a row');
  reader.at += 2;
  reader.steps.push({ kind: 'descent' });
  if (match(word, reader) !== '' || reader.text[reader.at] === '*') readField(reader);
}

function readField(reader: Reader): void {
  const written = match(name, reader);
  reader.at += written.length;
  reader.steps.push(
    written === '*' ? { kind: 'wildcard' } : { kind: 'field', key: plain(written) },
  );
}

/** `"\n"` is a line break, as in Go. */
function readQuoted(reader: Reader): string {
  const { text, at } = reader;
  const quote = text[at];
  let end = at + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) throw new TemplateError(`a ${quote} that no other one closes`);
  reader.at = end + 1;
  return text.slice(at + 1, end).replace(/\\(u[\da-f]{4}|x[\da-f]{2}|.)/gisu, unescaped);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

function unescaped(_: string, code: string): string {
  if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return escapes.get(code) ?? code;
}

function readBrackets(reader: Reader): void {
  const { text, at, steps } = reader;
  const end = text.indexOf(']', at);
  if (end === -1) throw new TemplateError('a [ that no ] closes');
  reader.at = end + 1;
  const inside = text.slice(at + 1, end);
  const branches = inside.split(',').map((entry) => bracketStep(entry.trim()));
  const [only] = branches;
  if (only !== undefined && branches.length === 1) steps.push(only);
  else steps.push({ kind: 'union', branches: branches.map((step) => [step]) });
}

function bracketStep(text: string): Step {
  const [, , key] = /^(['"])(.*)\1$/s.exec(text) ?? [];
  if (key !== undefined) {
    const keys = (key.match(/(?:\\.|[^.\\])+/gsu) ?? []).map(plain);
    return { kind: 'field', key: plain(key), ...(keys.length > 1 && { keys }) };
  }
  return { kind: 'slice', slice: sliceOf(text === '*' ? ':' : text) };
}

function plain(written: string): string {
  return written.replace(/\\(.)/gsu, '$1');
}

function sliceOf(text: string): Slice {
  const [, from, to, step] = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text) ?? [];
  if (from === undefined || (from === '' && to === undefined) || from === '-')
    throw new TemplateError(`[${text}] is no index, no list of them and no quoted key`);
  const numbered = (part: string | undefined): number | undefined =>
    part === undefined || part === '' || part === ':' ? undefined : Number(part.replace(':', ''));
  const every = numbered(step) ?? 1;
  if (!(every > 0)) throw new TemplateError('the step of a slice is 1 or more');
  return { from: numbered(from), to: numbered(to), step: every, isIndex: to === undefined };
}

/** What stands between `[?(` and the `)]` that is in no quotes. */
function readFilter(reader: Reader): void {
  const { text, at, steps } = reader;
  const start = at + '[?('.length;
  let end = start;
  while (end < text.length && text[end] !== ')') {
    const character = text[end];
    if (character === '"' || character === "'") {
      const quoted: Reader = { ...reader, at: end };
      readQuoted(quoted);
      end = quoted.at;
    } else end += 1;
  }
  if (!text.startsWith(')]', end)) throw new TemplateError('a [?( that no )] closes');
  reader.at = end + 2;
  steps.push({ kind: 'filter', filter: filterOf(text.slice(start, end)) });
}

function filterOf(text: string): (Step & { kind: 'filter' })['filter'] {
  const [, left, written, right] = /^([^!<>=~&|]+)([!<>=~&|]+)(.+)$/s.exec(text) ?? [];
  if (left === undefined || right === undefined) return { left: stepsOf(text) };
  const operator = operators.find((known) => known === written);
  if (operator === undefined)
    throw new TemplateError(
      `"${written}" is no operator of a filter: there are ${operators.join(' ')}, one in a filter`,
    );
  return { left: stepsOf(left), comparison: { operator, right: stepsOf(right) } };
}
