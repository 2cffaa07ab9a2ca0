/** What changes, in one sentence. */
import { counted } from '../../report/text.ts';
import { enumerate } from '../../text/enumerate.ts';
import type { DiffReport } from '../diff-report.ts';
import type { EndpointChange, EndpointChangeKind } from '../endpoint-changes.ts';

/**
 * `1 Service loses its last endpoint, 2 change; 1 finding new`; of nothing at all: `no change to
 * any endpoint`.
 */
export function diffSummary({ changes, findings }: DiffReport): string {
  const fixed = findings.fixed.length;
  const parts = [
    ...(findings.new.length > 0 ? [counted(findings.new.length, 'new finding')] : []),
    ...(findings.fixed.length > 0
      ? [`${findings.new.length > 0 ? fixed : counted(fixed, 'finding')} fixed`]
      : []),
  ];
  const endpoints =
    changes.length === 0 ? 'no change to any endpoint' : enumerate(phrases(changes));
  return [endpoints, ...(parts.length > 0 ? [parts.join(', ')] : [])].join('; ');
}

const verbs: Readonly<Record<EndpointChangeKind, readonly [one: string, many: string]>> = {
  emptied: ['loses its last endpoint', 'lose their last endpoint'],
  unknown: ['cannot be told any more', 'cannot be told any more'],
  changed: ['changes', 'change'],
  filled: ['gets its first endpoint', 'get their first endpoint'],
  known: ['can be told now', 'can be told now'],
  created: ['is new', 'are new'],
  deleted: ['is gone', 'are gone'],
};

/** Each change counts once, in however many units it happens. */
function phrases(changes: readonly EndpointChange[]): string[] {
  const counts = new Map<EndpointChangeKind, number>();
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count], index) => {
    const subject = index === 0 ? `${counted(count, 'Service')} ` : `${count} `;
    return `${subject}${verbs[kind][count === 1 ? 0 : 1]}`;
  });
}

/** `main → the working tree`. */
export function sidesText({ base, head }: DiffReport): string {
  return `${base.label} → ${head.label}`;
}

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
