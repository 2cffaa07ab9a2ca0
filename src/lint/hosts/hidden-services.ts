/** Services that pods name, and that settings of the pods themselves keep them from finding. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { lookUp, namespaceOf } from '../references/reference.ts';
import type { RuleContext } from '../rule.ts';
import { dnsTarget } from './dns-names.ts';
import { hides, type Setting, settingOf } from './dns-settings.ts';
import { namingTexts, type SpokenHost } from './spoken-hosts.ts';

type Context = Pick<RuleContext<never>, 'cluster' | 'unseen' | 'unit'>;

export interface HiddenService {
  readonly set: PodSet;
  readonly setting: Setting;
  /** The first of the names that are not found. */
  readonly name: SpokenHost;
  readonly service: ClusterObject;
  /** Of the Service, as every resolver of the cluster finds it. */
  readonly fullName: string;
}

/** One name for each workload is enough: the setting is to blame, not the name. */
export function* hiddenServices(context: Context): Iterable<HiddenService> {
  const { cluster } = context;
  const sets = new Map(cluster.pods.all.map((set) => [set.workload, set]));
  for (const { given, hosts } of namingTexts(cluster)) {
    const set = sets.get(given.object);
    const setting = set === undefined ? undefined : settingOf(set.spec);
    if (set === undefined || setting === undefined) continue;
    for (const name of hosts) {
      const found = hiddenBy(setting, name, given.object, context);
      if (found === undefined) continue;
      yield { set, setting, name, ...found };
      sets.delete(given.object);
      break;
    }
  }
}

/** The Service that a host means, if there is one, and the setting hides it. */
function hiddenBy(
  setting: Setting,
  name: SpokenHost,
  from: ClusterObject,
  context: Context,
): Pick<HiddenService, 'service' | 'fullName'> | undefined {
  const { cluster } = context;
  const target = dnsTarget(name.host, namespaceOf(from, cluster), cluster);
  if (target === undefined) return undefined;
  const { pod, service, namespace } = target;
  const fullName = `${service}.${namespace}.svc.cluster.local`;
  if (!hides(setting, name, pod === undefined ? fullName : `${pod}.${fullName}`)) return undefined;
  const wanted = { group: '', kind: 'Service', namespace, name: service };
  const lookup = lookUp(context, from, wanted, { loose: true });
  return lookup.state === 'found' ? { service: lookup.object, fullName } : undefined;
}

/** An address that `hostAliases` give to the name of a Service. */
export interface AliasedService {
  readonly set: PodSet;
  /** From the workload to the name. */
  readonly at: Path;
  readonly host: string;
  readonly ip: string;
  readonly service: ClusterObject;
}

export function aliasedServices(cluster: Cluster): AliasedService[] {
  return cluster.pods.all.flatMap((set) =>
    (set.spec.hostAliases ?? []).flatMap(({ hostnames = [], ip = '' }, index) =>
      hostnames.flatMap((host, number): AliasedService[] => {
        const target = dnsTarget(host, set.namespace, cluster);
        const key = `${target?.namespace ?? ''}/${target?.service ?? ''}`;
        const found = cluster.servicesByName.get(key);
        if (found === undefined || target?.pod !== undefined) return [];
        if (isLocal(ip) && mayAnswer(set, found)) return [];
        const service = found.object;
        const path = ['spec', 'hostAliases', index, 'hostnames', number];
        return [{ set, at: [...set.templatePath, ...path], host, ip, service }];
      }),
    ),
  );
}

const isLocal = (ip: string): boolean => /^(127\.|::1$|0\.0\.0\.0$)/.test(ip);

/**
 * Whether pods may answer for a Service themselves: they are behind it, a proxy stands among them,
 * or they declare a port of its.
 */
function mayAnswer({ workload, spec }: PodSet, { ports, backends }: ServicePicture): boolean {
  const own = new Set<unknown>(
    declaredPorts(spec).flatMap(({ port }) => [port.containerPort, port.name]),
  );
  return (
    (spec.containers ?? []).length !== 1 ||
    ports.some(({ port, targetPort }) => own.has(targetPort ?? port)) ||
    backends.some(({ members }) => members.set.workload === workload)
  );
}
