/** Ports that ServiceMonitors ask for and that the Services they take do not have. */
import type { Cluster } from '../../cluster/cluster.ts';
import { formatSelector } from '../../cluster/labels.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asList, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { perList } from '../../memo.ts';
import { mostMeant } from '../../text/limits.ts';
import type { Unseen } from '../unseen/unseen.ts';
import { type BestMiss, bestMiss, hasPort, isDeclared } from './monitor-ports.ts';
import type { Monitor } from './monitors.ts';

export type UnscrapedPort = {
  /** From the monitor to the port. */
  readonly at: Path;
  readonly written: string | number;
} & (
  | { readonly type: 'unknown'; readonly reason: string }
  /** No pod behind these Services declares the targetPort. */
  | { readonly type: 'undeclared'; readonly services: readonly ServicePicture[] }
  | ({ readonly type: 'miss' } & BestMiss)
);

/** What equal monitors ask of the Services that they take. */
const isFound = perList<boolean>();

/**
 * @param services those that the monitor takes for certain
 * @param open others are taken perhaps
 */
export function* unscrapedPorts(
  monitor: Monitor,
  services: readonly ServicePicture[],
  open: boolean,
  cluster: Cluster,
  unseen: Unseen,
): Iterable<UnscrapedPort> {
  const endpoints = asList(fieldAt(monitor.object.value, 'spec', 'endpoints'));
  for (const [index, endpoint] of endpoints.entries()) {
    const port = fieldAt(endpoint, 'port');
    const written = port ?? fieldAt(endpoint, 'targetPort');
    if (!isWritten(written) || isPlaceholder(written)) continue;
    const field = port === undefined ? 'targetPort' : 'port';
    if (isIn(services, field, written, cluster)) continue;
    const place = { at: ['spec', 'endpoints', index, field], written };
    if (open)
      yield {
        ...place,
        type: 'unknown',
        reason: 'whether a Service has this port depends on values that are filled in later',
      };
    else if (field === 'targetPort')
      yield { ...place, type: 'undeclared', services: services.slice(0, mostMeant) };
    else {
      const best = bestMiss(services, String(written), cluster);
      const reason = best && whyUnseen(monitor, best, unseen);
      if (reason !== undefined) yield { ...place, type: 'unknown', reason };
      else if (best !== undefined) yield { ...place, type: 'miss', ...best };
    }
  }
}

function isWritten(port: Json | undefined): port is string | number {
  return typeof port === 'number' || (typeof port === 'string' && port !== '');
}

function isIn(
  services: readonly ServicePicture[],
  field: 'port' | 'targetPort',
  written: string | number,
  { work }: Cluster,
): boolean {
  return isFound(services, `${typeof written} ${written} ${field}`, () => {
    work.spend(services.length);
    return field === 'targetPort'
      ? isDeclared(written, services)
      : services.some(({ ports }) => hasPort(ports, written));
  });
}

/** A selector for every Service takes those, too, that an operator makes. */
function whyUnseen(
  { selector, namespaces }: Monitor,
  { miss }: BestMiss,
  unseen: Unseen,
): string | undefined {
  const takesAll = formatSelector(selector) === '';
  const reason =
    takesAll && miss.id === 'otherPort' ? unseen.whyServicesUnseen(namespaces ?? []) : undefined;
  return reason && `no Service that was read has this port, but ${reason}`;
}
