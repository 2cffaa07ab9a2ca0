/** A comparison for people: a line for each endpoint, and below it why it is not as predicted. */
import { largest, pushAll } from '../../lists.ts';
import { printable } from '../../report/safe-text.ts';
import type { Style } from '../../report/style.ts';
import { padEnd, wrap } from '../../report/text.ts';
import type { Comparison, ServiceComparison } from '../compare.ts';
import { isDifferent, summaryText } from './summary.ts';
import { portText, runningText, verdictWords } from './words.ts';

export interface PrettyComparisonOptions {
  readonly style: Style;
  readonly width: number;
}

export function prettyComparison(
  comparison: Comparison,
  { style, width }: PrettyComparisonOptions,
): string {
  const lines: string[] = [];
  for (const service of comparison.services) pushAll(lines, serviceLines(service, style, width));
  if (comparison.services.length > 0) lines.push('');
  for (const line of summaryText(comparison)) pushAll(lines, wrap(printable(line), width));
  return `${lines.join('\n')}\n`;
}

function serviceLines(service: ServiceComparison, style: Style, width: number): string[] {
  const { namespace, name, file, line, state, ports, drift } = service;
  const mark = isDifferent(service) ? style.red('!') : state === 'unknown' ? '?' : '=';
  const lines = [
    `${mark} ${style.bold(printable(`${namespace}/${name}`))}  ` +
      `${style.dim(printable(`${file}:${line}`))}`,
  ];
  const add = (front: string, text: string): void => {
    const room = Math.max(40, width - front.length);
    pushAll(
      lines,
      wrap(printable(text), room).map((part, index) =>
        `${index === 0 ? front : ' '.repeat(front.length)}${part}`.trimEnd(),
      ),
    );
  };
  if (state === 'missing') add('    ', 'it is not in the dump');
  const names = ports.map(portText);
  const wide = largest([0, ...names.map((text) => text.length)]);
  for (const [index, port] of ports.entries()) {
    const label = padEnd(printable(names[index] ?? ''), wide);
    if (port.endpoints.length === 0)
      add(
        `    ${label}  `,
        `equal       <none>${port.reason === undefined ? '' : `  ${port.reason}`}`,
      );
    for (const endpoint of port.endpoints) {
      add(
        `    ${label}  `,
        `${padEnd(verdictWords[endpoint.verdict], 10)}  ${runningText(endpoint)}`,
      );
      for (const why of endpoint.why) add(`    ${' '.repeat(wide)}              `, why);
    }
  }
  for (const { field, manifests, dump } of drift) {
    add('    ', `drift of ${field}`);
    add('      manifests  ', manifests);
    add('      dump       ', dump);
  }
  return lines;
}
