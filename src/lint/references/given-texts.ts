/** What containers are told: texts in which the names of Services stand. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt } from '../../kubernetes/json.ts';
import { asJsonObject, type Json, type Path } from '../../manifest/node.ts';
import type { Place } from '../rule.ts';

/** A text that a container or a file of a ConfigMap is given. */
export interface GivenText {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly text: string;
  /** Names that mean something else there. */
  readonly local: ReadonlySet<string>;
}

/** A larger ConfigMap (in characters) holds dashboards or certificates, not addresses. */
const largestSettings = 65_536;

/** Every value of `env`, `command` and `args`, and every file of a ConfigMap that was read. */
export function* givenTexts(cluster: Cluster): Generator<GivenText> {
  for (const { workload, templatePath, spec } of cluster.pods.all) {
    const lists = (['containers', 'initContainers'] as const).flatMap((list) =>
      asList(spec[list] as Json | undefined).map((container, index) => ({
        container,
        at: [...templatePath, 'spec', list, index],
      })),
    );
    const local = new Set(
      lists.flatMap(({ container }) => asText(fieldAt(container, 'name')) ?? []),
    );
    for (const { container, at } of lists) {
      for (const [index, variable] of asList(fieldAt(container, 'env')).entries()) {
        const text = asText(fieldAt(variable, 'value'));
        if (text !== undefined)
          yield { object: workload, at: [...at, 'env', index, 'value'], text, local };
      }
      for (const field of ['command', 'args']) {
        for (const [index, argument] of asList(fieldAt(container, field)).entries()) {
          const text = asText(argument);
          if (text !== undefined)
            yield { object: workload, at: [...at, field, index], text, local };
        }
      }
    }
  }
  for (const object of cluster.objects.ofKind('', 'ConfigMap')) {
    const [start, end] = object.source.node.range;
    if (end - start >= largestSettings) continue;
    for (const [key, value] of Object.entries(
      asJsonObject(fieldAt(object.value as Json, 'data')) ?? {},
    )) {
      const text = asText(value);
      if (text !== undefined) yield { object, at: ['data', key], text, local: new Set() };
    }
  }
}

/** The place of some characters of a text; which occurrence it is is counted when somebody asks. */
export function partOf({ object, at, text }: GivenText, offset: number, length: number): Place {
  const part = text.slice(offset, offset + length);
  return {
    object,
    at,
    get within() {
      return { text: part, occurrence: occurrencesBefore(text, part, offset) };
    },
  };
}

function occurrencesBefore(text: string, part: string, offset: number): number {
  let count = 0;
  for (
    let found = text.indexOf(part);
    found !== -1 && found < offset;
    found = text.indexOf(part, found + 1)
  )
    count += 1;
  return count;
}
