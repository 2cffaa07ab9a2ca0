/** What rules say of ignores themselves: that can only be known when all others have run. */
import { mostFindings } from '../../text/limits.ts';
import { documentDraft, type Draft } from '../draft.ts';
import { countKey } from '../reporter.ts';
import type { IgnoreContext, Messages, Rule } from '../rule.ts';
import { documentSubject, type RuleSettings } from '../settings.ts';
import type { Ignores } from './ignores.ts';

export interface JudgedIgnores {
  readonly drafts: Draft[];
  readonly counts: ReadonlyMap<string, number>;
}

/** @param running the rules that are on; those of them that judge objects have run */
export function judgeIgnores(
  ignores: Ignores,
  running: readonly Rule[],
  { known, requireReason }: Pick<IgnoreContext<Messages>, 'known' | 'requireReason'>,
  settings: RuleSettings,
): JudgedIgnores {
  const drafts: Draft[] = [];
  const counts = new Map<string, number>();
  const ran = new Set(
    running.filter(({ check }) => check !== undefined).map(({ meta }) => meta.id),
  );
  for (const rule of running) {
    rule.checkIgnores?.({
      ignores,
      known,
      ran,
      requireReason,
      reportDocument(finding) {
        const key = countKey('said', rule.meta.id, finding.document.file);
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count > mostFindings) return;
        const draft = documentDraft(rule, finding);
        const subject = documentSubject(finding.document);
        const severity = settings.weigh(rule.meta, draft.severity, subject);
        if (severity !== 'off') drafts.push({ ...draft, severity });
      },
    });
  }
  return { drafts, counts };
}
