/** Inside of a pod: a probe or hook names a port of its own container. */
import type { Cluster } from '../../src/cluster/cluster.ts';
import { runningContainers } from '../../src/cluster/containers.ts';
import { fieldsAt } from './fields.ts';
import type { Link } from './link.ts';
import { podPath } from './service-links.ts';

const handlers = ['httpGet', 'tcpSocket'];
const users = [
  'readinessProbe',
  'livenessProbe',
  'startupProbe',
  'lifecycle.postStart',
  'lifecycle.preStop',
];

export function podLinks({ pods }: Cluster): Link[] {
  const links: Link[] = [];
  for (const set of pods.all) {
    for (const { container, path } of runningContainers(set.spec)) {
      const fields = users.flatMap((user) =>
        handlers.flatMap((handler) => fieldsAt(container, `${user}.${handler}.port`)),
      );
      for (const field of fields) {
        const index = (container.ports ?? []).findIndex(({ name }) => name === field.value);
        if (index === -1) continue;
        const object = set.workload.source;
        const inPod = podPath(set, 'spec', ...path, ...field.path);
        links.push({
          kind: 'probe',
          identity: [object, inPod.join('.')],
          ends: [
            { object, path: inPod, aspect: 'port', mutations: ['probe-port-name'] },
            {
              object,
              path: podPath(set, 'spec', ...path, 'ports', index, 'name'),
              aspect: 'port',
              mutations: ['probed-port-name'],
            },
          ],
        });
      }
    }
  }
  return links;
}
