/**
 * Argo: Rollouts are Deployments of another controller; Applications bring in manifests from
 * elsewhere; Workflows run pods.
 */
import { asText, fieldAt, type Json, type JsonObject } from '../../kubernetes/json.ts';
import { argoEvents } from './argo-events.ts';
import {
  containing,
  type Creation,
  type CustomResource,
  type MadePods,
  makingNothing,
  type Operator,
  type OperatorTable,
} from './operator.ts';
import { countAt, labelsOf, partly, templateAt } from './read.ts';

/**
 * A Rollout has the pods of a Deployment, of its own template or of the Deployment that
 * `workloadRef` names, with a hash of another name.
 *
 * @source argoproj/argo-rollouts rollout/sync.go `createDesiredReplicaSet` @v1.10.2 (1.0 and later)
 * @source argoproj/argo-rollouts rollout/templateref.go `Resolve` @v1.10.2
 */
const rollout: Operator = ({ namespace, value }, objects): Creation => {
  const hash = { 'rollouts-pod-template-hash': null } as const;
  const replicas = countAt(fieldAt(value, 'spec', 'replicas'), 1);
  const count = replicas === undefined ? {} : { replicas };
  const own = templateAt(value, ['spec', 'template']);
  if (own !== undefined)
    return {
      pods: [
        { ...own, ...count, labels: { ...own.labels, ...hash } },
        ...experiments(value, own.labels, hash),
      ],
      nothingElse: true,
    };
  const reference = fieldAt(value, 'spec', 'workloadRef');
  const name = asText(fieldAt(reference, 'name')) ?? '';
  const kind = fieldAt(reference, 'kind');
  const workload =
    kind === 'Deployment' || kind === 'ReplicaSet'
      ? objects.find(kind, namespace, name)
      : undefined;
  const template = workload?.value.spec?.template;
  // Another workload's template, which was not read: its pods may have any labels.
  if (template?.spec === undefined)
    return reference === undefined ? {} : { anything: { namespace } };
  const labels: MadePods['labels'] = { ...template.metadata?.labels, ...hash };
  return {
    pods: [{ ...count, labels, spec: template.spec, templatePath: ['spec', 'workloadRef'] }],
    nothingElse: true,
  };
};

/**
 * Pods of the experiments among a Rollout's steps: its own template with other labels, there as
 * long as the step lasts.
 *
 * @source argoproj/argo-rollouts rollout/experiment.go `GetExperimentFromTemplate` @v1.10.2
 */
function experiments(
  value: JsonObject,
  own: MadePods['labels'],
  hash: MadePods['labels'],
): MadePods[] {
  const steps = fieldAt(value, 'spec', 'strategy', 'canary', 'steps');
  return (Array.isArray(steps) ? steps : []).flatMap((step: Json) => {
    const templates = fieldAt(step, 'experiment', 'templates');
    return (Array.isArray(templates) ? templates : []).map((template: Json): MadePods => ({
      labels: { ...own, ...labelsOf(fieldAt(template, 'metadata', 'labels')), ...hash },
      labelsOpen: true,
    }));
  });
}

/**
 * An Application applies what lies elsewhere, to one namespace where it names one.
 *
 * @source argoproj/argo-cd docs/operator-manual/application.yaml @37ee0097
 */
const application =
  (...path: readonly string[]): Operator =>
  ({ value }) => {
    const namespace = asText(fieldAt(value, ...path, 'destination', 'namespace'));
    return { anything: namespace === undefined || namespace.includes('{{') ? {} : { namespace } };
  };

/**
 * Pods of a Workflow say which it is, and bear the labels of its templates and of `podMetadata`.
 *
 * @source argoproj/argo-workflows workflow/controller/workflowpod.go `createWorkflowPod` @2166a0c8
 */
const workflow = (resource: CustomResource): Creation => ({
  pods: [partly(resource, { 'workflows.argoproj.io/workflow': null }, ['workflows.argoproj.io'])],
});

/**
 * All components of an Argo CD instance.
 *
 * @source argoproj-labs/argocd-operator controllers/argocd/deployment.go
 *   `newDeploymentWithSuffix` @2143144d
 * @source argoproj-labs/argocd-operator common/keys.go `ArgoCDKeyName` @00eeb317
 */
const argoCD = (resource: CustomResource): Creation => ({
  pods: [
    partly(resource, { 'app.kubernetes.io/name': containing(resource.name) }, [], {
      'app.kubernetes.io/part-of': 'argocd',
    }),
  ],
  services: ['server', 'repo-server', 'redis', 'metrics', 'server-metrics'].map(
    (component) => `${resource.name}-${component}`,
  ),
});

export const argo: OperatorTable = {
  'argoproj.io': {
    ...argoEvents,
    Rollout: rollout,
    Application: application('spec'),
    ApplicationSet: application('spec', 'template', 'spec'),
    Workflow: workflow,
    CronWorkflow: workflow,
    ArgoCD: argoCD,
    // A Job, or a CronJob, that writes a backup.
    ArgoCDExport: (resource) => ({ pods: [partly(resource, {}, [], { 'job-name': null })] }),
    AnalysisRun: (resource) => ({ pods: [partly(resource, {})] }),
    Experiment: (resource) => ({
      pods: [partly(resource, {}, [], { 'rollouts-pod-template-hash': null })],
    }),
    ...makingNothing(
      'AppProject AnalysisTemplate ClusterAnalysisTemplate WorkflowTemplate ' +
        'ClusterWorkflowTemplate WorkflowEventBinding WorkflowArtifactGCTask WorkflowTaskSet ' +
        'WorkflowTaskResult ConfigManagementPlugin NotificationsConfiguration NamespaceManagement',
    ),
  },
  'argocd-image-updater.argoproj.io': makingNothing('ImageUpdater'),
};
