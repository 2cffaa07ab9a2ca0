/**
 * Applies a template to a value, and prints what it gives as kubectl does.
 *
 * @source kubernetes/kubernetes staging/src/k8s.io/client-go/util/jsonpath/jsonpath.go
 *   `FindResults`, `PrintResults`, `walk` @v1.36.3
 */
import { type Json, withSortedKeys } from '../../kubernetes/json.ts';
import { pushAll } from '../../lists.ts';
import { getOwn } from '../../own.ts';
import { mostTemplateResults } from '../../text/limits.ts';
import { jsonText, printableLines } from '../safe-text.ts';
import {
  type Filter,
  type Operator,
  type Slice,
  type Step,
  type Template,
  TemplateError,
} from './template.ts';

/**
 * @param asJson every result of a path as a JSON list, as `-o jsonpath-as-json=` has it. @throws
 * TemplateError
 */
export function render(template: Template, value: unknown, asJson = false): string {
  return template
    .map((part) => {
      if (part.kind === 'text') return asJson ? listText([part.text]) : part.text;
      const results = walk([value], part.steps);
      if (part.kind === 'range')
        return results.map((result) => render(part.body, result, asJson)).join('');
      return asJson ? listText(results) : results.map(shownText).join(' ');
    })
    .join('');
}

/** What a manifest holds steers no terminal; what the template says itself is printed as it is. */
function shownText(value: unknown): string {
  return valueText(value)
    .split(/([\n\t])/)
    .map((text) => (text === '\t' ? text : printableLines(text)))
    .join('');
}

function listText(results: readonly unknown[]): string {
  return `${jsonText(withSortedKeys(results as Json[]), 4)}\n`;
}

/** As Go prints it: JSON in one line where it has parts. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  // The keys of Go's maps are sorted when they are printed.
  if (typeof value === 'object')
    return jsonText(withSortedKeys(value as Json), 0).replace(/[<>&]/g, asGoWrites);
  return String(value);
}

/** encoding/json keeps these out of what might land in a page. */
function asGoWrites(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws TemplateError */
export function walk(values: readonly unknown[], steps: readonly Step[]): readonly unknown[] {
  return steps.reduce((current, step) => {
    const next = taken(current, step);
    if (next.length > mostTemplateResults)
      throw new TemplateError(`the template gives more than ${mostTemplateResults} results`);
    return next;
  }, values);
}

function taken(values: readonly unknown[], step: Step): readonly unknown[] {
  switch (step.kind) {
    case 'constant':
      return typeof step.value === 'string' ? [step.value] : values.map(() => step.value);
    case 'field':
      return values.flatMap((value) => fieldOf(value, step));
    case 'wildcard':
      return values.flatMap(children);
    case 'descent':
      return descended(values);
    case 'slice':
      return values.filter(isThere).flatMap((value) => sliced(value, step.slice));
    case 'union':
      return step.branches.flatMap((branch) => walk(values, branch));
    case 'filter':
      return values.filter(isThere).flatMap((value) => listOf(value).filter(holds(step.filter)));
  }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** What is not there is left out, as `kubectl get` does unless it is told otherwise. */
function fieldOf(value: unknown, { key, keys }: Step & { kind: 'field' }): readonly unknown[] {
  if (!isMap(value)) return [];
  const found = getOwn(value, key);
  if (found !== undefined) return [found];
  return keys === undefined
    ? []
    : walk(
        [value],
        keys.map((one) => ({ kind: 'field', key: one })),
      );
}

function children(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return isMap(value) ? Object.values(value) : [];
}

/** Every value that holds others, each before those in it. */
function descended(values: readonly unknown[]): readonly unknown[] {
  const found: unknown[] = [];
  const ahead = [...values].reverse();
  while (ahead.length > 0) {
    const value = ahead.pop();
    const inner = children(value);
    if (inner.length === 0) continue;
    found.push(value);
    if (found.length > mostTemplateResults) break;
    pushAll(ahead, [...inner].reverse());
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value))
    throw new TemplateError(`${isMap(value) ? 'a map' : `"${valueText(value)}"`} is no list`);
  return value as readonly unknown[];
}

function sliced(value: unknown, { from, to, step, isIndex }: Slice): readonly unknown[] {
  const list = listOf(value);
  const counted = (index: number): number => (index < 0 ? index + list.length : index);
  const first = counted(from ?? 0);
  const last = isIndex ? first + 1 : counted(to ?? list.length);
  if (first === last) return [];
  if (first < 0 || first >= list.length || last < 0 || last > list.length)
    throw new TemplateError(
      `index ${isIndex || first >= list.length ? (from ?? 0) : (to ?? 0)} is out of ` +
        `bounds: the list has ${list.length}`,
    );
  if (first > last) throw new TemplateError(`a slice from ${first} to ${last} is none`);
  return list.slice(first, last).filter((_, index) => index % step === 0);
}

function holds({ left, comparison }: Filter): (item: unknown) => boolean {
  return (item) => {
    const found = walk([item], left);
    if (comparison === undefined) return found.length > 0;
    const others = walk([item], comparison.right);
    if (found.length > 1 || others.length > 1)
      throw new TemplateError('a filter compares one value with one other');
    if (found.length === 0 || others.length === 0) return false;
    return compared(found[0], others[0], comparison.operator);
  };
}

function compared(left: unknown, right: unknown, operator: Operator): boolean {
  const same = typeof left === typeof right && typeof left !== 'object';
  if (!same)
    throw new TemplateError(`${valueText(left)} and ${valueText(right)} cannot be compared`);
  const [a, b] = [left, right] as [string | number, string | number];
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}
