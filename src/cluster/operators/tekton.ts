/** Tekton: runs have pods for their time; an EventListener is a Deployment behind a Service. */
import type { Operator, OperatorTable } from './operator.ts';
import { makingNothing } from './operator.ts';
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
  services: [`el-${resource.name}`],
});

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
