/**
 * Clusters to try things on: a few objects of all kinds that take part, few enough names and labels
 * that they meet often.
 */
import fc from 'fast-check';

/** An object as one would write it. */
// Built and taken apart by tests only; what is in it the arbitraries below say.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Written = Record<string, any>;

type Parts<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

const namespace = fc.constantFrom<string | undefined>(
  undefined,
  undefined,
  undefined,
  'default',
  'default',
  'shop',
);
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** One time in so many. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const app = fc.constantFrom('web', 'web', 'api');
const tier = fc.constantFrom('front', 'back');

/** Labels and selectors with so few values that a selector takes a pod about as often as not. */
const labels: fc.Arbitrary<Written> = fc.record({ app, tier: optional(tier) }).map(written);
const selector: fc.Arbitrary<Written> = fc.oneof(
  fc.record({ app }),
  fc.record({ app }),
  fc.record({ tier }),
  fc.record({ app, tier }),
);

const portName = fc.constantFrom('http', 'metrics', 'dns');
const portNumber = fc.constantFrom(53, 8080, 9090);
const protocol = fc.constantFrom<string | undefined>(undefined, undefined, 'TCP', 'UDP', 'SCTP');

const containerPort = fc
  .record({ name: optional(portName), containerPort: portNumber, protocol })
  .map(written);
const containerPorts = fc.uniqueArray(containerPort, {
  maxLength: 3,
  selector: ({ name }) => (name as string | undefined) ?? {},
});
const probe = fc.oneof(
  fc.record({ httpGet: fc.record({ port: fc.oneof(portName, portNumber) }) }),
  fc.record({ tcpSocket: fc.record({ port: fc.oneof(portName, portNumber) }) }),
  fc.constant({ exec: { command: ['true'] } }),
);
const container = fc
  .record({
    ports: optional(containerPorts),
    readinessProbe: rarely(probe, 3),
    startupProbe: rarely(probe, 6),
    livenessProbe: rarely(probe, 6),
  })
  .map(written);
const initContainer = fc.record({ sidecar: fc.boolean(), ports: containerPorts });

const podSpec = fc
  .record({
    containers: fc.array(container, { minLength: 1, maxLength: 2 }),
    init: rarely(initContainer, 4),
    hostname: rarely(fc.constantFrom('front', 'back'), 4),
    subdomain: rarely(fc.constantFrom('service-0', 'service-1'), 3),
    gates: rarely(fc.constantFrom('readiness', 'scheduling'), 8),
    hostNetwork: rarely(fc.constant(true), 8),
  })
  .map(({ containers, init, gates, ...spec }) =>
    written({
      ...spec,
      containers: containers.map((each, index) => ({
        name: `main-${index}`,
        image: 'registry.example/main:1',
        ...each,
      })),
      initContainers: init && [
        written({
          name: 'init',
          image: 'registry.example/init:1',
          restartPolicy: init.sidecar ? 'Always' : undefined,
          ports: init.ports,
        }),
      ],
      readinessGates: gates === 'readiness' ? [{ conditionType: 'example.com/ready' }] : undefined,
      schedulingGates: gates === 'scheduling' ? [{ name: 'example.com/wait' }] : undefined,
    }),
  );

/** Mostly few pods, at times more than fit into one slice. */
const replicas = fc.oneof(
  { weight: 30, arbitrary: optional(fc.nat({ max: 4 })) },
  { weight: 1, arbitrary: fc.integer({ min: 99, max: 130 }) },
);

const workloadKinds = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ReplicationController',
  'Job',
  'CronJob',
] as const;

/**
 * A workload whose selector no other one shares (`set` is its own label), so that who adopts whom
 * does not depend on chance.
 */
const workload = fc.record({
  kind: fc.constantFrom(...workloadKinds),
  namespace,
  labels,
  replicas,
  spec: podSpec,
  parallel: fc.boolean(),
  indexed: fc.boolean(),
  start: fc.constantFrom(0, 0, 3),
  off: rarely(fc.constant(true), 10),
  autoscaler: rarely(
    fc.record({ min: fc.integer({ min: 1, max: 3 }), more: fc.nat({ max: 3 }) }),
    6,
  ),
});

function workloadObjects(parts: Parts<typeof workload>, index: number): Written[] {
  const { kind, labels: own, replicas: count, spec, off } = parts;
  const name = `${kind.toLowerCase()}-${index}`;
  const pair = { set: name };
  const template = { metadata: { labels: { ...own, ...pair } }, spec };
  const metadata = written({ name, namespace: parts.namespace });
  const job = (): Written =>
    written({
      parallelism: count,
      completions: parts.indexed ? (count ?? 1) : undefined,
      completionMode: parts.indexed ? 'Indexed' : undefined,
      template: { ...template, spec: { ...spec, restartPolicy: 'Never' } },
    });
  const object = (apiVersion: string, fields: Written): Written => ({
    apiVersion,
    kind,
    metadata,
    spec: written(fields),
  });
  const scaler = (apiVersion: string): Written[] =>
    parts.autoscaler === undefined
      ? []
      : [
          {
            apiVersion: 'autoscaling/v2',
            kind: 'HorizontalPodAutoscaler',
            metadata,
            spec: {
              scaleTargetRef: { apiVersion, kind, name },
              minReplicas: parts.autoscaler.min,
              maxReplicas: parts.autoscaler.min + parts.autoscaler.more,
            },
          },
        ];
  const matching = { selector: { matchLabels: pair }, template };
  switch (kind) {
    case 'Deployment':
      return [
        object('apps/v1', { replicas: count, paused: off ? true : undefined, ...matching }),
        ...scaler('apps/v1'),
      ];
    case 'ReplicaSet':
      return [object('apps/v1', { replicas: count, ...matching }), ...scaler('apps/v1')];
    case 'StatefulSet':
      return [
        object('apps/v1', {
          replicas: count,
          serviceName: `service-${index}`,
          podManagementPolicy: parts.parallel ? 'Parallel' : undefined,
          ordinals: parts.start === 0 ? undefined : { start: parts.start },
          ...matching,
        }),
        ...scaler('apps/v1'),
      ];
    case 'DaemonSet':
      return [object('apps/v1', matching)];
    case 'ReplicationController':
      return [object('v1', { replicas: count, selector: pair, template }), ...scaler('v1')];
    case 'Job':
      return [object('batch/v1', { ...job(), suspend: off ? true : undefined })];
    case 'CronJob':
      return [
        object('batch/v1', {
          schedule: '0 3 * * *',
          suspend: off ? true : undefined,
          jobTemplate: { spec: job() },
        }),
      ];
  }
}

const pod = fc.record({ namespace, labels, spec: podSpec, adopter: optional(fc.nat({ max: 3 })) });

const servicePort = fc
  .record({
    port: portNumber,
    protocol,
    targetPort: optional(fc.oneof(portName, portNumber)),
    appProtocol: optional(fc.constant('http')),
  })
  .map(written);

const service = fc.record({
  namespace,
  labels: optional(labels),
  selector: fc.option(selector, { nil: undefined, freq: 8 }),
  /** Which pods of StatefulSets and Indexed Jobs, besides. */
  index: rarely(fc.nat({ max: 4 }), 10),
  ports: fc.uniqueArray(servicePort, {
    minLength: 1,
    maxLength: 3,
    selector: ({ port, protocol: own = 'TCP' }) => `${port}/${own}`,
  }),
  named: fc.boolean(),
  type: fc.constantFrom<string | undefined>(
    undefined,
    undefined,
    undefined,
    'None',
    'NodePort',
    'LoadBalancer',
    'ExternalName',
  ),
  publishNotReadyAddresses: optional(fc.boolean()),
  ipFamilyPolicy: optional(fc.constantFrom('SingleStack', 'PreferDualStack')),
});

function serviceObject(parts: Parts<typeof service>, index: number): Written {
  const { type, ports } = parts;
  const external = type === 'ExternalName';
  const headless = type === 'None';
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: written({
      name: `service-${index}`,
      namespace: parts.namespace,
      labels: parts.labels,
    }),
    spec: written({
      type: headless ? undefined : type,
      clusterIP: headless ? 'None' : undefined,
      externalName: external ? 'example.com' : undefined,
      ipFamilyPolicy: external ? undefined : parts.ipFamilyPolicy,
      selector: parts.selector && {
        ...parts.selector,
        ...(parts.index === undefined
          ? {}
          : { 'apps.kubernetes.io/pod-index': String(parts.index) }),
      },
      publishNotReadyAddresses: parts.publishNotReadyAddresses,
      ports: ports.map((port, number) =>
        parts.named || ports.length > 1 ? { name: `port-${number}`, ...port } : port,
      ),
    }),
  };
}

const address = fc.constantFrom(
  '192.0.2.1',
  '192.0.2.2',
  '192.0.2.3',
  '2001:db8::1',
  '2001:db8::2',
);
const addresses = (minLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(address, { minLength, maxLength: 3 });
const endpointPort = fc
  .record({ name: fc.constantFrom('port-0', 'port-1', 'http'), port: portNumber, protocol })
  .map(written);
const endpointPorts = fc.uniqueArray(endpointPort, {
  maxLength: 2,
  selector: ({ name }) => name as string,
});

/** Endpoints and a slice that somebody wrote for a Service, or for none. */
const handWritten = fc.record({
  service: fc.nat({ max: 2 }),
  namespace,
  slice: fc.boolean(),
  subsets: fc.array(
    fc.record({ ready: addresses(1), notReady: addresses(0), ports: endpointPorts }),
    { minLength: 1, maxLength: 2 },
  ),
});

function handWrittenObject(
  { service: number, namespace: own, slice, subsets }: Parts<typeof handWritten>,
  index: number,
): Written {
  const name = `service-${number}`;
  if (!slice) {
    return {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: written({ name, namespace: own }),
      subsets: subsets.map(({ ready, notReady, ports }) =>
        written({
          addresses: ready.map((ip) => ({ ip })),
          notReadyAddresses: notReady.length === 0 ? undefined : notReady.map((ip) => ({ ip })),
          ports: ports.length === 0 ? undefined : ports,
        }),
      ),
    };
  }
  const of4 = subsets.flatMap(({ ready }) => ready).filter((ip) => !ip.includes(':'));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: written({
      name: `slice-${index}`,
      namespace: own,
      labels: { 'kubernetes.io/service-name': name },
    }),
    addressType: 'IPv4',
    ports: subsets[0]?.ports ?? [],
    endpoints: of4.map((ip, place) => ({
      addresses: [ip],
      ...(place % 2 === 1 && { conditions: { ready: false } }),
    })),
  };
}

/** Workloads, Pods, Services and hand-written endpoints; no two objects have one identity. */
export const cluster: fc.Arbitrary<Written[]> = fc
  .record({
    workloads: fc.array(workload, { minLength: 1, maxLength: 3 }),
    pods: fc.array(pod, { maxLength: 2 }),
    services: fc.array(service, { minLength: 1, maxLength: 3 }),
    byHand: fc.array(handWritten, { maxLength: 2 }),
  })
  .map(({ workloads, pods, services, byHand }) => {
    const made = workloads.flatMap(workloadObjects);
    const names = workloads.map(({ kind }, index) => `${kind.toLowerCase()}-${index}`);
    const bare = pods.map(({ namespace: own, labels: pairs, spec, adopter }, index): Written => {
      const set = adopter === undefined ? undefined : names[adopter];
      const metadata = written({
        name: `pod-${index}`,
        namespace: own,
        labels: set === undefined ? pairs : { ...pairs, set },
      });
      return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
    });
    return unique([
      ...made,
      ...bare,
      ...services.map(serviceObject),
      ...byHand.map(handWrittenObject),
    ]);
  });

/** Something that nobody in a `cluster` selects, names or shares a label with. */
export const stranger: fc.Arbitrary<Written> = fc
  .record({ namespace, spec: podSpec, what: fc.nat({ max: 5 }) })
  .map((parts): Written => {
    const metadata = written({ name: 'stranger', namespace: parts.namespace });
    const pairs = { stranger: 'yes' };
    const template = { metadata: { labels: pairs }, spec: parts.spec };
    const kinds: Written[] = [
      { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, labels: pairs }, spec: parts.spec },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { selector: { matchLabels: pairs }, template },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata,
        spec: { replicas: 2, selector: { matchLabels: pairs }, template },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: pairs, ports: [{ port: 80 }] },
      },
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata,
        subsets: [{ addresses: [{ ip: '192.0.2.9' }], ports: [{ port: 80 }] }],
      },
      { apiVersion: 'example.com/v1', kind: 'Widget', metadata, spec: { size: 3 } },
    ];
    return kinds[parts.what] as Written;
  });

function identity({ apiVersion, kind, metadata }: Written): string {
  return `${apiVersion}/${kind}/${metadata.namespace ?? 'default'}/${metadata.name}`;
}

function unique(objects: readonly Written[]): Written[] {
  return [...new Map(objects.map((object) => [identity(object), object])).values()];
}

/** A copy without the fields that are undefined, as a file would have it. */
function written(fields: Written): Written {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
