/** Regular expressions in routes and monitors, all of which RE2 or an engine like it reads. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asJsonObject, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { regexFault } from '../../text/regex-fault.ts';

interface Reader {
  readonly group: string;
  readonly kind: string;
  /** The fields that hold one, wherever they stand in the spec. */
  readonly fields: readonly string[];
  readonly consequence: string;
}

const istio =
  'the webhook of istiod refuses it; without it Envoy rejects the whole listener or route table';
const prometheus = 'prometheus-operator leaves the whole monitor out of the configuration';

export const regexReaders: readonly Reader[] = [
  {
    group: 'networking.istio.io',
    kind: 'VirtualService',
    fields: ['regex'],
    consequence: istio,
  },
  {
    group: 'linkerd.io',
    kind: 'ServiceProfile',
    fields: ['pathRegex'],
    consequence: 'the proxies of Linkerd ignore the whole profile',
  },
  {
    group: 'projectcontour.io',
    kind: 'HTTPProxy',
    fields: ['regex'],
    consequence: 'Contour marks the HTTPProxy as invalid and does not serve it',
  },
  ...['ServiceMonitor', 'PodMonitor', 'Probe'].map((kind) => ({
    group: 'monitoring.coreos.com',
    kind,
    fields: ['regex'],
    consequence: prometheus,
  })),
];

export interface BrokenRegex {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly pattern: string;
  readonly fault: string;
  readonly consequence: string;
}

export function* brokenRegexes({ objects }: Cluster): Iterable<BrokenRegex> {
  for (const { group, kind, fields, consequence } of regexReaders)
    for (const object of objects.ofKind(group, kind))
      for (const { at, text } of textsOf(fieldAt(object.value, 'spec'), ['spec'], fields)) {
        const fault = isPlaceholder(text) ? undefined : regexFault(text);
        if (fault !== undefined) yield { object, at, pattern: text, fault, consequence };
      }
}

function* textsOf(
  value: Json | undefined,
  path: Path,
  fields: readonly string[],
): Iterable<{ readonly at: Path; readonly text: string }> {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* textsOf(item, [...path, index], fields);
  else
    for (const [key, child] of Object.entries(asJsonObject(value) ?? {}))
      if (typeof child !== 'string') yield* textsOf(child, [...path, key], fields);
      else if (fields.includes(key)) yield { at: [...path, key], text: child };
}
