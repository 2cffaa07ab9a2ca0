/** A trace for programs, as docs/outputs.md describes it. */
import { locateIn, referenceTo } from '../../lint/draft.ts';
import type { Place } from '../../lint/rule.ts';
import { rangeObject } from '../../report/json.ts';
import type { Tool } from '../../report/lint-report.ts';
import type { Hop, Trace } from '../hop.ts';

export interface TracedEnds {
  /** As typed. */
  readonly from: string;
  readonly to?: string;
}

export function jsonTraces({ from, to }: TracedEnds, traces: readonly Trace[], tool: Tool): string {
  const report = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    from,
    ...(to !== undefined && { to }),
    traces: traces.map(({ state, hops }) => ({ state, hops: hops.map(hopObject) })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function hopObject({ step, state, text, help, rule, place, related = [] }: Hop): object {
  return {
    step,
    state,
    text,
    ...(help !== undefined && { help }),
    ...(rule !== undefined && { rule }),
    ...(place !== undefined && placeObject(place)),
    related: related.map((other) => ({ ...placeObject(other), message: other.message })),
  };
}

function placeObject(place: Place): object {
  const { file, range } = locateIn(place);
  const { apiVersion, kind, namespace, name } = referenceTo(place.object);
  return {
    object: { apiVersion, kind, ...(namespace !== undefined && { namespace }), name },
    file: file.path,
    range: rangeObject(file, range),
  };
}
