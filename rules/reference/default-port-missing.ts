import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import type { AppSetting } from '../../src/lint/hosts/app-settings.ts';
import { dnsTarget, wrongPort } from '../../src/lint/hosts/dns-names.ts';
import { namingTexts } from '../../src/lint/hosts/spoken-hosts.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

/** Where a client goes whose URL has no port. */
const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['ws', 80],
  ['https', 443],
  ['wss', 443],
]);

/** Addresses that pages are allowed to come from: nobody connects to them. */
const isOfBrowsers = /origin|cors|referr?er|allowed_?hosts/i;

export const defaultPortMissing = defineRule({
  meta: {
    id: 'default-port-missing',
    category: 'reference',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...workloadKinds, 'ConfigMap', 'Secret'],
    title: 'goes to a port that is not there',
    summary: 'A URL without a port names a Service that does not have the port of its scheme',
    why:
      'a URL without a port is for port 80 (http) or 443 (https), and a Service takes ' +
      'connections on the ports that it lists only',
    fixable: false,
  },
  messages: {
    missing: ({ port, service, known }: { port: number; service: string; known: string }) =>
      `without a port it is for ${port}, which ${service} does not have; its ports: ${known}`,
    headless: ({ port, target }: { port: number; target: number }) =>
      `without a port it is for ${port}, and this name leads straight to the pods, which listen ` +
      `on ${target}`,
  },
  check({ cluster, report }) {
    for (const { given, hosts } of namingTexts(cluster))
      for (const { host, scheme = '', port: written, implied, place } of hosts) {
        const port = implied ?? defaultPorts.get(scheme);
        if (port === undefined || written !== undefined || given.local.has(host)) continue;
        if (isOfBrowsers.test(given.setting ?? '')) continue;
        const target = dnsTarget(host, namespaceOf(given.object, cluster), cluster);
        if (target === undefined || target.pod !== undefined) continue;
        const service = cluster.servicesByName.get(`${target.namespace}/${target.service}`);
        if (service === undefined || service.spec.type === 'ExternalName') continue;
        const { ports, object } = service;
        // `ADS_PORT` beside `ADS_URL`: the program puts the two together.
        if (ports.some((one) => one.port === given.port?.number)) continue;
        const related = [
          { object, at: ['spec', 'ports'], part: 'key' as const, message: 'the ports it has' },
        ];
        const wrong = service.headless ? wrongPort(service, port, false) : undefined;
        if (typeof wrong === 'object')
          report({
            ...place(0, host.length),
            id: 'headless',
            data: { port, target: wrong.number },
            help: `write ${host}:${wrong.number}`,
            related,
            ...(isFlag(given) && { severity: 'info' as const }),
          });
        if (service.headless || ports.length === 0) continue;
        if (ports.some((one) => one.port === port || isPlaceholder(one.port))) continue;
        const known = ports.map((one) => one.port).slice(0, 5);
        report({
          ...place(0, host.length),
          id: 'missing',
          data: { port, service: describeObject(object), known: known.join(', ') },
          help: `write ${host}:${known[0] ?? ''}, or add port ${port} to the Service`,
          related,
          ...(isFlag(given) && { severity: 'info' as const }),
        });
      }
  },
});

/** A program may add the port of a protocol of its own to a host that a flag gives it. */
function isFlag({ setting, text }: AppSetting): boolean {
  return setting === undefined && text.startsWith('-');
}
