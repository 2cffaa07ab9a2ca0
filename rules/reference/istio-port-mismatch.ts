import { reachService } from '../../src/lint/references/reached-service.ts';
import { checkServicePort, portNumberMessages } from '../../src/lint/references/service-port.ts';
import { destinations, IstioHosts, istioObjects } from '../../src/lint/routes/istio.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const istioPortMismatch = defineRule({
  meta: {
    id: 'istio-port-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['VirtualService'],
    title: 'names a port that the Service does not have',
    summary: 'An Istio VirtualService sends requests to a port that its Service does not have',
    why:
      'the port of a destination is the number of a Service port, never the one that the ' +
      'pods listen on; the proxies know no cluster for any other and answer 503',
    fixable: true,
  },
  messages: portNumberMessages,
  check(context) {
    const hosts = new IstioHosts(context.cluster);
    for (const { object, path, host, port } of istioObjects(
      context.cluster,
      'VirtualService',
    ).flatMap(destinations)) {
      const target = hosts.resolve(host, object);
      if (target === undefined || typeof port !== 'number') continue;
      const service = reachService(context, object, target);
      if (
        service === undefined ||
        (service.picture?.spec.type === 'ExternalName' && service.ports.length === 0)
      )
        continue;
      checkServicePort(context, { object, at: [...path, 'port', 'number'] }, service, {
        number: port,
      });
    }
  },
});
