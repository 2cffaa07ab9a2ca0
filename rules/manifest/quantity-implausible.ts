import type { Container } from 'kubernetes-types/core/v1';
import { parseQuantity } from '../../src/cluster/apiserver/quantity.ts';
import { allContainers } from '../../src/cluster/containers.ts';
import type { Json } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

const unit = 1_000_000_000n;
/** Bytes; no process of Linux starts with less. */
const leastMemory = 1024n * 1024n;
/** CPUs; machines with more are as good as never nodes of a cluster. */
const mostCpus = 200n;

const messages = {
  fraction: ({ written, bytes }: Record<'written' | 'bytes', string>) =>
    `"${written}" is in thousandths of a byte: ${bytes} bytes`,
  bytes: ({ written, bytes }: Record<'written' | 'bytes', string>) =>
    `a limit of ${written} is ${bytes} ${bytes === '1' ? 'byte' : 'bytes'}, ` +
    'with which no process starts',
  cpus: ({ written, cpus }: Record<'written' | 'cpus', string>) =>
    `a request of ${written} is ${cpus} whole CPUs, which no node has`,
};

export const quantityImplausible = defineRule({
  meta: {
    id: 'quantity-implausible',
    category: 'manifest',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'asks for an amount that was hardly meant',
    summary: 'A container is given thousandths of a byte, or asks for hundreds of CPUs',
    why:
      'a CPU is written in whole ones or in thousandths (500m), memory in bytes or with Mi and ' +
      'Gi: a container that may have a byte is killed before it starts, and pods that ask for ' +
      'more than a node has stay Pending',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const { workload: object, spec, templatePath, sketched } of cluster.pods.all) {
      if (sketched === true) continue;
      for (const { container, path } of allContainers(spec))
        for (const { at, written } of amountsOf(container)) {
          const words = wordsFor(at, written);
          const resources = [...templatePath, 'spec', ...path, 'resources', ...at];
          if (words !== undefined) report({ object, at: resources, ...words });
        }
    }
  },
});

type Amount = readonly ['requests' | 'limits', 'cpu' | 'memory'];

function amountsOf({ resources }: Container): { at: Amount; written: Json }[] {
  const places: readonly Amount[] = [
    ['limits', 'memory'],
    ['requests', 'memory'],
    ['requests', 'cpu'],
  ];
  return places.flatMap((at) => {
    const written = getOwn(resources?.[at[0]], at[1]);
    return written === undefined ? [] : [{ at, written }];
  });
}

function wordsFor([list, resource]: Amount, value: Json): Words<typeof messages> | undefined {
  const nanos = parseQuantity(value)?.nanos ?? 0n;
  const written = String(value);
  const whole = nanos / unit;
  if (resource === 'cpu')
    return list === 'requests' && whole >= mostCpus
      ? {
          id: 'cpus',
          data: { written, cpus: String(whole) },
          help: `write ${written}m if thousandths were meant`,
        }
      : undefined;
  // A number without a unit may be any amount of bytes, and a computed one may have a fraction.
  if (/^\d+m$/.test(written))
    return {
      id: 'fraction',
      data: { written, bytes: String(Number(nanos) / Number(unit)) },
      help: `write ${written.slice(0, -1)}Mi if mebibytes were meant`,
      ...(whole >= leastMemory && { severity: 'info' }),
    };
  return list === 'limits' && nanos > 0n && whole < leastMemory
    ? {
        id: 'bytes',
        data: { written, bytes: String(whole) },
        help: `write ${/^[\d.]*/.exec(written)?.[0] ?? ''}Mi if mebibytes were meant`,
      }
    : undefined;
}
