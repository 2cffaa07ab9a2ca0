/** Numbers in policies that are to be ports of pods, and are those of a Service or of nobody. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { isMentionedInPod } from './mentioned.ts';
import { isDigitOff } from './port-slip.ts';

export interface PodPortSlip {
  /** The port of the pods that was meant. */
  readonly target: number;
  /** The Service whose port was written. */
  readonly service?: ServicePicture;
}

export const podPortMessages = {
  port: ({ port, target, service }: { port: number; target: number; service: string }) =>
    `${port} is the port of ${service}; policies are about the port of the pods, ${target}`,
  stray: ({ port, target, workload }: { port: number; target: number; workload: string }) =>
    `no container of ${workload} declares ${port}; one declares ${target}`,
};

/**
 * What was meant by a port that none of some pods declares: where a Service of that number leads
 * to, else the only declared port that is a digit away, or the only one that a Service leads to and
 * that is not admitted beside it. Undefined where it may be right.
 *
 * @param admitted all ports that stand beside each other; none where others are admitted as well
 */
export function podPortSlip(
  number: number,
  sets: readonly PodSet[],
  cluster: Cluster,
  admitted: readonly number[] = [],
): PodPortSlip | undefined {
  const [first] = sets;
  if (first === undefined) return undefined;
  const declared = new Set(
    sets.flatMap(({ spec }) => declaredPorts(spec).map(({ port }) => port.containerPort)),
  );
  if (declared.has(number)) return undefined;
  const led = new Set<number>();
  for (const service of servicesOf(cluster, first))
    for (const { port, targetPort } of service.ports) {
      const named = declaredPorts(first.spec).find((one) => one.port.name === targetPort)?.port;
      const target = typeof targetPort === 'number' ? targetPort : named?.containerPort;
      if (target === number) return undefined;
      if (target === undefined) continue;
      if (port === number) return { target, service };
      led.add(target);
    }
  if (sets.some(({ spec }) => isMentionedInPod(number, spec))) return undefined;
  const strange = admitted.filter((one) => !declared.has(one));
  const [left, ...more] = [...led].filter((one) => !admitted.includes(one));
  if (left !== undefined && more.length === 0 && strange.length === 1) return { target: left };
  const [near, ...others] = [...declared].filter((one) => isDigitOff(number, one));
  // The ports beside each other that a program has are seldom all declared.
  return near !== undefined && others.length === 0 && Math.abs(near - number) > 1
    ? { target: near }
    : undefined;
}

/** Id, data and help of a finding about it; the Service or the workload is the other side. */
export function podPortFinding(number: number, slip: PodPortSlip, { workload }: PodSet) {
  const { target, service } = slip;
  const data = { port: number, target };
  const help = `write ${target}`;
  return service === undefined
    ? {
        id: 'stray' as const,
        data: { ...data, workload: describeObject(workload) },
        severity: 'warning' as const,
        help,
        related: [{ object: workload, at: ['metadata', 'name'], message: 'its pods' }],
      }
    : {
        id: 'port' as const,
        data: { ...data, service: describeObject(service.object) },
        help,
        related: [
          {
            object: service.object,
            at: ['spec', 'ports'],
            part: 'key' as const,
            message: 'leads there',
          },
        ],
      };
}
