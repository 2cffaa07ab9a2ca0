import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { listPorts, portsTargeted } from '../../src/lint/ports/backend-ports.ts';
import { type StrayScrape, strayScrapes } from '../../src/lint/ports/scrape-annotations.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  word: ({ written }: { written: string }) =>
    `"${written}" is no number, and the usual configuration of Prometheus passes it over`,
  service: ({ written, service, target }: Record<'written' | 'service' | 'target', string>) =>
    `port ${written} is that of ${service}; Prometheus dials the pods, whose port is ${target}`,
  declared: ({ written, meant }: { written: string; meant: string }) =>
    `no container declares port ${written}; ${meant} is declared`,
  none: ({ written, known }: { written: string; known: string }) =>
    `no container declares port ${written}; ${known}`,
};

export const scrapePortMismatch = defineRule({
  meta: {
    id: 'scrape-port-mismatch',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...servingKinds, 'Service'],
    title: 'is scraped at a port where nobody listens',
    summary: 'The annotation prometheus.io/port names no port that the pods declare',
    why:
      'the usual scrape configuration puts the number of the annotation behind the address of ' +
      'each pod, also where the annotation stands at a Service, and takes nothing but digits',
    fixable: true,
  },
  messages,
  check({ cluster, report }) {
    for (const stray of strayScrapes(cluster))
      report({ object: stray.object, at: stray.at, ...wordsFor(stray) });
  },
});

function wordsFor(stray: StrayScrape): Words<typeof messages> {
  const { written, sign } = stray;
  if (sign === 'service') return wordsForService(stray);
  // Exporters often listen where they declare nothing.
  if (sign === 'none')
    return {
      id: 'none',
      severity: 'info',
      data: { written, known: listPorts(stray.declared) },
      help: 'write the port that serves the metrics; if it is this one, declare it',
    };
  const { meant } = stray;
  const number = meant && String(meant.port.containerPort);
  const shown = meant && {
    help: `write "${number}"`,
    fixes: [{ title: `change it to ${number}`, safety: 'unsafe', replace: number ?? '' } as const],
    related: [
      {
        object: meant.set.workload,
        at: [...meant.path, 'containerPort'],
        message: 'the declared port',
      },
    ],
  };
  if (sign === 'word')
    return { id: 'word', data: { written }, help: 'write the number of the port', ...shown };
  const name = meant?.port.name;
  return {
    id: 'declared',
    data: { written, meant: name === undefined ? `${number}` : `"${name}" (${number})` },
    ...shown,
  };
}

function wordsForService({
  written,
  service,
  index,
}: Extract<StrayScrape, { sign: 'service' }>): Words<typeof messages> {
  const { object, ports } = service;
  const named = ports[index]?.targetPort ?? '';
  // The annotation takes digits only.
  const target = String(portsTargeted(service, named, true)[0]?.port.containerPort ?? named);
  const at = ['spec', 'ports', index, 'port'];
  return {
    id: 'service',
    data: { written, service: describeObject(object), target },
    help: `write the port of the container: ${target}`,
    related: [{ object, at, message: 'the port of the Service' }],
  };
}
