import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { wayToName } from '../../src/lint/monitors/monitor-ports.ts';
import { monitors } from '../../src/lint/monitors/monitors.ts';
import {
  type UnscrapedPort,
  unscrapedPorts,
} from '../../src/lint/monitors/service-monitor-ports.ts';
import { backendPorts, listPorts } from '../../src/lint/ports/backend-ports.ts';
import { listServicePorts, servicePortMessages } from '../../src/lint/references/service-port.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import {
  danglingServiceMonitor,
  monitorWords,
  selectorOf,
} from '../../src/lint/selectors/dangling-monitor.ts';
import { reportDangling, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';
import { ServiceLabels } from '../../src/lint/selectors/nearest-service.ts';

const messages = {
  ...servicePortMessages,
  ...selectorMessages,
  number: ({ written, known }: { written: number; known: string }) =>
    `port ${written} is a number, and monitors refer to Service ports by name; known ` +
    `ports: ${known}`,
  undeclared: ({ written, known }: { written: string; known: string }) =>
    `targetPort ${written} is not declared by the pods; ${known}`,
};

export const serviceMonitorMismatch = defineRule({
  meta: {
    id: 'service-monitor-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['ServiceMonitor'],
    title: 'finds nothing to scrape',
    summary: 'A ServiceMonitor matches no Service, or names a port that its Services do not have',
    why:
      'only targets of Services whose own labels match, and whose port has the name, are ' +
      'kept; Prometheus drops all others without a word',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, unseen, report, unknown } = context;
    const services = new ServiceLabels(cluster);
    for (const monitor of monitors(cluster, 'ServiceMonitor')) {
      const { object } = monitor;
      const { certain, count } = services.select(monitor);
      if (count === 0) {
        const found = danglingServiceMonitor(monitor, services, cluster, unseen);
        reportDangling(context, selectorOf(monitor), found, monitorWords(monitor, 'Service'));
        continue;
      }
      const open = count > certain.length;
      for (const port of unscrapedPorts(monitor, certain, open, cluster, unseen)) {
        if (port.type === 'unknown') unknown({ object, at: port.at, reason: port.reason });
        else report({ object, at: port.at, ...wordsFor(port) });
      }
    }
  },
});

function wordsFor(port: Exclude<UnscrapedPort, { type: 'unknown' }>): Words<typeof messages> {
  const { written } = port;
  if (port.type === 'undeclared') {
    const { services } = port;
    const known = listPorts(services.flatMap((service) => backendPorts(service, true)));
    return {
      id: 'undeclared',
      data: { written: typeof written === 'string' ? `"${written}"` : String(written), known },
      help: 'declare it as a containerPort, or name the port of the Service as port',
      dependsOn: services.flatMap(({ backends }) =>
        backends.map(({ members }) => members.set.workload),
      ),
    };
  }
  const { id, data, meant } = port.miss;
  const { object, ports } = port.service;
  const at = ['spec', 'ports'];
  const rest = {
    help: wayToName(meant),
    related: [{ object, at, part: 'key' as const, message: 'the ports of the Service' }],
    fixes: fixTo(meant?.name, id === 'otherPort' ? 'unsafe' : 'safe'),
  };
  return typeof written === 'number'
    ? { id: 'number', data: { written, known: listServicePorts(ports) }, ...rest }
    : { id, data, ...rest };
}
