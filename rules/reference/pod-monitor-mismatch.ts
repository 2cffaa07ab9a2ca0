import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { selectPodSets } from '../../src/lint/monitors/monitor-ports.ts';
import { monitors } from '../../src/lint/monitors/monitors.ts';
import {
  takenWorkloads,
  type UnscrapedPodPort,
  unscrapedPodPorts,
} from '../../src/lint/monitors/pod-monitor-ports.ts';
import { listPorts } from '../../src/lint/ports/backend-ports.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import {
  danglingPodMonitor,
  monitorWords,
  selectorOf,
} from '../../src/lint/selectors/dangling-monitor.ts';
import { reportDangling, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';

const messages = {
  ...selectorMessages,
  port: ({ field, written, known }: { field: string; written: string; known: string }) =>
    `${field} ${written} is not declared by any container of the pods; ${known}`,
};

export const podMonitorMismatch = defineRule({
  meta: {
    id: 'pod-monitor-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['PodMonitor'],
    title: 'finds nothing to scrape',
    summary:
      'A PodMonitor matches no pod, or names a port that the containers of its pods do not declare',
    why:
      'a target is made of every declared container port of the pods whose labels match, and ' +
      'only those that the monitor names are kept; Prometheus drops all others without a word',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, unseen, report, unknown } = context;
    for (const monitor of monitors(cluster, 'PodMonitor')) {
      const { object } = monitor;
      const taken = selectPodSets(monitor, cluster);
      if (taken.sets.length === 0) {
        const found = danglingPodMonitor(monitor, cluster, unseen);
        reportDangling(context, selectorOf(monitor), found, monitorWords(monitor, 'pod'));
        continue;
      }
      for (const port of unscrapedPodPorts(monitor, taken, cluster)) {
        if (taken.open)
          unknown({
            object,
            at: port.at,
            reason: 'which pods it takes depends on values that are filled in later',
          });
        else
          report({
            object,
            at: port.at,
            ...wordsFor(port),
            dependsOn: takenWorkloads(taken),
          });
      }
    }
  },
});

function wordsFor({
  field,
  written,
  known,
  meant,
  near,
  replacement,
}: UnscrapedPodPort): Words<typeof messages> {
  return {
    id: 'port',
    data: {
      field,
      written: typeof written === 'string' ? `"${written}"` : String(written),
      known: listPorts(known),
    },
    help:
      replacement !== undefined
        ? `write ${field}: ${replacement}`
        : meant !== undefined
          ? `give the container port ${meant.port.containerPort} a name, and write that name here`
          : 'name one of the declared ports, or declare this one on the container that ' +
            'serves metrics',
    ...(meant !== undefined && {
      related: [
        { object: meant.set.workload, at: meant.path, message: 'the nearest declared port' },
      ],
    }),
    fixes: fixTo(replacement, near ? 'safe' : 'unsafe'),
  };
}
