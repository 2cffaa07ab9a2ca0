/**
 * The Service under whose name pods have DNS names of their own: `spec.serviceName` of
 * StatefulSets, `spec.subdomain` of all other pods.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import { formatPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { type Path, textsIn } from '../../kubernetes/json.ts';
import type { Place, RuleContext } from '../rule.ts';
import { runtimeKey } from '../selectors/runtime-labels.ts';
import { servicesOf } from '../selectors/services-of.ts';
import {
  type FollowOptions,
  lookUp,
  type missingMessages,
  namespaceOf,
  reportMissing,
  wantedObject,
} from './reference.ts';

/**
 * The Service that a workload names for its pods; what is missing is reported, what cannot be known
 * is counted. A workload that was read without any Service is half of something, unless a
 * kustomization says that it is all there is.
 *
 * @param extra `unlike`: the severity where no Service is called alike; a single pod has no others
 *   that would look for it
 */
export function followGoverning(
  context: RuleContext<typeof missingMessages>,
  place: Place,
  name: string,
  extra: Pick<FollowOptions, 'why' | 'severity'> & { readonly unlike?: 'info' | undefined } = {},
): ServicePicture | undefined {
  const { cluster, unit } = context;
  const { unlike, ...words } = extra;
  const namespace = namespaceOf(place.object, cluster);
  const wanted = wantedObject('v1', 'Service', namespace, name);
  const lookup = lookUp(context, place.object, wanted);
  if (lookup.state === 'found')
    return cluster.servicesByName.get(`${lookup.object.namespace}/${lookup.object.name}`);
  if (lookup.state === 'unknown')
    context.unknown({ ...place, reason: `Service "${name}" was not found, but ${lookup.reason}` });
  if (lookup.state !== 'missing') return undefined;
  const alone =
    unit.origin !== 'kustomization' &&
    !cluster.services.some(({ object }) => object.namespace === namespace);
  if (alone && lookup.nearest === undefined)
    context.unknown({
      ...place,
      reason: `Service "${name}" was not found, but no Service was read together with it`,
    });
  else
    reportMissing(context, place, wanted, lookup.nearest, {
      ...words,
      ...(lookup.nearest === undefined && unlike !== undefined && { severity: unlike }),
      instead: `write a headless Service (clusterIP: None) named ${name} that selects the pods`,
    });
  return undefined;
}

/**
 * - `takes`: its endpoints hold the pods
 * - `others`: its selector takes other pods, not these
 * - `nothing`: its selector takes no pod at all, which is a fault of its own
 * - `unselective`: it is headless and has no selector, and nothing by hand either
 * - `external`: an ExternalName, under which there are no names
 * - `open`: what it takes is not known, or is written by hand or by a program
 */
export type Governing = 'takes' | 'others' | 'nothing' | 'unselective' | 'external' | 'open';

export function governing(service: ServicePicture, set: PodSet, cluster: Cluster): Governing {
  const {
    spec,
    selector = {},
    automatic,
    backends,
    possible,
    headless,
    manualEndpoints,
    manualSlices,
    object,
  } = service;
  if (manualEndpoints !== undefined || manualSlices.length > 0 || object.incomplete.length > 0)
    return 'open';
  if (spec.type === 'ExternalName') return 'external';
  if (!automatic) return headless ? 'unselective' : 'open';
  if (backends.some(({ members }) => members.set === set)) return 'takes';
  if (
    possible.includes(set) ||
    runtimeKey({ matchLabels: selector }, set.namespace, cluster) !== undefined
  )
    return 'open';
  return backends.length + possible.length === 0 ? 'nothing' : 'others';
}

/** Headless Services whose endpoints hold the pods. */
export function headlessServices(cluster: Cluster, set: PodSet): ServicePicture[] {
  return servicesOf(cluster, set).filter(({ headless }) => headless);
}

/** Whether the containers of pods are given `$(POD_NAME).db-headless` or the like. */
export function areToldNamesOf(service: string, { spec }: PodSet): boolean {
  return runningContainers(spec).some(({ container: { args, command, env } }) =>
    [...textsIn([args ?? [], command ?? [], env ?? []], [])].some(({ text }) =>
      text.includes(`.${service}`),
    ),
  );
}

/**
 * What rules say of a Service that is there but does not give the pods their names: spread them
 * into the rule's own.
 */
export const governingMessages = {
  others: ({ service, selector }: { service: string; selector: string }) =>
    `the Service "${service}" selects ${selector}, which these pods do not have`,
  unselective: ({ service }: { service: string }) =>
    `the Service "${service}" has no selector, so it never has these pods`,
  external: ({ service }: { service: string }) =>
    `the Service "${service}" is an ExternalName, under which no pod has a name`,
};

/**
 * The finding for a Service that does not hold the pods; undefined for one that does, or may. `at`
 * is the field that names it.
 */
export function governingFinding(
  service: ServicePicture,
  set: PodSet,
  object: ClusterObject,
  cluster: Cluster,
) {
  const state = governing(service, set, cluster);
  if (state !== 'others' && state !== 'unselective' && state !== 'external') return undefined;
  const name = service.object.name;
  const labels = labelsOf(set);
  const at = ['spec', state === 'external' ? 'type' : 'selector'];
  const related = [
    { object: service.object, at, part: 'key' as const, message: `Service ${name}` },
  ];
  const common = { object, related, dependsOn: [service.object, set.workload] };
  if (state === 'others') {
    const data = { service: name, selector: formatPairs(service.selector ?? {}) };
    return {
      ...common,
      id: state,
      data,
      help: `name the headless Service that selects ${labels}, or correct its selector`,
    } as const;
  }
  const help =
    'name a headless Service (clusterIP: None) that selects ' +
    `${labels || 'the labels of the pods'}`;
  return {
    ...common,
    id: state,
    severity: state === 'external' ? 'error' : 'warning',
    data: { service: name, selector: '' },
    help,
  } as const;
}

function labelsOf({ labels }: PodSet): string {
  const known = [...labels].filter((pair): pair is [string, string] => pair[1] !== null);
  return formatPairs(Object.fromEntries(known));
}

/** Pods whose workload names the Service that gives them their names. */
export interface GovernedPods {
  readonly object: ClusterObject;
  readonly set: PodSet;
  /** From the object to the name of the Service. */
  readonly at: Path;
  /** Empty where none is named. */
  readonly name: string;
}

/** Of StatefulSets. */
export function statefulPods({ pods, objects }: Cluster): GovernedPods[] {
  const sets = new Map(pods.all.map((set) => [set.workload, set]));
  return objects.of('StatefulSet').flatMap((object) => {
    const set = sets.get(object);
    if (set === undefined || object.incomplete.length > 0) return [];
    const name = object.value.spec?.serviceName ?? '';
    return [{ object, set, at: ['spec', 'serviceName'], name }];
  });
}

/** Of objects for which an operator makes a StatefulSet. */
export function operatedPods({ pods, operators }: Cluster): GovernedPods[] {
  const sets = new Map(pods.all.map((set) => [set.workload, set]));
  return operators.all.flatMap(({ object, made }) => {
    const set = sets.get(object);
    const at = made.pods?.find(({ subdomainAt }) => subdomainAt !== undefined)?.subdomainAt;
    const name = set?.subdomain;
    return set === undefined || at === undefined || name === undefined
      ? []
      : [{ object, set, at, name }];
  });
}

/** What is said of a Service that takes the pods and is not headless. */
export const notHeadless = {
  title: 'needs its Service to be headless',
  severity: 'info',
  why:
    'the specification gives names to the endpoints of headless Services only; CoreDNS answers ' +
    'for others too, which is not a promise',
} as const;
