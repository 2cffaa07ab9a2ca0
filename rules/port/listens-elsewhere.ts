import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import {
  advertisedListeners,
  advertisedMessages,
} from '../../src/lint/ports/advertised-listeners.ts';
import { type LocalFile, localFiles } from '../../src/lint/ports/local-files.ts';
import { misledFiles } from '../../src/lint/ports/served-files.ts';
import { type StrangeListener, strangeListeners } from '../../src/lint/ports/strange-listeners.ts';
import { type UnheardPort, unheardPorts } from '../../src/lint/ports/unheard-ports.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';

const messages = {
  ...advertisedMessages,
  port: ({ port, declared }: { port: number; declared: string }) =>
    `the container is told to listen on ${port}, but its Service leads to ${declared}`,
  local: ({ host }: { host: string }) =>
    `the container is told to listen at ${host} only, which nobody outside of its pod can reach`,
  default: ({ server }: { server: string }) =>
    `${server} listens at 127.0.0.1 unless it is told otherwise, where nobody outside of its ` +
    'pod can reach it',
  file: ({ file, ports, target }: { file: string; ports: string; target: number }) =>
    `by ${file} the server listens on ${ports} only, and its Service leads to ${target}`,
  localFile: ({ file, host }: Record<'file' | 'host', string>) =>
    `by ${file} the server listens at ${host} only, which nobody outside of its pod can reach`,
  unheard: ({ told, port, by }: { told: number; port: number; by: string }) =>
    `the container is told to listen on ${told}${by}; nothing tells it of ${port}, where its ` +
    'Service leads',
};

export const listensElsewhere = defineRule({
  meta: {
    id: 'listens-elsewhere',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'is told to listen where nobody calls',
    summary: 'A container is told to listen at another port, or at localhost only',
    why:
      'a Service leads to the address of the pod and the port of its container; where the ' +
      'program listens on another number, or at 127.0.0.1, the connection is refused ' +
      'although the endpoint is ready',
    fixable: false,
  },
  messages,
  check(context) {
    const { cluster, report } = context;
    const said = new Set<PodSet>();
    for (const listener of strangeListeners(cluster)) {
      const { set, at, service } = listener;
      said.add(set);
      report({
        object: set.workload,
        at,
        ...wordsFor(listener),
        related: [leads(service)],
      });
    }
    for (const { set, at, file, map, ports, place, service, target } of misledFiles(cluster)) {
      said.add(set);
      report({
        object: set.workload,
        at,
        id: 'file',
        data: { file, ports: ports.join(' and '), target },
        help: `let it listen on ${target}, or let the Service lead to ${ports.join(' or ')}`,
        related: [{ ...place, message: 'what it is told' }, leads(service)],
        dependsOn: [map],
      });
    }
    for (const found of localFiles(cluster)) {
      said.add(found.set);
      report(localFinding(found));
    }
    for (const sent of advertisedListeners(cluster)) report(sent);
    for (const found of unheardPorts(cluster))
      if (!said.has(found.set)) report(unheardFinding(found));
  },
});

function localFinding({ set, at, file, host, place, service }: LocalFile) {
  return {
    object: set.workload,
    at,
    id: 'localFile' as const,
    data: { file, host },
    help: 'let it listen at every address of its pod',
    related: [{ ...place, message: 'what it is told' }, leads(service)],
  };
}

function unheardFinding({ set, at, file, told, port, service }: UnheardPort) {
  const by = file === undefined ? [] : [{ ...file.place, message: 'what it is told' }];
  return {
    object: set.workload,
    at,
    id: 'unheard' as const,
    data: { told, port, by: file === undefined ? '' : ` by ${file.path}` },
    help: `let it listen on ${port}, or declare ${told} and let the Service lead there`,
    related: [...by, leads(service)],
  };
}

function leads({ object }: ServicePicture) {
  const message = 'where its Service leads';
  return { object, at: ['spec', 'ports'], part: 'key' as const, message };
}

function wordsFor(listener: StrangeListener): Words<typeof messages> {
  const { targets } = listener;
  if (listener.type === 'local') {
    const { host, server } = listener;
    const help = 'let it listen at 0.0.0.0';
    return server === undefined
      ? { id: 'local', data: { host }, help }
      : { id: 'default', data: { server }, help };
  }
  const { port, probed } = listener;
  return {
    id: 'port',
    data: { port, declared: targets.join(', ') },
    ...(probed && { severity: 'info' }),
    help:
      `let it listen on ${targets.join(' or ')}, or declare ${port} and let the Service lead ` +
      'there',
  };
}
