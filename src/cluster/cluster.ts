/** The picture: what a control plane makes of a set of objects. A pure function of the objects and of what is assumed about the cluster. */
import type { Endpoints } from 'kubernetes-types/core/v1';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import type { ManifestObject } from '../manifest/manifest.ts';
import { admit } from './apiserver/admit.ts';
import { podSets } from './controllers/workloads.ts';
import { type ClusterObject, isNamespaced, ObjectIndex } from './objects.ts';
import type { ClusterOptions } from './options.ts';
import { PodIndex } from './pods.ts';
import { predictService, type ServicePicture } from './service.ts';

export interface Cluster {
  readonly options: ClusterOptions;
  readonly objects: ObjectIndex;
  readonly pods: PodIndex;
  /** Every Service that exists, in the order read. */
  readonly services: readonly ServicePicture[];
  /** Hand-written Endpoints without a Service of that name. */
  readonly unattachedEndpoints: readonly ClusterObject<Endpoints>[];
  /** Hand-written slices without the label that names a Service, or whose Service does not exist. */
  readonly unattachedSlices: readonly ClusterObject<EndpointSlice>[];
}

/** The label by which a slice belongs to a Service. */
export const serviceNameLabel = 'kubernetes.io/service-name';

/** `objects` in the order they would be applied. */
export function predict(objects: readonly ManifestObject[], options: ClusterOptions): Cluster {
  const index = new ObjectIndex(objects.map((object) => toClusterObject(object, options)));
  const pods = new PodIndex(podSets(index, options));
  const slices = new Map<string, ClusterObject<EndpointSlice>[]>();
  const unattachedSlices: ClusterObject<EndpointSlice>[] = [];
  for (const slice of index.of('EndpointSlice')) {
    const service = slice.value.metadata?.labels?.[serviceNameLabel];
    if (service === undefined || index.find('Service', slice.namespace, service) === undefined) unattachedSlices.push(slice);
    else slices.set(`${slice.namespace}/${service}`, [...(slices.get(`${slice.namespace}/${service}`) ?? []), slice]);
  }
  const services = index.of('Service').map((service) => {
    const manual = {
      endpoints: index.find('Endpoints', service.namespace, service.name),
      slices: slices.get(`${service.namespace}/${service.name}`) ?? [],
    };
    return predictService(service, pods, manual, options);
  });
  const unattachedEndpoints = index.of('Endpoints').filter(({ namespace, name }) => index.find('Service', namespace, name) === undefined);
  return { options, objects: index, pods, services, unattachedEndpoints, unattachedSlices };
}

function toClusterObject(source: ManifestObject, options: ClusterOptions): ClusterObject {
  const { apiVersion, kind, name } = source;
  const namespace = isNamespaced(kind) ? (source.namespace ?? options.namespace) : undefined;
  const admission = admit(source, options);
  return {
    source,
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    namespaceAssumed: namespace !== undefined && source.namespace === undefined,
    get value() {
      return admission.value;
    },
    refusals: admission.refusals,
    warnings: admission.warnings,
    incomplete: admission.incomplete,
  };
}
