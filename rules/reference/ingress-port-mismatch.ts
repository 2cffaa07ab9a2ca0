import type { ServicePort } from 'kubernetes-types/core/v1';
import { reachService } from '../../src/lint/references/reached-service.ts';
import {
  checkServicePort,
  portNameMessages,
  type WrittenPort,
} from '../../src/lint/references/service-port.ts';
import {
  albActionOf,
  controllerOf,
  type IngressService,
  ingressServices,
  unusedBackend,
} from '../../src/lint/routes/ingress-backends.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const ingressPortMismatch = defineRule({
  meta: {
    id: 'ingress-port-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'leads to a port the Service does not have',
    summary: 'An Ingress leads to a port that its Service does not have',
    why:
      'the number or name of a backend is compared with the ports of the Service, not with ' +
      'those of its pods; where none is equal the path has no backend and requests are ' +
      'answered with 503',
    fixable: true,
  },
  messages: portNameMessages,
  check(context) {
    for (const ingress of context.cluster.objects.of('Ingress')) {
      for (const backend of ingressServices(ingress)) {
        if (albActionOf(backend) === undefined && unusedBackend(backend) === undefined)
          checkPort(backend, context);
      }
    }
  },
});

function checkPort(backend: IngressService, context: RuleContext<typeof portNameMessages>): void {
  const { ingress, path, name, port } = backend;
  const written = writtenPort(port);
  const service = reachService(context, ingress, { name });
  if (service === undefined || written === undefined) return;
  // Controllers dial the name with any number, whether it is among the ports or not.
  if (service.picture?.spec.type === 'ExternalName' && written.number !== undefined) return;
  const place = {
    object: ingress,
    at: [...path, 'port', written.name === undefined ? 'number' : 'name'],
  };
  checkServicePort(
    context,
    place,
    service,
    written,
    leniency(backend, written, service.ports, context),
  );
}

/**
 * ingress-nginx also takes the targetPort for the port (internal/ingress/controller/controller.go
 * `serviceEndpoints`): there it works, and is a trap for whoever changes the controller.
 */
function leniency(
  { ingress }: IngressService,
  written: WrittenPort,
  ports: readonly ServicePort[],
  { cluster }: RuleContext<typeof portNameMessages>,
): { severity?: 'warning' | 'info'; why?: string } {
  const isTarget = ports.some(
    ({ targetPort, protocol = 'TCP' }) =>
      protocol === 'TCP' && targetPort === (written.name ?? written.number),
  );
  if (!isTarget) return {};
  const controller = controllerOf(ingress, cluster);
  const strict =
    'the number or name of a backend is compared with the ports of the Service, not with ' +
    'those of its pods';
  if (controller === 'ingress-nginx')
    return {
      severity: 'info',
      why:
        `${strict}; ingress-nginx looks at the target ports, too, so that it works there, ` +
        'and nowhere else',
    };
  if (controller === 'unknown')
    return {
      severity: 'warning',
      why:
        `${strict}; only ingress-nginx looks at the target ports, too, any other controller ` +
        'answers with 503',
    };
  return {};
}

function writtenPort({ name, number }: IngressService['port']): WrittenPort | undefined {
  if (typeof name === 'string' && name !== '') return isPlaceholder(name) ? undefined : { name };
  return typeof number === 'number' ? { number } : undefined;
}
