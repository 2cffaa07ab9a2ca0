import type { Container } from 'kubernetes-types/core/v1';
import { parseQuantity } from '../../src/cluster/apiserver/quantity.ts';
import { runningContainers } from '../../src/cluster/containers.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import type { Json, Path } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

export const exceedsOwnLimit = defineRule({
  meta: {
    id: 'exceeds-own-limit',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'may use more than it may have',
    summary: 'A container is told of more memory or disk than its limit allows',
    why:
      'a container that goes above its memory limit is killed (OOMKilled) and started again, ' +
      'and a pod above its limit of ephemeral storage is evicted: each time it leaves the ' +
      'endpoints, usually when the load is highest',
    fixable: false,
  },
  messages: {
    heap: ({ told, limit }: Record<'told' | 'limit', string>) =>
      `${told} lets the heap alone grow beyond the memory limit of ${limit}`,
    volume: ({ size, limit, what }: Record<'size' | 'limit' | 'what', string>) =>
      `the volume may hold ${size}, and ${what} is limited to ${limit}`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      const { workload: object, templatePath, spec } = set;
      for (const { container, path } of runningContainers(spec)) {
        const limit = bytesOf(limitOf(container, 'memory'));
        for (const { at, told, bytes } of limit === undefined ? [] : heapsOf(container))
          if (limit !== undefined && bytes > limit)
            report({
              object,
              at: [...templatePath, 'spec', ...path, ...at],
              id: 'heap',
              data: { told, limit: String(limitOf(container, 'memory')) },
              help: 'leave a quarter of the limit to what is not heap, or raise the limit',
              related: [
                {
                  object,
                  at: [...templatePath, 'spec', ...path, 'resources', 'limits', 'memory'],
                  message: 'the limit',
                },
              ],
            });
      }
      for (const { at, ...data } of largeVolumes(set))
        report({
          object,
          at: [...templatePath, 'spec', 'volumes', ...at],
          id: 'volume',
          data,
          help: 'lower sizeLimit, or raise the limit',
        });
    }
  },
});

type Resource = 'memory' | 'ephemeral-storage';

function limitOf({ resources }: Container, resource: Resource): Json | undefined {
  return getOwn(resources?.limits, resource);
}

function bytesOf(value: Json | undefined): number | undefined {
  const quantity = parseQuantity(value);
  return quantity === undefined ? undefined : Number(quantity.nanos / 1_000_000_000n);
}

const powers: readonly string[] = ['', 'k', 'm', 'g', 't'];
/** Of the JVM and Redis, of Node.js in mebibytes, and of Go. */
const heap =
  /(?:-Xmx|--maxmemory[= ])(\d{1,12})([kmgt]?)b?\b|--max[-_]old[-_]space[-_]size[= ](\d{1,9})(?!\d)|^(\d{1,12})([KMGT]?)iB$/gi;

interface Told {
  readonly at: Path;
  readonly told: string;
  readonly bytes: number;
}

/** What a container is told of its heap; of several such options the last one counts. */
function heapsOf({ command = [], args = [], env = [] }: Container): Told[] {
  const texts: [Path, Json | undefined][] = [
    ...command.map((text, index): [Path, string] => [['command', index], text]),
    ...args.map((text, index): [Path, string] => [
      ['args', index],
      args[index - 1] === '--maxmemory' ? `--maxmemory ${text}` : text,
    ]),
    ...env.map(({ value }, index): [Path, string | undefined] => [['env', index, 'value'], value]),
  ];
  return texts.flatMap(([at, text]): Told[] => {
    if (typeof text !== 'string' || text.length > 10_000) return [];
    const match = [...text.matchAll(heap)].at(-1);
    if (match === undefined) return [];
    const [told, java, javaUnit = '', node, go, goUnit = ''] = match;
    if (go !== undefined && env[Number(at[1])]?.name !== 'GOMEMLIMIT') return [];
    const exponent = node !== undefined ? 2 : powers.indexOf((javaUnit || goUnit).toLowerCase());
    return [{ at, told, bytes: Number(java ?? node ?? go) * 1024 ** exponent }];
  });
}

/** Volumes that may grow larger than all containers together may. */
function largeVolumes({ spec }: PodSet) {
  return (spec.volumes ?? []).flatMap(({ emptyDir }, index) => {
    const inMemory = emptyDir?.medium === 'Memory';
    const resource: Resource = inMemory ? 'memory' : 'ephemeral-storage';
    const size = bytesOf(emptyDir?.sizeLimit);
    const limits = runningContainers(spec).map(({ container }) => limitOf(container, resource));
    const known = limits.flatMap((limit) => bytesOf(limit) ?? []);
    const total = known.reduce((sum, bytes) => sum + bytes, 0);
    if (size === undefined || known.length < limits.length || size <= total) return [];
    const what = inMemory ? 'the memory that it takes' : 'the disk of the pod';
    const limit = limits.map(String).join(' + ');
    return [
      { at: [index, 'emptyDir', 'sizeLimit'], size: String(emptyDir?.sizeLimit), limit, what },
    ];
  });
}
