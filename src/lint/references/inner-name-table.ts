/**
 * Names that an object declares and uses by itself: a workflow's templates, a route's upstreams. To
 * teach the project such names, add a line here.
 *
 * From the API types of each project: argo-workflows pkg/apis/workflow/v1alpha1, argo-rollouts
 * pkg/apis/rollouts/v1alpha1, argo-events pkg/apis, tektoncd/pipeline pkg/apis/pipeline/v1,
 * tektoncd/triggers pkg/apis/triggers/v1beta1, nginx/kubernetes-ingress pkg/apis/configuration/v1,
 * zalando/skipper dataclients/kubernetes/definitions, strimzi api, prometheus-operator
 * pkg/apis/monitoring/v1alpha1, opentelemetry-collector otelcol/config.go `Validate`,
 * cloudnative-pg api/v1, crossplane apis/apiextensions/v1, openshift/api apps/v1.
 */

/** What names are used where, and where they are declared. Patterns are those of fields.ts. */
export interface InnerNames {
  /** What is called so, in words. */
  readonly what: string;
  /** From the object to what holds both, once per item; the whole object without it. */
  readonly scope?: string;
  /** From there to the names that are used. */
  readonly uses?: readonly string[];
  /**
   * Before a name that stands in any text of the scope; it ends where no letter, digit, `-` or `_`
   * follows.
   */
  readonly after?: readonly string[];
  /** Only where this follows. */
  readonly before?: string;
  /** The texts that `uses` leads to hold several names, between operators. */
  readonly form?: 'expression';
  /**
   * The object that declares them is another one, of this group and kind in the same namespace, and
   * `at` leads to its name from the scope.
   */
  readonly of?: string;
  readonly at?: string;
  /** Others may be given as well: only a name that is near to another one is told. */
  readonly near?: true;
  /**
   * To the names that there are, or to the objects whose keys they are: from the scope, or from the
   * other object.
   */
  readonly names: readonly string[];
  /** Where one of these is written names may come from elsewhere. */
  readonly unless?: readonly string[];
  /** What becomes of it. */
  readonly why: string;
}

const argo = 'argoproj.io';
const tekton = 'tekton.dev';
const istio = 'networking.istio.io';

const argoWhy =
  'the workflow controller refuses the workflow: it ends with phase Error before a pod is made';
/** @param spec where the spec of the workflow stands */
function workflow(spec: string): readonly InnerNames[] {
  const templates = `${spec}.templates[]`;
  return [
    {
      what: 'template',
      uses: [
        `${spec}.entrypoint`,
        `${spec}.onExit`,
        `${templates}.steps[].[].template`,
        `${templates}.dag.tasks[].template`,
      ],
      names: [`${templates}.name`],
      unless: [`${spec}.workflowTemplateRef`],
      why: argoWhy,
    },
    ...[`${templates}.steps[].[]`, `${templates}.dag.tasks[]`].map((scope) => ({
      scope,
      what: 'template',
      of: `${argo}/WorkflowTemplate`,
      at: 'templateRef.name',
      uses: ['templateRef.template'],
      names: ['spec.templates[].name'],
      unless: ['templateRef.clusterScope'],
      why: argoWhy,
    })),
    ...ofTemplate.map((row) => ({ ...row, scope: templates, why: argoWhy })),
  ];
}

const step = { what: 'step or task', names: ['steps[].[].name', 'dag.tasks[].name'] };
const inline = ['steps[].[].inline', 'dag.tasks[].inline'];
/** Names within one template of a workflow. */
const ofTemplate: readonly Omit<InnerNames, 'why'>[] = [
  { ...step, uses: ['dag.tasks[].dependencies[]'] },
  { ...step, uses: ['dag.tasks[].depends'], form: 'expression' },
  { ...step, after: ['{{steps.', '{{tasks.'], before: '.', unless: ['container', 'script'] },
  {
    what: 'input parameter',
    after: ['{{inputs.parameters.'],
    names: ['inputs.parameters[].name'],
    unless: inline,
  },
  {
    what: 'input artifact',
    after: ['{{inputs.artifacts.'],
    names: ['inputs.artifacts[].name'],
    unless: inline,
  },
];

const tektonWhy = 'the webhook of Tekton refuses it, and kubectl apply fails';
/** @param spec where the spec of the pipeline stands */
function pipeline(spec: string): readonly InnerNames[] {
  const task = {
    what: 'task',
    names: [`${spec}.tasks[].name`, `${spec}.finally[].name`],
    why: tektonWhy,
  };
  return [
    { ...task, uses: [`${spec}.tasks[].runAfter[]`] },
    { ...task, after: ['$(tasks.'], before: '.' },
  ];
}

const nginxWhy =
  'the NGINX controller rejects the whole resource, and requests for its host get status 404';
/** @param routes the field that holds them */
function upstreams(routes: string): readonly InnerNames[] {
  const actions = ['action', 'splits[].action', 'matches[].action', 'matches[].splits[].action'];
  const uses = actions.flatMap((action) => [`${action}.pass`, `${action}.proxy.upstream`]);
  return [
    {
      what: 'upstream',
      uses: uses.map((use) => `spec.${routes}[].${use}`),
      names: ['spec.upstreams[].name'],
      why: nginxWhy,
    },
  ];
}

const collector = 'spec.config';
const collectorWhy =
  'the collector ends as it starts ("references … which is not configured"), and its pods crash';
const receivers = ['spec.route', 'spec.route.routes[]', 'spec.route.routes[].routes[]'];
const alertWhy =
  'prometheus-operator rejects the AlertmanagerConfig, and none of its receivers gets an alert';
const args = {
  what: 'argument',
  after: ['{{args.'],
  names: ['spec.args[].name'],
  why: 'the analysis run ends with an error, and the rollout is aborted',
};
const invalidSpec = 'Argo Rollouts marks the Rollout as InvalidSpec and does not go on with it';
const canary = 'spec.strategy.canary';
const trafficOfIstio = `${canary}.trafficRouting.istio`;
const analyses = [
  `${canary}.analysis`,
  `${canary}.steps[].analysis`,
  'spec.strategy.blueGreen.prePromotionAnalysis',
  'spec.strategy.blueGreen.postPromotionAnalysis',
];
const task: readonly InnerNames[] = [
  { what: 'param', after: ['$(params.'], names: ['spec.params[].name'], why: tektonWhy },
  {
    what: 'workspace',
    after: ['$(workspaces.'],
    names: ['spec.workspaces[].name'],
    why: tektonWhy,
  },
  { what: 'result', after: ['$(results.'], names: ['spec.results[].name'], why: tektonWhy },
];
/** Each is a field with one entry per event. */
const eventSources = (
  'amqp azureEventsHub azureQueueStorage azureServiceBus bitbucket bitbucketserver calendar ' +
  'emitter file generic gerrit github gitlab hdfs kafka minio mqtt nats nsq pubSub pulsar redis ' +
  'redisStream resource sftp slack sns sqs storageGrid stripe webhook'
).split(' ');
/** What runs one is given for it. */
function given(kind: string, scope: string, ref: string): readonly InnerNames[] {
  return ['param', 'workspace'].map((what) => ({
    scope,
    what,
    of: `${tekton}/${kind}`,
    at: `${ref}.name`,
    uses: [`${what}s[].name`],
    near: true,
    names: [`spec.${what}s[].name`],
    why: 'Tekton gives it to nobody, and the run fails for want of the one that was meant',
  }));
}
const ofTasks = ['spec.tasks[]', 'spec.finally[]'];

/** Group and kind of the object → its names. */
export const innerNames: Readonly<Record<string, readonly InnerNames[]>> = {
  [`${argo}/Workflow`]: workflow('spec'),
  [`${argo}/WorkflowTemplate`]: workflow('spec'),
  [`${argo}/ClusterWorkflowTemplate`]: workflow('spec'),
  [`${argo}/CronWorkflow`]: workflow('spec.workflowSpec'),
  [`${argo}/Rollout`]: [
    {
      what: 'managed route',
      uses: [`${canary}.steps[].setHeaderRoute.name`, `${canary}.steps[].setMirrorRoute.name`],
      names: [`${canary}.trafficRouting.managedRoutes[].name`],
      why: invalidSpec,
    },
    ...['virtualService', 'virtualServices[]'].map((field) => ({
      scope: `${trafficOfIstio}.${field}`,
      what: 'HTTP route',
      of: `${istio}/VirtualService`,
      at: 'name',
      uses: ['routes[]'],
      names: ['spec.http[].name'],
      why: invalidSpec,
    })),
    {
      scope: `${trafficOfIstio}.destinationRule`,
      what: 'subset',
      of: `${istio}/DestinationRule`,
      at: 'name',
      uses: ['canarySubsetName', 'stableSubsetName'],
      names: ['spec.subsets[].name'],
      why: invalidSpec,
    },
    ...analyses.map((scope) => ({
      scope,
      what: 'argument',
      of: `${argo}/AnalysisTemplate`,
      at: 'templates[].templateName',
      uses: ['args[].name'],
      near: true as const,
      names: ['spec.args[].name'],
      why: args.why,
    })),
  ],
  [`${argo}/AnalysisTemplate`]: [args],
  [`${argo}/ClusterAnalysisTemplate`]: [args],
  [`${argo}/Sensor`]: [
    {
      what: 'dependency',
      uses: ['spec.triggers[].template.conditions'],
      form: 'expression',
      names: ['spec.dependencies[].name'],
      why: 'the Sensor is not valid, and none of its triggers fires',
    },
    {
      what: 'dependency',
      uses: ['k8s', 'argoWorkflow', 'http', 'log', 'custom'].map(
        (type) => `spec.triggers[].template.${type}.parameters[].src.dependencyName`,
      ),
      names: ['spec.dependencies[].name'],
      why: 'the Sensor is not valid, and none of its triggers fires',
    },
    {
      scope: 'spec.dependencies[]',
      what: 'event',
      of: `${argo}/EventSource`,
      at: 'eventSourceName',
      uses: ['eventName'],
      names: eventSources.map((type) => `spec.${type}`),
      why: 'the Sensor waits for events of a name that the EventSource never sends',
    },
  ],
  [`${tekton}/Pipeline`]: [
    ...pipeline('spec'),
    ...ofTasks.flatMap((one) => given('Task', one, 'taskRef')),
    {
      what: 'workspace',
      uses: ofTasks.map((one) => `${one}.workspaces[].workspace`),
      names: ['spec.workspaces[].name'],
      why: tektonWhy,
    },
    {
      what: 'param',
      after: ['$(params.'],
      names: [
        'spec.params[].name',
        ...ofTasks.flatMap((one) => [`${one}.params[].name`, `${one}.taskSpec.params[].name`]),
        ...ofTasks.map((one) => `${one}.matrix.params[].name`),
        ...ofTasks.map((one) => `${one}.matrix.include[].params[].name`),
      ],
      why: tektonWhy,
    },
  ],
  [`${tekton}/PipelineRun`]: [
    ...pipeline('spec.pipelineSpec'),
    ...given('Pipeline', 'spec', 'pipelineRef'),
  ],
  [`${tekton}/TaskRun`]: given('Task', 'spec', 'taskRef'),
  [`${tekton}/Task`]: task,
  [`${tekton}/ClusterTask`]: task,
  'triggers.tekton.dev/TriggerTemplate': [
    {
      what: 'param',
      after: ['$(tt.params.'],
      names: ['spec.params[].name'],
      why: 'the webhook of Tekton Triggers refuses it, and kubectl apply fails',
    },
  ],
  'k8s.nginx.org/VirtualServer': [
    ...upstreams('routes'),
    {
      what: 'host',
      of: 'k8s.nginx.org/VirtualServerRoute',
      at: 'spec.routes[].route',
      uses: ['spec.host'],
      names: ['spec.host'],
      why: 'the NGINX controller ignores a VirtualServerRoute whose host is another one',
    },
  ],
  'k8s.nginx.org/VirtualServerRoute': upstreams('subroutes'),
  'k8s.nginx.org/TransportServer': [
    {
      what: 'upstream',
      uses: ['spec.action.pass'],
      names: ['spec.upstreams[].name'],
      why: nginxWhy,
    },
  ],
  'zalando.org/RouteGroup': [
    {
      what: 'backend',
      uses: ['spec.defaultBackends[].backendName', 'spec.routes[].backends[].backendName'],
      names: ['spec.backends[].name'],
      why: 'Skipper ignores the whole RouteGroup, and requests for its hosts get status 404',
    },
  ],
  'kafka.strimzi.io/KafkaMirrorMaker2': [
    {
      what: 'cluster alias',
      uses: ['spec.connectCluster', 'spec.mirrors[].sourceCluster', 'spec.mirrors[].targetCluster'],
      names: ['spec.clusters[].alias'],
      why: 'the operator of Strimzi sets the condition NotReady and makes no pod',
    },
  ],
  'monitoring.coreos.com/AlertmanagerConfig': [
    {
      what: 'receiver',
      uses: receivers.map((route) => `${route}.receiver`),
      names: ['spec.receivers[].name'],
      why: alertWhy,
    },
    {
      what: 'time interval',
      uses: receivers.flatMap((route) => [
        `${route}.muteTimeIntervals[]`,
        `${route}.activeTimeIntervals[]`,
      ]),
      names: ['spec.muteTimeIntervals[].name', 'spec.timeIntervals[].name'],
      why: alertWhy,
    },
  ],
  'opentelemetry.io/OpenTelemetryCollector': [
    ...['receiver', 'processor', 'exporter'].map((what) => ({
      what,
      uses: [`${collector}.service.pipelines{}.${what}s[]`],
      // A connector is the end of one pipeline and the beginning of another.
      names: [
        `${collector}.${what}s`,
        ...(what === 'processor' ? [] : [`${collector}.connectors`]),
      ],
      why: collectorWhy,
    })),
    {
      what: 'extension',
      uses: [`${collector}.service.extensions[]`],
      names: [`${collector}.extensions`],
      why: collectorWhy,
    },
  ],
  'postgresql.cnpg.io/Cluster': [
    {
      what: 'external cluster',
      uses: [
        'spec.bootstrap.recovery.source',
        'spec.bootstrap.pg_basebackup.source',
        'spec.bootstrap.initdb.import.source.externalCluster',
        'spec.replica.source',
        'spec.replica.primary',
      ],
      names: ['spec.externalClusters[].name', 'metadata.name'],
      why: 'the webhook of CloudNativePG refuses it, and kubectl apply fails',
    },
  ],
  'apiextensions.crossplane.io/Composition': [
    {
      what: 'patch set',
      uses: ['spec.resources[].patches[].patchSetName'],
      names: ['spec.patchSets[].name'],
      why: 'Crossplane cannot compose the resource, and none is made',
    },
  ],
  'apps.openshift.io/DeploymentConfig': [
    {
      what: 'container',
      uses: ['spec.triggers[].imageChangeParams.containerNames[]'],
      names: ['spec.template.spec.containers[].name', 'spec.template.spec.initContainers[].name'],
      why: 'the API server of OpenShift refuses it',
    },
  ],
};
