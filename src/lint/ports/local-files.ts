/** Files of ConfigMaps by which a server listens at localhost alone, behind a Service. */
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { findPort } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { localSetting } from '../../text/local-servers.ts';
import type { Place } from '../rule.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { isAlone, portsBeside } from './other-listeners.ts';
import { mountedFiles } from './served-files.ts';
import { toldAddresses } from './told-addresses.ts';

export interface LocalFile {
  readonly set: PodSet;
  /** From the workload to the mount of the file. */
  readonly at: Path;
  readonly file: string;
  readonly host: string;
  readonly place: Place;
  readonly service: ServicePicture;
}

export function* localFiles(cluster: Cluster): Generator<LocalFile> {
  if (cluster.objects.ofKind('', 'ConfigMap').length === 0) return;
  for (const set of cluster.pods.all) {
    const { spec, templatePath } = set;
    const [service] = spec.hostNetwork === true ? [] : servicesOf(cluster, set);
    if (service === undefined) continue;
    for (const { container, path } of runningContainers(spec)) {
      if (!isAlone(container, spec) || isOfOthers(service, set, portsBeside(container, spec)))
        continue;
      for (const { path: file, text, map, key, at } of mountedFiles(container, set, cluster)) {
        const setting = isOfServer.test(file) ? localSetting(text) : undefined;
        if (setting === undefined || toldAddresses(container).length > 0) continue;
        const { host, offset } = setting;
        const occurrence = text.slice(0, offset).split(host).length - 1;
        const place = { object: map, at: ['data', key], within: { text: host, occurrence } };
        yield { set, at: [...templatePath, 'spec', ...path, ...at], file, host, place, service };
      }
    }
  }
}

/** By their names; nginx and others with several servers in a file have words of their own. */
const isOfServer =
  /\/(?:redis[\w.-]*\.conf|my[\w.-]*\.cnf|postgresql[\w.-]*\.conf|mongod?[\w.-]*\.(?:conf|ya?ml)|(?:kibana|elasticsearch|cassandra)\.ya?ml|application[\w-]*\.properties)$/;

/** Another container takes what the Service sends. */
function isOfOthers({ ports }: ServicePicture, { spec }: PodSet, others: ReadonlySet<number>) {
  return ports.some((port) => {
    const target = findPort(spec, port, true);
    return typeof target !== 'number' || others.has(target);
  });
}
