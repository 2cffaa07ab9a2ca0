import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  conflictSeverity,
  probablyAppliedTogether,
} from '../../src/lint/objects/applied-together.ts';
import {
  formatHostPort,
  type HostPortConflict,
  hostPortConflicts,
} from '../../src/lint/ports/host-port-conflicts.ts';
import { defineRule, type RuleContext, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  pod: ({ port, first, second }: { port: string; first: string; second: string }) =>
    `with hostNetwork containers "${first}" and "${second}" both take port ${port} of the node`,
  pinned: ({ port, count }: { port: string; count: number }) =>
    `${count} pods are bound to one node, and only one of them can have its port ${port}`,
  everywhere: ({ port, other }: { port: string; other: string }) =>
    `port ${port} is taken by ${other} on every node that these pods can run on`,
};

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
    why:
      'a port of a node is had by one pod only: the scheduler leaves every further pod that ' +
      'asks for it Pending on that node',
    fixable: false,
  },
  messages,
  check(context) {
    for (const conflict of hostPortConflicts(context.cluster)) say(conflict, context);
  },
});

function say(
  conflict: HostPortConflict,
  { unit, report, unknown }: RuleContext<typeof messages>,
): void {
  const { set, port } = conflict;
  const object = set.workload;
  const place = { object, at: port.at };
  if (conflict.type !== 'everywhere') return report({ ...place, ...ofOneWorkload(conflict) });
  const { workload } = conflict.other.set;
  const other = describeObject(workload);
  if (!probablyAppliedTogether(object, workload, unit))
    return unknown({
      ...place,
      reason: `${other} in another file takes the same port: perhaps only one of them is applied`,
    });
  report({
    ...place,
    id: 'everywhere',
    data: { port: formatHostPort(port), other },
    severity: conflictSeverity(object, workload, unit),
    help: 'choose another port for one of them, or keep them apart with a nodeSelector',
    related: [{ object: workload, at: conflict.other.port.at, message: 'taken here' }],
  });
}

/** Of pods that are in each other's way. */
function ofOneWorkload(
  conflict: Exclude<HostPortConflict, { type: 'everywhere' }>,
): Words<typeof messages> {
  const { set, port } = conflict;
  const shown = formatHostPort(port);
  if (conflict.type === 'pinned')
    return {
      id: 'pinned',
      data: { port: shown, count: set.count },
      help: 'use a Service instead of a port of the node, or one replica',
    };
  const { at, container: first } = conflict.twin;
  return {
    id: 'pod',
    data: { port: shown, first, second: port.container },
    title: 'makes pods that cannot be created',
    why:
      'on the network of the host each container port is a port of the node, and the API ' +
      'server refuses pods in which two containers have the same one',
    help: 'let one of them listen on another port, or take hostNetwork out',
    related: [{ object: set.workload, at, message: `of container "${first}"` }],
  };
}
