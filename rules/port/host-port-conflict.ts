import { hostnameLabel } from '../../src/kubernetes/labels.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { PodSet } from '../../src/cluster/pods.ts';
import { hostPorts, type HostPort, overlaps, placedWith } from '../../src/cluster/host-ports.ts';
import { appliedTogether } from '../../src/lint/together.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { addTo } from '../../src/multimap.ts';

export const hostPortConflict = defineRule({
  meta: {
    id: 'host-port-conflict',
    category: 'port',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'asks for a port of its node that is taken',
    summary: 'Two containers need the same port of the same node',
    why: 'a port of a node is had by one pod only: the scheduler leaves every further pod that asks for it Pending on that node',
    fixable: false,
  },
  messages: {
    pod: ({ port, first, second }: { port: string; first: string; second: string }) =>
      `with hostNetwork containers "${first}" and "${second}" both take port ${port} of the node`,
    pinned: ({ port, count }: { port: string; count: number }) =>
      `${count} pods are bound to one node, and only one of them can have its port ${port}`,
    everywhere: ({ port, other }: { port: string; other: string }) =>
      `port ${port} is taken by ${other} on every node that these pods can run on`,
  },
  check({ cluster, unit, report, unknown }) {
    const byPort = new Map<string, { set: PodSet; port: HostPort }[]>();
    const sets = cluster.pods.all
      .filter(({ assumed, hook }) => !assumed && hook === undefined)
      .map((set) => ({ set, ports: hostPorts(set) }))
      .filter(({ ports }) => ports.length > 0);
    for (const { set, ports } of sets) {
      if (set.workload.kind === 'DaemonSet' && set.count > 0)
        for (const port of ports) addTo(byPort, portKey(port), { set, port });
    }
    const done = new Set<PodSet>();
    for (const { set, ports } of sets) {
      const { workload: object, spec, count, countKnown } = set;
      done.add(set);
      for (const [index, port] of ports.entries()) {
        const place = { object, at: port.at };
        const twin = ports
          .slice(0, index)
          .find((other) => overlaps(other, port) && other.container !== port.container);
        if (twin !== undefined && spec.hostNetwork === true) {
          report({
            ...place,
            id: 'pod',
            data: { port: shown(port), first: twin.container, second: port.container },
            title: 'makes pods that cannot be created',
            why: 'on the network of the host each container port is a port of the node, and the API server refuses pods in which two containers have the same one',
            help: 'let one of them listen on another port, or take hostNetwork out',
            related: [{ object, at: twin.at, message: `of container "${twin.container}"` }],
          });
          continue;
        }
        if (countKnown && count > 1 && isPinned(spec)) {
          report({
            ...place,
            id: 'pinned',
            data: { port: shown(port), count },
            help: 'use a Service instead of a port of the node, or one replica',
          });
          continue;
        }
        const other = (byPort.get(portKey(port)) ?? []).find(
          (taken) =>
            taken.set.workload !== object &&
            (object.kind !== 'DaemonSet' || done.has(taken.set)) &&
            overlaps(taken.port, port) &&
            placedWith(taken.set.spec, spec),
        );
        if (other === undefined || count === 0) continue;
        const { workload } = other.set;
        if (!appliedTogether(object, workload, unit)) {
          unknown({
            ...place,
            reason: `${describeObject(workload)} in another file takes the same port: perhaps only one of them is applied`,
          });
          continue;
        }
        report({
          ...place,
          id: 'everywhere',
          data: { port: shown(port), other: describeObject(workload) },
          help: 'choose another port for one of them, or keep them apart with a nodeSelector',
          related: [{ object: workload, at: other.port.at, message: 'taken here' }],
        });
      }
    }
  },
});

const portKey = ({ number, protocol }: HostPort): string => `${number}/${protocol}`;
const shown = ({ number, protocol }: HostPort): string =>
  protocol === 'TCP' ? String(number) : portKey({ number, protocol } as HostPort);

/** All pods go to one node, whatever the cluster is like. */
function isPinned({ nodeName, nodeSelector = {} }: PodSpec): boolean {
  return nodeName !== undefined || nodeSelector[hostnameLabel] !== undefined;
}
