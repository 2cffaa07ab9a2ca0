/**
 * What can be described: the kinds, how they are written, and what there is of each in a picture.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { PodSet } from '../cluster/pods.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { groupOf } from '../kubernetes/group-version.ts';
import { allWorkloads, usualApiVersion } from '../kubernetes/kinds.ts';
import { namesKind } from '../kubernetes/resource-names.ts';
import { groupBy } from '../multimap.ts';
import type { Picture } from '../project/project.ts';
import { describeEndpoints } from '../report/describe-endpoints.ts';
import { describeIngress } from '../report/describe-ingress.ts';
import { type DescribeOptions, describeService } from '../report/describe-service.ts';
import { describeWorkload } from '../report/describe-workload.ts';
import { describeWritten } from '../report/describe-written.ts';
import { type Type, typeNamed, withoutNamespace } from '../report/get/resources.ts';

export interface Described {
  /** Absent where the kind has none. */
  readonly namespace?: string;
  readonly name: string;
  /** Of a workload that stands for its pods: whether one of them has that name. */
  readonly pods?: (name: string) => boolean;
  /** Of a Service, to compare it with a dump. */
  readonly service?: ServicePicture;
  readonly picture: Picture;
  readonly text: (options: DescribeOptions) => string;
}

export interface DescribedKind {
  readonly name: string;
  readonly type: { readonly apiVersion: string; readonly kind: string };
  readonly items: (picture: Picture) => readonly Described[];
}

const kinds: readonly DescribedKind[] = [
  ...[
    { kind: 'Service', items: servicesOf },
    { kind: 'Endpoints', items: endpointsOf },
    { kind: 'Ingress', items: ingressesOf },
  ],
  ...allWorkloads.map(({ kind }) => ({
    kind,
    items: (picture: Picture) => workloadsOf(kind, picture),
  })),
].map(({ kind, items }) => ({
  name: kind.toLowerCase(),
  type: { apiVersion: usualApiVersion(kind) ?? 'v1', kind },
  items,
}));

export const describedKinds: readonly string[] = kinds.map(({ name }) => name);

/** As `get` takes them: `svc`, `deployments`, `deploy.apps`. */
export function describedKind(written: string): DescribedKind | undefined {
  return kinds.find(({ type }) => namesKind(written, type));
}

/** A kind of which there is only what somebody wrote. @param present types that were read */
export function writtenKind(written: string, present: readonly Type[]): DescribedKind | undefined {
  const type = typeNamed(written, present);
  if (type === undefined) return undefined;
  return {
    name: type.names?.singular ?? type.kind.toLowerCase(),
    type,
    items: (picture) =>
      picture.cluster.objects.ofKind(groupOf(type.apiVersion), type.kind).map((found) => {
        const object = type.namespaced === false ? withoutNamespace(found) : found;
        return {
          ...(object.namespace !== undefined && { namespace: object.namespace }),
          name: object.name,
          picture,
          text: (options) => describeWritten(object, options),
        };
      }),
  };
}

const placeOf = (
  { namespace, name }: { readonly namespace?: string; readonly name: string },
  { options }: Cluster,
): { readonly namespace: string; readonly name: string } => ({
  namespace: namespace ?? options.namespace,
  name,
});

function servicesOf(picture: Picture): Described[] {
  const { cluster, unseen } = picture;
  return cluster.services.map((service) => ({
    ...placeOf(service.object, cluster),
    service,
    picture,
    text: (options) => describeService(service, cluster, unseen, options),
  }));
}

function endpointsOf(picture: Picture): Described[] {
  const { cluster, unseen } = picture;
  return cluster.services.map((service) => ({
    ...placeOf(service.object, cluster),
    picture,
    text: (options) => describeEndpoints(service, cluster, unseen, options),
  }));
}

function ingressesOf(picture: Picture): Described[] {
  const { cluster, unseen } = picture;
  return cluster.objects.of('Ingress').map((ingress) => ({
    ...placeOf(ingress, cluster),
    picture,
    text: (options) => describeIngress(ingress, cluster, unseen, options),
  }));
}

/** Pods are described with the workload that makes them. */
function workloadsOf(kind: string, picture: Picture): Described[] {
  const { cluster } = picture;
  const sets = cluster.pods.all.filter(({ workload }) => kind === 'Pod' || workload.kind === kind);
  return [...groupBy(sets, ({ workload }) => workload)].map(([workload, own]) => ({
    ...placeOf(workload, cluster),
    ...(kind === 'Pod' && { pods: (name: string) => own.some((set) => isPodOf(set, name)) }),
    picture,
    text: (options) => describeWorkload(workload, own, cluster, options),
  }));
}

/** `db-0` of StatefulSet db. */
function isPodOf({ workload, ordinals, count }: PodSet, name: string): boolean {
  if (ordinals === undefined || !name.startsWith(`${workload.name}-`)) return false;
  const number = name.slice(workload.name.length + 1);
  const place = Number(number) - ordinals.start;
  return /^(?:0|[1-9]\d*)$/.test(number) && place >= 0 && place < count;
}
