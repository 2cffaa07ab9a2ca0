import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { runningContainers } from '../../src/cluster/containers.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { callsTo } from '../../src/lint/calls/calls.ts';
import { mayBeMeshed } from '../../src/lint/routes/mesh.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { kedaScaled, scaledWorkloads } from '../../src/lint/scaling/scaled-workloads.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const grpcNotBalanced = defineRule({
  meta: {
    id: 'grpc-not-balanced',
    category: 'resilience',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'spreads connections, not calls',
    summary: 'Calls of gRPC go through a cluster IP, and all those of a client to one pod',
    why:
      'a cluster IP chooses a pod for each connection, and gRPC sends all calls over one that it ' +
      'keeps open (HTTP/2): pods that are added later get none, whatever the autoscaler counts',
    fixable: false,
  },
  messages: {
    sticky: ({ caller, pods }: Record<'caller' | 'pods', string>) =>
      `all calls of a pod of ${caller} go to the same one of ${pods} until it ends`,
  },
  check({ cluster, report }) {
    if (mayBeMeshed(cluster)) return;
    const scaled = new Set(
      [...scaledWorkloads(cluster), ...kedaScaled(cluster)].map(({ workload }) => workload),
    );
    for (const service of cluster.services) {
      const { object, ports, headless, backends } = service;
      const isMany =
        backends.reduce((sum, { members }) => sum + members.count, 0) > 1 ||
        backends.some(({ members }) => scaled.has(members.set.workload));
      if (headless || !isMany) continue;
      for (const [index, port] of ports.entries()) {
        const call = speaksGrpc(port, service) ? callOf(service, port, cluster) : undefined;
        const [first] = backends;
        if (call === undefined || first === undefined) continue;
        report({
          object,
          at: ['spec', 'ports', index, 'port'],
          id: 'sticky',
          data: {
            caller: describeObject(call.from.workload),
            pods: describeObject(first.members.set.workload),
          },
          help:
            'let clients balance: clusterIP: None, dns:/// and round_robin; or put a proxy ' +
            'or a mesh between that knows HTTP/2',
          related: [{ ...call.place, message: 'who calls' }],
        });
      }
    }
  },
});

/** By its name, by appProtocol, or because the kubelet asks there by gRPC. */
function speaksGrpc(
  { name = '', appProtocol = '', port, targetPort = port }: ServicePort,
  { backends }: ServicePicture,
): boolean {
  if (/^grpc(-|$)/i.test(name) || /^grpc$/i.test(appProtocol)) return true;
  return backends.some(({ members }) =>
    runningContainers(members.set.spec).some(
      ({ container: { readinessProbe, ports: declared = [] } }) =>
        readinessProbe?.grpc !== undefined &&
        (readinessProbe.grpc.port === targetPort ||
          declared.some(
            (one) => one.name === targetPort && one.containerPort === readinessProbe.grpc?.port,
          )),
    ),
  );
}

/** Another's call to the port. */
function callOf(service: ServicePicture, { port }: ServicePort, cluster: Cluster) {
  const { ports, backends } = service;
  return callsTo(cluster, service).find(
    ({ from, port: asked }) =>
      (asked === port || (asked === undefined && ports.length === 1)) &&
      !backends.some(({ members }) => members.set.workload === from.workload),
  );
}
