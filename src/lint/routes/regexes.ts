/** Regular expressions in routes and monitors, all of which RE2 or an engine like it reads. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { fieldAt, type Path, textsIn } from '../../kubernetes/json.ts';
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
      for (const { at, text } of textsIn(fieldAt(object.value, 'spec') ?? null, ['spec'])) {
        const isOne = fields.includes(String(at.at(-1))) && !isPlaceholder(text);
        const fault = isOne ? regexFault(text) : undefined;
        if (fault !== undefined) yield { object, at, pattern: text, fault, consequence };
      }
}
