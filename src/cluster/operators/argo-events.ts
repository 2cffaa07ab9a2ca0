/** Argo Events: sources and sensors are Deployments, a bus of their own NATS a StatefulSet. */
import { asList, fieldAt } from '../../kubernetes/json.ts';
import type { Operator, OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * Its own labels are passed on. A bus that runs elsewhere makes nothing.
 *
 * @source argoproj/argo-events pkg/reconciler/eventbus/installer/jetstream.go
 *   `generateJetStreamServiceName`, `mergeEventBusLabels` @8002ca5f
 * @source argoproj/argo-events pkg/reconciler/eventbus/installer/nats.go
 *   `generateServiceName` @e7ed3ea8
 */
const eventBus: Operator = (resource) => {
  const spec = fieldAt(resource.value, 'spec');
  const service = (sort: string): string => `eventbus-${resource.name}-${sort}-svc`;
  const services = [
    ...(fieldAt(spec, 'jetstream') === undefined ? [] : [service('js')]),
    ...(fieldAt(spec, 'nats', 'native') === undefined ? [] : [service('stan')]),
  ];
  if (services.length === 0) return {};
  return { pods: [{ ...partly(resource, {}), keys: /^[\w-]+$/ }], services, allServices: true };
};

/**
 * There is a Service where it is asked for.
 *
 * @source argoproj/argo-events pkg/reconciler/eventsource/resource.go `buildService` @484d85c9
 */
const eventSource: Operator = (resource) => {
  const ports = asList(fieldAt(resource.value, 'spec', 'service', 'ports'));
  return {
    pods: [
      partly(resource, {
        controller: 'eventsource-controller',
        'eventsource-name': resource.name,
        'owner-name': resource.name,
      }),
    ],
    services: ports.length === 0 ? [] : [`${resource.name}-eventsource-svc`],
    allServices: true,
  };
};

/**
 * @source argoproj/argo-events pkg/reconciler/sensor/controller.go
 *   `LabelSensorName`, `LabelOwnerName` @ff21722f
 */
const sensor: Operator = (resource) => ({
  pods: [
    partly(resource, {
      controller: 'sensor-controller',
      'sensor-name': resource.name,
      'owner-name': resource.name,
    }),
  ],
  allServices: true,
});

export const argoEvents: OperatorTable[string] = {
  EventBus: eventBus,
  EventSource: eventSource,
  Sensor: sensor,
};
