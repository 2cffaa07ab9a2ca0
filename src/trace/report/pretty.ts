/**
 * A trace for people: a hop a line, with its place below it, and at a broken one the other side and
 * what to do.
 */
import { locateIn } from '../../lint/draft.ts';
import type { Place } from '../../lint/rule.ts';
import { largest, pushAll } from '../../lists.ts';
import { fromTemplate } from '../../report/place.ts';
import { printable } from '../../report/safe-text.ts';
import type { Style } from '../../report/style.ts';
import { counted, padEnd, wrap } from '../../report/text.ts';
import { enumerate } from '../../text/enumerate.ts';
import type { Hop, HopState, Trace } from '../hop.ts';

export interface PrettyTraceOptions {
  readonly style: Style;
  readonly width: number;
}

const words: Readonly<Record<HopState, string>> = {
  passes: 'ok',
  broken: 'broken',
  unknown: 'unknown',
};

/** `title`: the two ends, as they were typed. */
export function prettyTraces(
  title: string,
  traces: readonly Trace[],
  { style, width }: PrettyTraceOptions,
): string {
  const lines: string[] = [];
  for (const [index, trace] of traces.entries()) {
    const way = traces.length === 1 ? '' : `  (way ${index + 1} of ${traces.length})`;
    if (index > 0) lines.push('');
    lines.push(`${style.bold(printable(title))}${way}`);
    const steps = largest(trace.hops.map(({ step }) => step.length));
    for (const hop of trace.hops) pushAll(lines, hopLines(hop, steps, style, width));
    pushAll(lines, ['', `${paint(trace.state, style)(verdict(trace))}`]);
  }
  return `${lines.join('\n')}\n`;
}

function hopLines(hop: Hop, steps: number, style: Style, width: number): string[] {
  const { state, step, text, help, place, related = [], rule } = hop;
  const indent = ' '.repeat(2 + 'unknown'.length + 2 + steps + 2);
  const room = Math.max(40, width - indent.length);
  const start =
    `  ${paint(state, style)(padEnd(words[state], 'unknown'.length))}  ` +
    `${padEnd(step, steps)}  `;
  const lines = wrap(printable(text), room).map((line, index) =>
    index === 0 ? `${start}${line}` : `${indent}${line}`,
  );
  if (place !== undefined)
    lines.push(`${indent}${style.dim(`${placeText(place)}${templateText(place)}`)}`);
  if (state === 'passes') return lines;
  const labelled = (label: string, value: string): string[] =>
    wrap(printable(`${label}: ${value}`), room).map((line) => `${indent}${line}`);
  for (const other of related.slice(0, 3))
    pushAll(lines, labelled('see', `${placeText(other)} (${other.message})`));
  if (help !== undefined) pushAll(lines, labelled('help', help));
  if (rule !== undefined && state === 'broken') pushAll(lines, labelled('rule', rule));
  return lines;
}

function verdict({ state, hops }: Trace): string {
  if (state === 'broken') return `broken at: ${hops.at(-1)?.step ?? ''}`;
  if (state === 'passes') return 'reached';
  const unknown = hops.filter((hop) => hop.state === 'unknown').map(({ step }) => step);
  return (
    `nothing is broken; not known from manifests: ${enumerate([...new Set(unknown)])} ` +
    `(${counted(unknown.length, 'hop')})`
  );
}

function paint(state: HopState, style: Style): (text: string) => string {
  return state === 'passes' ? style.green : state === 'broken' ? style.red : style.yellow;
}

function placeText(place: Place): string {
  const { file, range } = locateIn(place);
  const { line, column } = file.position(range[0]);
  return printable(`${file.path}:${line}:${column}`);
}

function templateText(place: Place): string {
  const { file, range } = locateIn(place);
  return printable(fromTemplate(file, range[0]));
}
