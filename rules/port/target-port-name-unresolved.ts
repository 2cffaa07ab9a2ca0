import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { backendWorkloads, listPorts } from '../../src/lint/ports/backend-ports.ts';
import {
  type UnresolvedTarget,
  unresolvedTargets,
} from '../../src/lint/ports/unresolved-targets.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';

const messages = {
  missing: ({ target, known }: { target: string; known: string }) =>
    `targetPort "${target}" is not a port of any container; ${known}`,
  init: ({ target, container }: { target: string; container: string }) =>
    `targetPort "${target}" is only a port of init container "${container}", which has ` +
    'ended when the pod serves',
};

export const targetPortNameUnresolved = defineRule({
  meta: {
    id: 'target-port-name-unresolved',
    category: 'port',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port name that no pod has',
    summary: 'A Service targets a port by a name that none of its pods declares',
    why:
      'a named target port is looked up among the container ports of each pod; where no pod ' +
      'has it the port is left out of every EndpointSlice and connections to it are refused',
    fixable: true,
  },
  messages,
  check({ cluster, report }) {
    for (const unresolved of unresolvedTargets(cluster)) {
      const { service, index, isRead } = unresolved;
      report({
        object: service.object,
        at: ['spec', 'ports', index, 'targetPort'],
        dependsOn: backendWorkloads(service),
        ...(!isRead && unread),
        ...wordsFor(unresolved),
      });
    }
  },
});

/** A headless Service of which nothing that was read looks the port up. */
const unread = {
  severity: 'info',
  why:
    'nobody dials through a headless Service: DNS answers with the pods, whatever ports they ' +
    'have; only its EndpointSlices and SRV records lack this one',
} as const;

function wordsFor({
  target,
  init,
  known,
  meant,
  isSlip,
}: UnresolvedTarget): Words<typeof messages> {
  if (init !== undefined)
    return {
      id: 'init',
      data: { target, container: init },
      help:
        `declare the port on a container that keeps running, or make "${init}" a sidecar with ` +
        'restartPolicy: Always',
    };
  const shown = known.find(({ port }) => port.name === meant) ?? known[0];
  return {
    id: 'missing',
    data: { target, known: listPorts(known) },
    ...(meant === undefined
      ? {
          help:
            `name one of the declared ports, or declare "${target}" on the container that ` +
            'listens',
        }
      : changeTo(meant, isSlip ? 'safe' : 'unsafe')),
    ...(shown !== undefined && {
      related: [
        {
          object: shown.set.workload,
          at: [...shown.path, shown.port.name === undefined ? 'containerPort' : 'name'],
          message: isSlip ? 'the nearest declared port' : 'a declared port',
        },
      ],
    }),
  };
}
