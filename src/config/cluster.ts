/** What a configuration says of the cluster. */
import {
  type CustomWorkload,
  type FieldPath,
  parseFieldPath,
} from '../cluster/operators/custom-workloads.ts';
import { type ClusterOptions, type IPFamily, parseMinorVersion } from '../cluster/options.ts';
import { groupOf } from '../kubernetes/group-version.ts';
import { listOf } from './rule-settings.ts';
import type { Config } from './schema.ts';

/** Only what is said; a configuration that was read is free of mistakes. */
export function configuredCluster({
  namespace,
  kubernetesVersion,
  clusterFamilies,
  serviceRanges,
  workloads,
}: Config): Partial<ClusterOptions> {
  const kubernetesMinor =
    kubernetesVersion === undefined ? undefined : parseMinorVersion(String(kubernetesVersion));
  return {
    ...(namespace !== undefined && { namespace }),
    ...(kubernetesMinor !== undefined && { kubernetesMinor }),
    ...(clusterFamilies !== undefined && families(clusterFamilies)),
    ...(serviceRanges !== undefined && { serviceRanges: listOf(serviceRanges) }),
    ...(workloads !== undefined && { workloads: workloads.map(customWorkload) }),
  };
}

/** Pods have the families of Services unless it is said otherwise. */
function families(written: NonNullable<Config['clusterFamilies']>): Partial<ClusterOptions> {
  const split = isSplit(written) ? written : { services: written };
  const services: readonly IPFamily[] | undefined = split.services && listOf(split.services);
  const pods: readonly IPFamily[] | undefined =
    'pods' in split && split.pods !== undefined ? listOf(split.pods) : services;
  return {
    ...(services !== undefined && { ipFamilies: services, ipFamiliesAssumed: false }),
    ...(pods !== undefined && { podIPFamilies: pods }),
  };
}

type Families = NonNullable<Config['clusterFamilies']>;
function isSplit(written: Families): written is Exclude<Families, IPFamily | readonly IPFamily[]> {
  return typeof written === 'object' && !Array.isArray(written);
}

function customWorkload(written: NonNullable<Config['workloads']>[number]): CustomWorkload {
  const {
    apiVersion,
    kind,
    template = 'spec.template',
    replicas = 'spec.replicas',
    selector,
    exactLabels = false,
    services = [],
  } = written;
  const templates = listOf(template).filter((path) => path !== 'none');
  const selectorPath = selector === undefined ? undefined : parseFieldPath(selector);
  return {
    group: groupOf(apiVersion),
    kind,
    templates: templates.flatMap((path) => parsed(path)),
    replicas: parseFieldPath(replicas) ?? [],
    ...(selectorPath !== undefined && { selector: selectorPath }),
    exactLabels,
    services,
  };
}

function parsed(path: string): FieldPath[] {
  const steps = parseFieldPath(path);
  return steps === undefined ? [] : [steps];
}
