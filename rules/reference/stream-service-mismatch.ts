import { followService } from '../../src/lint/references/reached-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { checkServicePort, portNameMessages } from '../../src/lint/references/service-port.ts';
import { streamServices } from '../../src/lint/routes/stream-services.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const streamServiceMismatch = defineRule({
  meta: {
    id: 'stream-service-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['ConfigMap'],
    title: 'opens a port that leads nowhere',
    summary:
      'The ConfigMap tcp-services or udp-services of ingress-nginx names no port of a Service',
    why: 'ingress-nginx logs a warning and leaves the entry out: nobody listens on the port then',
    fixable: true,
  },
  messages: {
    ...missingMessages,
    ...portNameMessages,
    form: ({ text }: { text: string }) => `"${text}" is not of the form NAMESPACE/SERVICE:PORT`,
  },
  check(context) {
    for (const { object, key, text, protocol, service } of streamServices(context.cluster)) {
      const place = { object, at: ['data', key] };
      if (service === undefined) {
        const help = 'write the namespace and the name of the Service, then its port: shop/db:5432';
        context.report({ ...place, id: 'form', data: { text }, help });
        continue;
      }
      const { namespace, name, port } = service;
      const part = (from: number, within: string) => ({
        ...place,
        within: { text: within, occurrence: text.slice(0, from).split(within).length - 1 },
      });
      const named = part(namespace.length, name);
      // A controller has none but its own beside it.
      const apart = namespace === object.namespace;
      const reached = followService(context, named, { name, namespace }, apart ? { apart } : {});
      if (reached === undefined || reached.picture?.spec.type === 'ExternalName') continue;
      const written = typeof port === 'number' ? { number: port } : { name: port };
      const at = part(namespace.length + name.length + 1, String(port));
      checkServicePort(context, at, reached, written, { protocol });
    }
  },
});
