/** The last lines of a comparison. */
import { counted } from '../../report/text.ts';
import { firstFew } from '../../text/enumerate.ts';
import type { Comparison, ServiceComparison } from '../compare.ts';

/** So many names of Services are listed. */
const most = 10;

export function isDifferent({ state }: ServiceComparison): boolean {
  return state === 'different' || state === 'missing';
}

export function summaryText({ services, onlyInDump }: Comparison): string[] {
  const number = (state: ServiceComparison['state']): number =>
    services.filter((service) => service.state === state).length;
  const parts = [
    [number('equal'), 'equal'],
    [number('different'), 'different'],
    [number('missing'), 'not in the dump'],
    [number('unknown'), 'not known from manifests'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const lines = [
    `${counted(services.length, 'Service')}: ${told.join(', ') || 'nothing to compare'}`,
  ];
  if (onlyInDump.length > 0) lines.push(`in the dump only: ${firstFew(onlyInDump, most)}`);
  return lines;
}
