import { fieldAt, type Json, type Path } from '../../src/kubernetes/json.ts';
import { calledServiceMessages, followCalledService } from '../../src/lint/calls/called-service.ts';
import { webhookKinds, webhooksIn } from '../../src/lint/calls/webhooks.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const webhookServiceMissing = defineRule({
  meta: {
    id: 'webhook-service-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...webhookKinds, 'CustomResourceDefinition'],
    title: 'calls a Service that cannot be reached',
    summary: 'A webhook calls a Service, or a port of it, that does not exist',
    why:
      'the API server calls webhooks through a Service, by namespace, name and Service port ' +
      '(443 unless written); while it cannot, requests of their kind fail',
    fixable: true,
  },
  messages: {
    ...calledServiceMessages,
    url: ({ host }: { host: string }) =>
      `${host} is a name of cluster DNS, which the API server does not ask`,
  },
  check(context) {
    const { objects } = context.cluster;
    for (const { object, value, client } of webhooksIn(objects)) {
      const host = clusterHostOf(fieldAt(value, 'clientConfig', 'url'));
      if (host !== undefined)
        context.report({
          object,
          at: [...client, 'url'],
          within: { text: host, occurrence: 0 },
          id: 'url',
          data: { host },
          severity: 'warning',
          why:
            'the API server resolves the host of a url as its own machine does, mostly ' +
            'outside of the cluster: names of Services are for the field service, which it ' +
            'looks up itself',
          help: 'name the Service under clientConfig.service, with namespace, path and port',
        });
      const ignored = fieldAt(value, 'failurePolicy') === 'Ignore';
      const why = ignored
        ? 'the API server calls the webhook through this Service; as it cannot, and the ' +
          'failurePolicy is Ignore, requests pass as if there were no webhook'
        : 'the API server calls the webhook through this Service; as it cannot, and the ' +
          'failurePolicy is Fail, it refuses every request that matches the rules';
      followCalledService(context, object, [...client, 'service'], why);
    }
    const conversion: Path = ['spec', 'conversion', 'webhook', 'clientConfig', 'service'];
    for (const object of objects.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
      const why =
        'the API server converts between stored and requested versions through this ' +
        'Service; as it cannot, reading and listing such objects fails';
      followCalledService(context, object, conversion, why);
    }
  },
});

/** The host of a URL where it is one of the cluster's own domain. */
function clusterHostOf(url: Json | undefined): string | undefined {
  const [, host] =
    /^https:\/\/([a-z0-9.-]{1,253}\.svc(?:\.cluster\.local)?)(?=[:/]|$)/i.exec(String(url)) ?? [];
  return host;
}
