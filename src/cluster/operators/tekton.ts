/** Tekton: runs have pods for their time; an EventListener is a Deployment behind a Service. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { fieldAt } from '../../kubernetes/json.ts';
import { makingNothing, type Operator, type OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * Labels of the run, of its Pipeline and of its Task are passed on.
 *
 * @source tektoncd/pipeline docs/labels.md @24b169c0
 */
const run: Operator = (resource) => ({
  pods: [partly(resource, { 'app.kubernetes.io/managed-by': null }, ['tekton.dev'])],
});

/**
 * @source tektoncd/triggers pkg/reconciler/eventlistener/resources/meta.go
 *   `GenerateLabels` @e7eb8123
 * @source tektoncd/triggers pkg/reconciler/eventlistener/resources/service.go
 *   `MakeService` @33af25d2
 */
const eventListener: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        eventlistener: resource.name,
        'app.kubernetes.io/managed-by': 'EventListener',
        'app.kubernetes.io/part-of': 'Triggers',
      },
      ['tekton.dev'],
    ),
  ],
  services: [
    fieldAt(resource.value, 'spec', 'resources') === undefined
      ? { name: `el-${resource.name}`, ports: listenerPorts }
      : `el-${resource.name}`,
  ],
});

/** Unless the resource asks for another one, or for TLS. */
const listenerPorts: readonly ServicePort[] = [
  { name: 'http-listener', port: 8080, protocol: 'TCP' },
  { name: 'http-metrics', port: 9000, protocol: 'TCP' },
];

export const tekton: OperatorTable = {
  'resolution.tekton.dev': makingNothing('ResolutionRequest'),
  'tekton.dev': {
    TaskRun: run,
    PipelineRun: run,
    CustomRun: run,
    ...makingNothing(
      'Task ClusterTask Pipeline StepAction VerificationPolicy PipelineResource Condition',
    ),
  },
  'triggers.tekton.dev': {
    EventListener: eventListener,
    ...makingNothing(
      'Trigger TriggerBinding TriggerTemplate ClusterTriggerBinding Interceptor ClusterInterceptor',
    ),
  },
};
