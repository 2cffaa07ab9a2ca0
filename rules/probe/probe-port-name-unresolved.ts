import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  isHook,
  listContainerPorts,
  type UnresolvedProbePort,
  unresolvedProbePorts,
} from '../../src/lint/ports/probe-ports.ts';
import { defineRule, type ProposedFix } from '../../src/lint/rule.ts';

/** What follows, by who calls. */
const consequences = {
  readinessProbe:
    'the kubelet looks the name up in the same container only; it is not there, so every ' +
    'probe ends in an error, the pod never becomes Ready and its endpoints never take traffic',
  startupProbe:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'container never counts as started and the pod never becomes Ready',
  livenessProbe:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'probe never gives a result and never restarts anything',
  postStart:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'hook fails and the container is killed, each time it starts',
  preStop:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'hook fails and the container is stopped without it',
} as const;
export const probePortNameUnresolved = defineRule({
  meta: {
    id: 'probe-port-name-unresolved',
    category: 'probe',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'probes an undeclared port name',
    summary: 'A probe or a lifecycle hook names a port that its own container does not declare',
    why:
      'the kubelet looks the name of a probe port up in the same container only ' +
      '(ResolveContainerPort); the API server never checks it',
    fixable: true,
  },
  messages: {
    missing: ({
      probe,
      port,
      container,
      known,
    }: {
      probe: string;
      port: string;
      container: string;
      known: string;
    }) =>
      `${probe} names port "${port}", which container "${container}" does not declare; ${known}`,
    elsewhere: ({
      probe,
      port,
      container,
      other,
    }: {
      probe: string;
      port: string;
      container: string;
      other: string;
    }) =>
      `${probe} names port "${port}", which is a port of container "${other}", not of ` +
      `"${container}"`,
  },
  check({ cluster, report }) {
    for (const fault of unresolvedProbePorts(cluster)) {
      const { caller, container, port, path, workload } = fault;
      const place = {
        object: workload,
        at: path,
        why: consequences[caller],
        ...(isHook(caller) && { title: 'calls a hook at an undeclared port name' }),
      };
      const data = { probe: caller, port, container: container.name };
      if (fault.other !== undefined) {
        const { name, number } = fault.other;
        report({
          ...place,
          id: 'elsewhere',
          data: { ...data, other: name },
          help:
            `containers of a pod share its address: write the number ${number}, or move ` +
            `the probe to "${name}"`,
        });
      } else
        report({
          ...place,
          id: 'missing',
          data: { ...data, known: listContainerPorts(container) },
          ...wayOut(port, fault.meant),
        });
    }
  },
});

/** Names one port of the container, or says how to declare the one that is named. */
function wayOut(
  port: string,
  meant: UnresolvedProbePort['meant'],
): { help: string; fixes?: ProposedFix[] } {
  if (meant === undefined)
    return { help: `declare a port named "${port}" in the container, or probe by number` };
  const title = `change it to ${meant.port}`;
  return {
    help: title,
    fixes: [{ title, safety: meant.sure ? 'safe' : 'unsafe', replace: meant.port }],
  };
}
