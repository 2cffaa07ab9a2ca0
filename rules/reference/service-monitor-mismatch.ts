import { formatSelector } from '../../src/cluster/labels.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { asList, fieldAt } from '../../src/kubernetes/json.ts';
import { backendPorts, listPorts } from '../../src/lint/ports/backend-ports.ts';
import {
  bestMiss,
  hasPort,
  isDeclared,
  wayToName,
} from '../../src/lint/references/monitor-ports.ts';
import { type Monitor, monitors } from '../../src/lint/references/monitors.ts';
import { listServicePorts, servicePortMessages } from '../../src/lint/references/service-port.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import {
  danglingServiceMonitor,
  monitorWords,
  selectorOf,
} from '../../src/lint/selectors/dangling-monitor.ts';
import { reportDangling, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';
import { ServiceLabels } from '../../src/lint/selectors/nearest-service.ts';
import type { Json } from '../../src/manifest/node.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { perList } from '../../src/multimap.ts';
import { mostMeant } from '../../src/text/limits.ts';

const messages = {
  ...servicePortMessages,
  ...selectorMessages,
  number: ({ written, known }: { written: number; known: string }) =>
    `port ${written} is a number, and monitors refer to Service ports by name; known ports: ${known}`,
  undeclared: ({ written, known }: { written: string; known: string }) =>
    `targetPort ${written} is not declared by the pods; ${known}`,
};

type Context = RuleContext<typeof messages>;

/** What equal monitors ask of the Services that they take. */
const isFound = perList<boolean>();

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
    why: 'only targets of Services whose own labels match, and whose port has the name, are kept; Prometheus drops all others without a word',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, unseen } = context;
    const services = new ServiceLabels(cluster);
    for (const monitor of monitors(cluster, 'ServiceMonitor')) {
      const { certain, count } = services.select(monitor);
      if (count > 0) checkEndpoints(monitor, certain, count > certain.length, context);
      else {
        const found = danglingServiceMonitor(monitor, services, cluster, unseen);
        reportDangling(context, selectorOf(monitor), found, monitorWords(monitor, 'Service'));
      }
    }
  },
});

function checkEndpoints(
  monitor: Monitor,
  services: readonly ServicePicture[],
  open: boolean,
  { cluster, unseen, report, unknown }: Context,
): void {
  const { object } = monitor;
  for (const [index, endpoint] of asList(
    fieldAt(object.value as Json, 'spec', 'endpoints'),
  ).entries()) {
    const port = fieldAt(endpoint, 'port');
    const targetPort = fieldAt(endpoint, 'targetPort');
    const place = {
      object,
      at: ['spec', 'endpoints', index, port === undefined ? 'targetPort' : 'port'],
    };
    const written = port ?? targetPort;
    if (
      (typeof written !== 'string' && typeof written !== 'number') ||
      written === '' ||
      isPlaceholder(written)
    )
      continue;
    const found = isFound(services, `${typeof written} ${written} ${port === undefined}`, () => {
      cluster.work.spend(services.length);
      return port === undefined
        ? isDeclared(written, services)
        : services.some(({ ports }) => hasPort(ports, written));
    });
    if (found) continue;
    if (open) {
      unknown({
        ...place,
        reason: 'whether a Service has this port depends on values that are filled in later',
      });
      continue;
    }
    if (port === undefined) {
      const shown = services.slice(0, mostMeant);
      const known = shown.flatMap((service) => backendPorts(service, true));
      const help = 'declare it as a containerPort, or name the port of the Service as port';
      report({
        ...place,
        id: 'undeclared',
        data: {
          written: typeof written === 'string' ? `"${written}"` : String(written),
          known: listPorts(known),
        },
        help,
        dependsOn: shown.flatMap(({ backends }) =>
          backends.map(({ members }) => members.set.workload),
        ),
      });
    } else reportPort(place, written, services, monitor, { cluster, unseen, report, unknown });
  }
}

function reportPort(
  place: { object: Monitor['object']; at: (string | number)[] },
  written: string | number,
  services: readonly ServicePicture[],
  { selector, namespaces }: Monitor,
  { cluster, unseen, report, unknown }: Pick<Context, 'cluster' | 'unseen' | 'report' | 'unknown'>,
): void {
  const name = String(written);
  const best = bestMiss(services, name, cluster);
  if (best === undefined) return;
  const { service, miss } = best;
  const { meant } = miss;
  // A selector for every Service takes those, too, that an operator makes.
  const takesAll = formatSelector(selector) === '';
  const whyUnseen =
    takesAll && miss.id === 'otherPort' ? unseen.whyServicesUnseen(namespaces ?? []) : undefined;
  if (whyUnseen !== undefined)
    return unknown({
      ...place,
      reason: `no Service that was read has this port, but ${whyUnseen}`,
    });
  const related = [
    {
      object: service.object,
      at: ['spec', 'ports'],
      part: 'key',
      message: 'the ports of the Service',
    },
  ] as const;
  const help = wayToName(meant);
  const fixes =
    meant?.name === undefined
      ? []
      : [
          {
            title: `change it to ${meant.name}`,
            safety: miss.id === 'otherPort' ? 'unsafe' : 'safe',
            replace: meant.name,
          } as const,
        ];
  if (typeof written === 'number') {
    report({
      ...place,
      id: 'number',
      data: { written, known: listServicePorts(service.ports) },
      help,
      related,
      fixes,
    });
  } else report({ ...place, id: miss.id, data: miss.data, help, related, fixes });
}
