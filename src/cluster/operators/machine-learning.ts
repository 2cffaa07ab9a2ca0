/** KServe, Kubeflow, Spark and Flink. */
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { containing, makingNothing, type Operator, type OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * By way of Knative or plain Deployments; labels are passed on.
 *
 * @source kserve/kserve pkg/constants/constants.go
 *   `InferenceServicePodLabelKey`, `KServiceComponentLabel` @000652d7
 */
const inferenceService: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        'serving.kserve.io/inferenceservice': resource.name,
        app: containing(resource.name),
        component: null,
      },
      ['kserve.io', 'knative.dev'],
      { 'isvc.generation': null },
    ),
  ],
  services: [resource.name],
});

/**
 * Its own labels are passed on.
 *
 * @source kubeflow/notebooks components/notebook-controller/controllers/notebook_controller.go
 *   `generateStatefulSet`, `generateService` @0017ad9a (in kubeflow/kubeflow up to 1.10)
 */
const notebook: Operator = (resource) => ({
  pods: [partly(resource, { statefulset: resource.name, 'notebook-name': resource.name })],
  services: [resource.name],
});

/**
 * A Service for each replica.
 *
 * @source kubeflow/training-operator pkg/apis/kubeflow.org/v1/common_types.go
 *   `JobNameLabel` @v1.8.1 (1.x)
 * @source kubeflow/training-operator pkg/controller.v1/common/service.go `CreateNewService` @v1.8.1
 */
const trainingJob: Operator = (resource) => ({
  pods: [partly(resource, {}, ['kubeflow.org'], { 'job-name': null, 'group-name': null })],
});

/**
 * Driver and executors, a Service for the driver's web page.
 *
 * @source kubeflow/spark-operator pkg/common/spark.go `LabelSparkAppName` @23a7f475 (2.x)
 */
const spark: Operator = (resource) => ({
  pods: [
    partly(resource, {}, ['sparkoperator.k8s.io'], {
      'spark-role': null,
      'spark-app-selector': null,
      'spark-app-name': null,
      version: null,
    }),
  ],
  services: [`${resource.name}-ui-svc`],
});

/**
 * Pods bear the name of the deployment and Flink's own labels.
 *
 * @source apache/flink
 *   flink-kubernetes/src/main/java/org/apache/flink/kubernetes/utils/Constants.java
 *   `LABEL_APP_KEY`, `LABEL_TYPE_NATIVE_TYPE`, `FLINK_REST_SERVICE_SUFFIX` @01988056
 */
const flink: Operator = (resource) => ({
  pods: [partly(resource, { app: resource.name, component: null, type: null })],
  services: [resource.name, `${resource.name}-rest`],
});

/**
 * A router in front of InferenceServices, by way of Knative or a plain Deployment.
 *
 * @source kserve/kserve pkg/constants/constants.go `InferenceGraphLabel` @000652d7
 */
const inferenceGraph: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      { 'serving.kserve.io/inferencegraph': resource.name, app: containing(resource.name) },
      ['kserve.io', 'knative.dev'],
    ),
  ],
  services: [resource.name],
});

/**
 * Workloads (Deployments, LeaderWorkerSets over several nodes) and a scheduler in front of them;
 * the recommended labels say what is what. The scheduler's Service may be named in the resource.
 *
 * @source kserve/kserve pkg/controller/v1alpha1/llmisvc/workload.go
 *   `reconcileWorkloadService`, `GetWorkloadLabelSelector` @0217bdab
 * @source kserve/kserve pkg/controller/v1alpha1/llmisvc/workload_single_node.go
 *   `expectedSingleNodeMainDeployment`, `expectedPrefillMainDeployment` @0217bdab
 * @source kserve/kserve pkg/controller/v1alpha1/llmisvc/workload_multi_node.go
 *   `expectedMainMultiNodeLWS`, `expectedPrefillMultiNodeLWS` @2688e48f
 * @source kserve/kserve pkg/controller/v1alpha1/llmisvc/scheduler.go
 *   `SchedulerLabels`, `expectedSchedulerService` @0217bdab
 */
const llmInferenceService: Operator = (resource) => {
  const pool = fieldAt(resource.value, 'spec', 'router', 'scheduler', 'pool', 'spec');
  const named = ['endpointPickerRef', 'extensionRef'].map((field) => fieldAt(pool, field, 'name'));
  return {
    pods: [
      partly(
        resource,
        {
          'app.kubernetes.io/name': resource.name,
          'app.kubernetes.io/component':
            /^llminferenceservice-(?:router-scheduler|workload(?:-leader|-worker)?(?:-prefill)?)$/,
          'app.kubernetes.io/part-of': 'llminferenceservice',
        },
        ['kserve.io', 'llm-d.ai', 'leaderworkerset.sigs.k8s.io'],
      ),
    ],
    services: [
      `${resource.name}-kserve-workload-svc`,
      ...named.flatMap((name) => asText(name) ?? []),
    ],
  };
};

/**
 * One server with a Service, which the resource may write in full, and executors.
 *
 * @source kubeflow/spark-operator internal/controller/sparkconnect/util.go
 *   `GetServerSelectorLabels`, `GetExecutorSelectorLabels`, `GetServerServiceName` @77a79dc6
 */
const sparkConnect: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      { 'sparkoperator.k8s.io/connect-name': resource.name },
      ['sparkoperator.k8s.io'],
      {
        'spark-role': null,
        'spark-version': null,
        'spark-app-selector': null,
        'spark-app-name': null,
      },
    ),
  ],
  services: [
    asText(fieldAt(resource.value, 'spec', 'server', 'service', 'metadata', 'name')) ??
      `${resource.name}-server`,
  ],
});

/**
 * Two FlinkDeployments, of which one serves, with no labels of their own for the pods.
 *
 * @source apache/flink-kubernetes-operator
 *   flink-kubernetes-operator/src/main/java/org/apache/flink/kubernetes/operator/utils/bluegreen/BlueGreenUtils.java
 *   `prepareFlinkDeployment` @7aec5c65
 */
const flinkBlueGreen: Operator = (resource) => ({
  pods: ['blue', 'green'].map((side) =>
    partly(resource, { app: `${resource.name}-${side}`, component: null, type: null }),
  ),
  services: ['blue', 'green'].flatMap((side) =>
    ['', '-rest'].map((suffix) => `${resource.name}-${side}${suffix}`),
  ),
});

export const machineLearning: OperatorTable = {
  'serving.kserve.io': {
    InferenceService: inferenceService,
    InferenceGraph: inferenceGraph,
    LLMInferenceService: llmInferenceService,
    ...makingNothing(
      'ServingRuntime ClusterServingRuntime TrainedModel ClusterStorageContainer ' +
        'LLMInferenceServiceConfig LocalModelCache LocalModelNamespaceCache LocalModelNode ' +
        'LocalModelNodeGroup',
    ),
  },
  'kubeflow.org': {
    Notebook: notebook,
    MPIJob: trainingJob,
    PaddleJob: trainingJob,
    PyTorchJob: trainingJob,
    TFJob: trainingJob,
    XGBoostJob: trainingJob,
    JAXJob: trainingJob,
    ...makingNothing('Profile PodDefault'),
  },
  'trainer.kubeflow.org': {
    TrainJob: trainingJob,
    ...makingNothing('ClusterTrainingRuntime TrainingRuntime'),
  },
  'sparkoperator.k8s.io': {
    SparkApplication: spark,
    ScheduledSparkApplication: spark,
    SparkConnect: sparkConnect,
  },
  'flink.apache.org': {
    FlinkDeployment: flink,
    FlinkBlueGreenDeployment: flinkBlueGreen,
    ...makingNothing('FlinkSessionJob FlinkStateSnapshot'),
  },
};
