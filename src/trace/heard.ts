/**
 * What rules say of a place. A hop that a rule judges is not judged a second time: the rule is run
 * on the picture, and listened to where the request passes.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { Path } from '../kubernetes/json.ts';
import type { Finding, Messages, Place, Rule } from '../lint/rule.ts';
import { getOwn } from '../own.ts';
import type { Picture } from '../project/project.ts';
import type { Hop, Step } from './hop.ts';

interface Verdicts {
  readonly findings: readonly Finding<Messages, string>[];
  readonly unknowns: readonly (Place & { readonly reason: string })[];
}

const known = new WeakMap<Cluster, Map<Rule, Verdicts>>();

/** All that a rule says of a picture; it is run once, with its options as they are by default. */
function saidBy(rule: Rule, { cluster, unseen, unit }: Picture): Verdicts {
  const byRule = known.get(cluster) ?? new Map<Rule, Verdicts>();
  known.set(cluster, byRule);
  const before = byRule.get(rule);
  if (before !== undefined) return before;
  const findings: Finding<Messages, string>[] = [];
  const unknowns: (Place & { readonly reason: string })[] = [];
  const options = Object.fromEntries(
    Object.entries(rule.meta.options ?? {}).map(([name, schema]) => [name, schema.default]),
  );
  rule.check?.({
    cluster,
    unseen,
    unit,
    options,
    report: (finding) => findings.push(finding),
    reportDocument: () => undefined,
    unknown: (place) => unknowns.push(place),
  });
  const said = { findings, unknowns };
  byRule.set(rule, said);
  return said;
}

export interface Heard extends Hop {
  /** Whether the rule says it as an error: a warning may be wrong in some cluster. */
  readonly certain: boolean;
}

/**
 * What one of the rules says of a part of an object, as a hop: broken by a finding, unknown where
 * the rule leaves it open. What is said for information breaks nothing. Undefined where all are
 * silent.
 */
export function heard(
  step: Step,
  rules: readonly Rule[],
  picture: Picture,
  object: ClusterObject,
  at: Path,
): Heard | undefined {
  const isHere = (place: Place): boolean => place.object === object && startsWith(place.at, at);
  for (const rule of rules) {
    const finding = saidBy(rule, picture).findings.find(
      (one) => isHere(one) && (one.severity ?? rule.meta.severity) !== 'info',
    );
    if (finding !== undefined) return broken(step, rule, finding);
  }
  for (const rule of rules) {
    const open = saidBy(rule, picture).unknowns.find(isHere);
    if (open !== undefined)
      return {
        step,
        state: 'unknown',
        text: open.reason,
        place: placeOf(open),
        rule: rule.meta.id,
        certain: false,
      };
  }
  return undefined;
}

/**
 * Which of the rules finds fault with a part of an object, or names it as the other side, where
 * what a hop says of it is in words of its own.
 */
export function speaker(
  rules: readonly Rule[],
  picture: Picture,
  object: ClusterObject,
  at: Path,
): { readonly rule?: string } {
  const found = rules.find((rule) =>
    saidBy(rule, picture).findings.some((one) =>
      [one, ...(one.related ?? [])].some(
        (place) => place.object === object && startsWith(place.at, at),
      ),
    ),
  );
  return found === undefined ? {} : { rule: found.meta.id };
}

function broken(step: Step, rule: Rule, finding: Finding<Messages, string>): Heard {
  const { id, data, help, related, severity = rule.meta.severity } = finding;
  return {
    step,
    state: 'broken',
    text: getOwn(rule.messages, id)?.(data) ?? rule.meta.title,
    ...(help !== undefined && { help }),
    place: placeOf(finding),
    ...(related !== undefined && { related }),
    rule: rule.meta.id,
    certain: severity === 'error',
  };
}

function placeOf({ object, at, part, within }: Place): Place {
  return {
    object,
    at,
    ...(part !== undefined && { part }),
    ...(within !== undefined && { within }),
  };
}

/** Whether a path leads to a place or below it. */
export function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}
