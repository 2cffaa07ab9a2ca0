/** Flagger: a Canary has a copy made of its target, and three Services in front of both. */
import { asText, fieldAt } from '../../kubernetes/json.ts';
import {
  type Creation,
  type MadePods,
  makingNothing,
  type Operator,
  type OperatorTable,
} from './operator.ts';

/**
 * The labels that tell the copy from the target, unless the operator is told of others
 * (`-selector-labels`).
 */
const selectorLabels = ['app', 'name', 'app.kubernetes.io/name'] as const;

/**
 * The copy has every label of the target's template but those of Flux, and one of them has the
 * suffix `-primary`; the Services are named after `spec.service.name`, else after the target.
 *
 * @source fluxcd/flagger pkg/canary/util.go `makePrimaryLabels` @v1.36.1
 * @source fluxcd/flagger pkg/apis/flagger/v1beta1/canary.go `GetServiceNames` @v1.36.1
 * @source fluxcd/flagger pkg/router/kubernetes_default.go `reconcileService` @v1.36.1
 */
const canary: Operator = ({ namespace, value }, objects): Creation => {
  const kind = fieldAt(value, 'spec', 'targetRef', 'kind') ?? 'Deployment';
  const target = asText(fieldAt(value, 'spec', 'targetRef', 'name'));
  const apex = asText(fieldAt(value, 'spec', 'service', 'name')) ?? target;
  const services =
    apex === undefined || kind === 'Knative'
      ? []
      : ['', '-primary', '-canary'].map((suffix) => apex + suffix);
  // A Service as a target is copied itself; no pods come of it.
  if (kind === 'Service') return { services, allServices: true };
  const workload =
    kind === 'Deployment' || kind === 'DaemonSet'
      ? objects.find(kind, namespace, target ?? '')
      : undefined;
  const spec = workload?.value.spec;
  const pairs = spec?.selector?.matchLabels ?? {};
  const key = selectorLabels.find((label) => pairs[label] !== undefined);
  const copied = spec?.template?.metadata?.labels;
  const pods: MadePods =
    copied === undefined || key === undefined
      ? { labels: {}, labelsOpen: true }
      : { labels: { ...withoutFlux(copied), [key]: `${pairs[key]}-primary` } };
  return { pods: [pods], services, allServices: true };
};

/** What Flux labels as its own is not copied, else it would delete the copy. */
function withoutFlux(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).filter(([key]) => !key.includes('toolkit.fluxcd.io')),
  );
}

export const flagger: OperatorTable = {
  'flagger.app': { Canary: canary, ...makingNothing('AlertProvider MetricTemplate') },
};
