/** KServe, Kubeflow, Spark and Flink. */
import type { Operator, OperatorTable } from './made.ts';
import { containing, inert } from './made.ts';
import { partly } from './read.ts';

/** kserve pkg/constants/constants.go, pkg/controller/v1beta1/inferenceservice/components: by way of Knative or plain Deployments; labels are passed on. */
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
    ),
  ],
  services: [resource.name],
});

/** kubeflow components/notebook-controller/controllers/notebook_controller.go `generateStatefulSet`, `generateService`: its own labels are passed on. */
const notebook: Operator = (resource) => ({
  pods: [partly(resource, { statefulset: resource.name, 'notebook-name': resource.name })],
  services: [resource.name],
});

/** kubeflow/training-operator pkg/apis/kubeflow.org/v1/common_types.go: a Service for each replica. */
const trainingJob: Operator = (resource) => ({
  pods: [partly(resource, {}, ['kubeflow.org'], { 'job-name': null, 'group-name': null })],
});

/** kubeflow/spark-operator pkg/common/spark.go: driver and executors, a Service for the driver's web page. */
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

/** apache/flink-kubernetes-operator docs/content/docs/operations/ingress.md; Flink's own labels: org/apache/flink/kubernetes/utils/Constants.java. */
const flink: Operator = (resource) => ({
  pods: [partly(resource, { app: resource.name, component: null, type: null })],
  services: [resource.name, `${resource.name}-rest`],
});

export const machineLearning: OperatorTable = {
  'serving.kserve.io': {
    InferenceService: inferenceService,
    ...inert(
      'ServingRuntime ClusterServingRuntime TrainedModel ClusterStorageContainer LLMInferenceServiceConfig LocalModelNodeGroup',
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
    ...inert('Profile PodDefault'),
  },
  'trainer.kubeflow.org': {
    TrainJob: trainingJob,
    ...inert('ClusterTrainingRuntime TrainingRuntime'),
  },
  'sparkoperator.k8s.io': { SparkApplication: spark, ScheduledSparkApplication: spark },
  'flink.apache.org': { FlinkDeployment: flink, ...inert('FlinkSessionJob FlinkStateSnapshot') },
};
