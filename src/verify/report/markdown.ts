/** A comparison for a comment or a step summary: what differs first, then how much is equal. */
import { pushAll } from '../../lists.ts';
import { codeSpan, inlineMarkdown } from '../../report/markdown-text.ts';
import { printable } from '../../report/safe-text.ts';
import type { Comparison, ServiceComparison } from '../compare.ts';
import { isDifferent, summaryText } from './summary.ts';
import { placeText, portText, verdictWords } from './words.ts';

/** So many Services are shown. */
const most = 100;

export function markdownComparison(comparison: Comparison): string {
  const different = comparison.services.filter(isDifferent);
  const text = (value: string): string => inlineMarkdown(printable(value));
  const lines = [
    '## kubeplumb',
    '',
    ...summaryText(comparison).flatMap((line) => [text(line), '']),
  ];
  if (different.length > 0)
    pushAll(lines, [
      '| Service | port | endpoints | predicted | ready | verdict |',
      '| --- | --- | --- | --- | --- | --- |',
      ...different.slice(0, most).flatMap((service) => rows(service, text)),
    ]);
  if (different.length > most) lines.push('', `and ${different.length - most} more`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function rows(service: ServiceComparison, text: (value: string) => string): string[] {
  const { namespace, name, state, ports, drift } = service;
  const who = codeSpan(printable(`${namespace}/${name}`));
  if (state === 'missing') return [`| ${who} |  |  |  |  | not in the dump |`];
  const endpoints = ports.flatMap((port) =>
    port.endpoints
      .filter(({ verdict }) => verdict !== 'equal')
      .map((endpoint) => {
        const why = endpoint.why.map((line) => `<br>${text(line)}`).join('');
        const place = codeSpan(printable(placeText(endpoint)));
        return (
          `| ${who} | ${text(portText(port))} | ${place} | ${text(endpoint.predicted)} | ` +
          `${endpoint.running} | ${verdictWords[endpoint.verdict]}${why} |`
        );
      }),
  );
  const drifts = drift.map(
    (one) =>
      `| ${who} |  | ${text(one.field)} | ${codeSpan(printable(one.manifests))} | ` +
      `${codeSpan(printable(one.dump))} | drift |`,
  );
  return [...endpoints, ...drifts];
}
