/** The prediction against a dump, Service by Service and port by port. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { whyPort } from '../lint/endpoints/why-none.ts';
import type { Unseen } from '../lint/unseen/unseen.ts';
import { locateAcross } from '../manifest/node.ts';
import { type Drift, driftOf } from './drift.ts';
import type { Dump, DumpedService } from './dump.ts';
import { type Expected, expectedEndpoints } from './expected.ts';
import type { Verdict } from './verdict.ts';
import { whyDifferent } from './why-different.ts';

export interface EndpointComparison {
  /** `Deployment/web`, or an address that somebody wrote. */
  readonly workload: string;
  readonly port?: number;
  /** How many were predicted to be ready, as text: `3`, `2–5`, `one on each node`. */
  readonly predicted: string;
  readonly running: number;
  readonly notReady: number;
  readonly verdict: Verdict;
  readonly why: readonly string[];
}

export interface PortComparison {
  readonly name: string;
  readonly port?: number;
  readonly protocol: string;
  readonly endpoints: readonly EndpointComparison[];
  /** Why none was predicted. */
  readonly reason?: string;
}

export interface ServiceComparison {
  readonly namespace: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** `missing`: it is not in the dump. */
  readonly state: 'equal' | 'different' | 'unknown' | 'missing';
  readonly ports: readonly PortComparison[];
  readonly drift: readonly Drift[];
}

export interface Comparison {
  readonly services: readonly ServiceComparison[];
  /** Services of namespaces that the manifests fill, which only the dump has: `namespace/name`. */
  readonly onlyInDump: readonly string[];
}

export interface Predicted {
  readonly cluster: Cluster;
  readonly unseen: Unseen;
}

export function compare(pictures: readonly Predicted[], dump: Dump): Comparison {
  const services = pictures.flatMap(({ cluster, unseen }) =>
    cluster.services.map((service) => compareService(service, cluster, unseen, dump)),
  );
  const known = new Set(services.map(({ namespace, name }) => `${namespace}/${name}`));
  const namespaces = new Set(services.map(({ namespace }) => namespace));
  const onlyInDump = [...dump.services.values()]
    .filter(
      ({ namespace, name }) => namespaces.has(namespace) && !known.has(`${namespace}/${name}`),
    )
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .filter((key) => key !== 'default/kubernetes')
    .sort();
  return { services, onlyInDump };
}

export function compareService(
  service: ServicePicture,
  cluster: Cluster,
  unseen: Unseen,
  dump: Dump,
): ServiceComparison {
  const { object } = service;
  const namespace = object.namespace ?? cluster.options.namespace;
  const { file, range } = locateAcross(object.source.document.file, object.source.node, []);
  const found = dump.services.get(`${namespace}/${object.name}`);
  const common = {
    namespace,
    name: object.name,
    file: file.path,
    line: file.position(range[0]).line,
  };
  if (found === undefined) return { ...common, state: 'missing', ports: [], drift: [] };
  const isHeadless = service.ports.length === 0 && service.headless;
  const ports = (isHeadless ? [undefined] : service.ports).map((port) =>
    comparePort(service, port, found, cluster, unseen, dump),
  );
  const drift = driftOf(service, found, cluster, dump);
  const verdicts = ports.flatMap(({ endpoints }) => endpoints.map(({ verdict }) => verdict));
  const differs =
    drift.length > 0 || verdicts.some((verdict) => verdict !== 'equal' && verdict !== 'unknown');
  const state = differs ? 'different' : verdicts.includes('unknown') ? 'unknown' : 'equal';
  return { ...common, state, ports, drift };
}

function comparePort(
  service: ServicePicture,
  port: ServicePort | undefined,
  found: DumpedService,
  cluster: Cluster,
  unseen: Unseen,
  dump: Dump,
): PortComparison {
  const { sets, isOpen } = expectedEndpoints(service, port, cluster, dump);
  const running = countRunning(found, port);
  const keys = [...new Set([...sets.keys(), ...running.keys()])].sort();
  const endpoints = keys.map((key): EndpointComparison => {
    const expected = sets.get(key);
    const [workload = '', number = ''] = key.split('\n');
    const { ready = 0, notReady = 0 } = running.get(key) ?? {};
    const verdict = verdictOf(expected, isOpen, ready, notReady);
    const subject = { service, workload, verdict, expected: expected !== undefined };
    return {
      workload,
      ...(number !== '' && { port: Number(number) }),
      predicted: expected?.text ?? '0',
      running: ready,
      notReady,
      verdict,
      why: whyDifferent(subject, found.namespace, cluster, dump),
    };
  });
  const none = [...sets.values()].every(({ most }) => most === 0);
  const reason =
    none && port !== undefined ? whyPort(service, port, cluster, unseen).reason : undefined;
  return {
    name: port?.name ?? '',
    ...(port !== undefined && { port: port.port }),
    protocol: port?.protocol ?? 'TCP',
    endpoints,
    ...(reason !== undefined && reason !== '' && { reason }),
  };
}

interface Running {
  readonly ready: number;
  readonly notReady: number;
}

/** By workload and port; a pod with addresses of two families is one. */
function countRunning(
  service: DumpedService,
  port: ServicePort | undefined,
): ReadonlyMap<string, Running> {
  const most = new Map<string, Running>();
  for (const family of service.endpoints(port)) {
    const counts = new Map<string, { ready: number; notReady: number }>();
    for (const { workload, port: number, ready } of family) {
      const key = `${workload}\n${number ?? ''}`;
      const count = counts.get(key) ?? { ready: 0, notReady: 0 };
      if (ready) count.ready++;
      else count.notReady++;
      counts.set(key, count);
    }
    for (const [key, { ready, notReady }] of counts) {
      const before = most.get(key);
      most.set(key, {
        ready: Math.max(ready, before?.ready ?? 0),
        notReady: Math.max(notReady, before?.notReady ?? 0),
      });
    }
  }
  return most;
}

function verdictOf(
  expected: Expected | undefined,
  isOpen: boolean,
  ready: number,
  notReady: number,
): Verdict {
  if (expected === undefined) {
    if (isOpen) return 'unknown';
    return ready + notReady > 0 ? 'extra' : 'equal';
  }
  const { least, most } = expected;
  if (ready > most) return most === 0 && expected.notReady === 0 ? 'extra' : 'more';
  if (ready >= least) return 'equal';
  if (notReady > 0) return 'not-ready';
  return ready === 0 ? 'missing' : 'fewer';
}
