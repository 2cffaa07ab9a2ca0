import { asJsonObject, asList, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { istioObjects } from '../../src/lint/routes/istio.ts';
import { defineRule } from '../../src/lint/rule.ts';

const policy = ['spec', 'trafficPolicy'];

export const istioFailoverIdle = defineRule({
  meta: {
    id: 'istio-failover-idle',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['DestinationRule'],
    title: 'does not know when endpoints are ill',
    summary: 'A DestinationRule fails over without outlier detection, or ejects every endpoint',
    why:
      'a proxy of Istio goes on to the next locality when endpoints of the nearest one are ' +
      'ejected, and ejects them by outlier detection only; where all may be ejected at once a ' +
      'short fault of everybody leaves the Service without endpoints',
    fixable: false,
  },
  messages: {
    blind: ({ field }: { field: string }) =>
      `${field} takes effect with outlierDetection only, and there is none`,
    all: ({ errors }: { errors: number }) =>
      `all endpoints may be ejected at once, each after ${errors} ` +
      `${errors === 1 ? 'error' : 'errors'}`,
  },
  check({ cluster, report }) {
    for (const object of istioObjects(cluster, 'DestinationRule')) {
      const detection = fieldAt(object.value, ...policy, 'outlierDetection');
      const at = [...policy, 'loadBalancer', 'localityLbSetting'];
      const setting = fieldAt(object.value, ...at);
      const field = ['failover', 'failoverPriority'].find(
        (one) => asList(fieldAt(setting, one)).length > 0,
      );
      if (field !== undefined && detection === undefined && fieldAt(setting, 'enabled') !== false)
        report({
          object,
          at: [...at, field],
          part: 'key',
          id: 'blind',
          data: { field },
          help: 'add trafficPolicy.outlierDetection, such as consecutive5xxErrors: 5',
        });
      const errors = errorsOf(detection);
      if (errors === undefined || fieldAt(detection, 'maxEjectionPercent') !== 100) continue;
      report({
        object,
        at: [...policy, 'outlierDetection', 'maxEjectionPercent'],
        id: 'all',
        data: { errors },
        severity: 'info',
        help: 'leave some of the endpoints in, or set minHealthPercent',
      });
    }
  },
});

/** After how many errors in a row an endpoint is ejected, where that is one or two. */
function errorsOf(detection: Json | undefined): number | undefined {
  const counts = ['consecutive5xxErrors', 'consecutiveGatewayErrors', 'consecutiveErrors'];
  const written = asJsonObject(detection) ?? {};
  const errors = counts
    .map((one) => fieldAt(written, one))
    .find((one) => typeof one === 'number' && one > 0 && one < 3);
  return typeof errors === 'number' ? errors : undefined;
}
