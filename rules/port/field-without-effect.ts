import type { ServicePicture } from '../../src/cluster/service.ts';
import { fewEndpoints, idleFields, topology } from '../../src/lint/ports/idle-fields.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

const messages = {
  headless: ({ field }: { field: string }) =>
    `${field} has no effect: the Service is headless, and no proxy stands between`,
  external: ({ field }: { field: string }) =>
    `${field} has no effect: an ExternalName Service is an alias in DNS and nothing else`,
  overruled: ({ field }: { field: string }) =>
    `${field} has no effect beside the annotation for near endpoints, which comes first`,
  affinity: ({ field }: { field: string }) =>
    `${field} has no effect: sessionAffinity is not ClientIP, and the API server drops it`,
  removed: ({ field }: { field: string }) =>
    `${field} has no effect since Kubernetes 1.24: pods that are not ready are left out`,
  mode: ({ mode }: { mode: string }) =>
    `"${mode}" is taken for nothing: only "Auto" and "auto" ask for near endpoints`,
  few: ({ field, count }: { field: string; count: number }) =>
    `${field} chooses among near endpoints, and the Service has ` +
    `${count === 1 ? 'one' : 'two'}: every zone without one sends its requests elsewhere`,
  local: ({ field }: { field: string }) =>
    `${field} has no effect beside internalTrafficPolicy Local, which takes endpoints of ` +
    'the same node only',
};

const whys: Readonly<Record<keyof typeof messages, string>> = {
  headless:
    'session affinity, traffic policies and the choice of near endpoints are the work of ' +
    'kube-proxy, which does nothing for a Service without a cluster IP: its clients choose ' +
    'an address from DNS by themselves',
  external: 'its clients get another name from DNS and connect to that, past every proxy',
  overruled: 'the field is looked at only where the annotation is not there',
  affinity: 'it holds settings of sessionAffinity ClientIP; without that no client stays at a pod',
  removed: 'the controllers have stopped to read it; publishNotReadyAddresses took its place',
  mode: 'the value is compared letter by letter; with any other all endpoints serve all zones',
  few: 'requests stay in a zone only where it has an endpoint of its own',
  local: 'kube-proxy looks at the endpoints of its own node then, and at no zone',
};

export const fieldWithoutEffect = defineRule({
  meta: {
    id: 'field-without-effect',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'asks for what nobody does',
    summary: 'A field of a Service has no effect on a Service of its type',
    why: whys.headless,
    fixable: false,
  },
  messages,
  check(context) {
    for (const service of context.cluster.services) {
      sayIdle(service, context);
      sayFew(service, context);
      const { object, spec } = service;
      const { annotations } = object.value.metadata ?? {};
      const mode = getOwn(annotations, topology[0]);
      // A value with a domain is for another implementation.
      if (mode !== undefined && !/^(auto|disabled)$|[/.${]/i.test(mode))
        context.report({
          object,
          at: ['metadata', 'annotations', topology[0]],
          id: 'mode',
          data: { mode },
          why: whys.mode,
          help: 'write Auto',
        });
      if (getOwn(annotations, tolerate) === 'true' && spec.publishNotReadyAddresses !== true)
        context.report({
          object,
          at: ['metadata', 'annotations', tolerate],
          part: 'key',
          id: 'removed',
          data: { field: tolerate },
          why: whys.removed,
          help: 'write publishNotReadyAddresses: true where pods are wanted that are not ready',
        });
    }
  },
});

/** Read by the controllers up to 1.23 (kubernetes#108020). */
const tolerate = 'service.alpha.kubernetes.io/tolerate-unready-endpoints';

type Context = RuleContext<typeof messages>;

function sayIdle(service: ServicePicture, { report }: Context): void {
  const { object, spec } = service;
  const id =
    spec.type === 'ExternalName'
      ? 'external'
      : service.headless
        ? 'headless'
        : spec.internalTrafficPolicy === 'Local'
          ? 'local'
          : 'overruled';
  const help = 'take it out, so that nobody relies on it';
  for (const { at, field, severity } of idleFields(service)) {
    const said = field === 'sessionAffinityConfig' ? 'affinity' : id;
    const why = whys[said];
    report({ object, at, part: 'key', id: said, data: { field }, severity, why, help });
  }
}

function sayFew(service: ServicePicture, { report }: Context): void {
  const few = fewEndpoints(service);
  if (few === undefined) return;
  report({
    object: service.object,
    at: few.at,
    part: 'key',
    id: 'few',
    data: { field: String(few.at.at(-1)), count: few.count },
    why: whys.few,
    severity: 'info',
    help: 'take it out, or run a replica in each zone, and three for Auto',
  });
}
