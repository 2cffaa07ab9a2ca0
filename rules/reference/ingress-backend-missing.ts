import { annotationsOf } from '../../src/cluster/objects.ts';
import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { followService, reachService } from '../../src/lint/references/reached-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { findServicePort } from '../../src/lint/references/service-port.ts';
import { type DottedBackend, dottedBackend } from '../../src/lint/routes/dotted-backend.ts';
import {
  albActionOf,
  type IngressService,
  ingressServices,
  rolloutThatWeighs,
  unusedBackend,
} from '../../src/lint/routes/ingress-backends.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

const messages = {
  ...missingMessages,
  dotted: ({ name, nearest }: { name: string; nearest: string }) =>
    `no Service can be named "${name}", for a dot belongs to hosts${nearest}`,
  noAction: ({ annotation, nearest }: { annotation: string; nearest: string }) =>
    `port "use-annotation" stands for annotation "${annotation}", which the Ingress does ` +
    `not have${nearest}`,
};

export const ingressBackendMissing = defineRule({
  meta: {
    id: 'ingress-backend-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'leads to a Service that does not exist',
    summary: 'An Ingress leads to a Service that does not exist in its namespace',
    why:
      'a backend is looked up by name in the namespace of the Ingress; where it is missing, ' +
      'requests for the path are answered with 503, and some controllers drop the whole Ingress',
    fixable: true,
  },
  messages,
  check(context) {
    for (const ingress of context.cluster.objects.of('Ingress'))
      for (const backend of ingressServices(ingress)) checkBackend(backend, context);
  },
});

type Context = RuleContext<typeof messages>;

function checkBackend(backend: IngressService, context: Context): void {
  const { name } = backend;
  const dotted = dottedBackend(backend, context.cluster);
  if (dotted !== undefined) return sayDotted(backend, dotted, context);
  if (unusedBackend(backend) !== undefined) return;
  const place = placeOf(backend);
  const annotation = albActionOf(backend);
  if (name.startsWith('cm-acme-http-solver-'))
    context.unknown({
      ...place,
      reason: 'cert-manager makes Services of such names while it proves that a domain is yours',
    });
  else if (annotation === undefined) followService(context, place, { name });
  else checkAction(annotation, backend, context);
}

function placeOf({ ingress, path }: IngressService) {
  return { object: ingress, at: [...path, 'name'] };
}

function sayDotted(
  backend: IngressService,
  { service, found, reachable }: DottedBackend,
  { report }: Context,
): void {
  report({
    ...placeOf(backend),
    id: 'dotted',
    data: { name: backend.name, nearest: reachable ? `; did you mean "${service}"?` : '' },
    help:
      found === undefined || reachable
        ? `write the name of a Service in the namespace of the Ingress, as ${service}`
        : `put the Ingress into the namespace of ${describeObject(found)}, and write ${service}`,
    ...(found !== undefined && {
      related: [{ object: found, at: ['metadata', 'name'], message: 'this Service' }],
    }),
    fixes: reachable ? fixTo(service) : [],
  });
}

/** A port `use-annotation` of the AWS load balancer controller. */
function checkAction(annotation: string, backend: IngressService, context: Context): void {
  const { ingress, name } = backend;
  const service = reachService(context, ingress, { name });
  if (service && findServicePort(service.ports, { name: 'use-annotation' }) !== undefined) return;
  if (rolloutThatWeighs(ingress, context.cluster) !== undefined) return;
  const near = nearestName(annotation, Object.keys(annotationsOf(ingress)));
  const at = ['metadata', 'annotations', near ?? ''];
  context.report({
    ...placeOf(backend),
    id: 'noAction',
    data: { annotation, nearest: near === undefined ? '' : `; did you mean "${near}"?` },
    why:
      'the AWS load balancer controller takes what a backend with this port does from an ' +
      "annotation of the backend's name; without it the Ingress is not reconciled",
    help:
      near === undefined
        ? 'add the annotation, or write the port of a Service'
        : 'give both the same name',
    ...(near !== undefined && {
      related: [{ object: ingress, at, part: 'key', message: 'this annotation' }],
    }),
  });
}
