import { describe, expect, test } from 'vitest';
import { describeRefusal } from '../../../src/cluster/apiserver/describe-refusal.ts';
import { isKnownKind } from '../../../src/cluster/apiserver/kinds.ts';
import { removedIn } from '../../../src/cluster/apiserver/removed-apis.ts';
import type { JsonObject } from '../../../src/kubernetes/json.ts';
import { admitted, deployment, endpoints, messages, service, slice } from './objects.ts';

const http = { httpGet: { port: 8080 } };

describe('behaviour that came with a release', () => {
  test.each<[title: string, value: JsonObject, minor: number, before: string[], after: string[]]>([
    [
      'Service names may start with a digit',
      { ...service(), metadata: { name: '9lives' } },
      36,
      [expect.stringContaining('a DNS-1035 label must') as string],
      [],
    ],
    [
      'trafficDistribution PreferSameZone',
      service({ trafficDistribution: 'PreferSameZone' }),
      34,
      [
        'spec.trafficDistribution: Unsupported value: "PreferSameZone": supported values: "PreferClose"',
      ],
      [],
    ],
    [
      'sidecars',
      deployment({}, { initContainers: [{ name: 'i', image: 'x', restartPolicy: 'Never' }] }),
      35,
      [
        'spec.template.spec.initContainers[0].restartPolicy: Unsupported value: "Never": supported values: "Always"',
      ],
      [],
    ],
    [
      'restart policies of containers',
      deployment({ restartPolicy: 'Never' }),
      35,
      [
        'spec.template.spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers',
      ],
      [],
    ],
    [
      'names of environment variables',
      deployment({ env: [{ name: '1 A', value: 'x' }] }),
      32,
      [expect.stringContaining('must not start with a digit') as string],
      [],
    ],
    [
      'externalTrafficPolicy with external IPs',
      service({ externalIPs: ['192.0.2.1'], externalTrafficPolicy: 'Local' }),
      29,
      [
        'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
      ],
      [],
    ],
  ])('%s', (_, value, minor, before, after) => {
    expect(messages(value, { kubernetesMinor: minor - 1 })).toEqual(before);
    expect(messages(value, { kubernetesMinor: minor })).toEqual(after);
  });
  test('StatefulSet.serviceName is looked at since 1.33', () => {
    const value = { ...deployment({}, {}, { serviceName: 'A_b' }), kind: 'StatefulSet' };
    expect(messages(value, { kubernetesMinor: 32 })).toEqual([]);
    expect(messages(value, { kubernetesMinor: 33 })).toHaveLength(1);
  });
  test('host ports of host-network templates were filled in before 1.28', () => {
    const value = deployment({ ports: [{ containerPort: 80 }] }, { hostNetwork: true });
    const port = { containerPort: 80, protocol: 'TCP' };
    const shape = (ports: JsonObject[]): object => ({
      spec: { template: { spec: { containers: [{ ports }] } } },
    });
    expect(admitted(value, { kubernetesMinor: 27 }).value).toMatchObject(
      shape([{ ...port, hostPort: 80 }]),
    );
    expect(admitted(value, { kubernetesMinor: 28 }).value).toMatchObject(shape([port]));
    expect(JSON.stringify(admitted(value).value)).not.toContain('hostPort');
  });
  test.each<[warning: string, value: JsonObject, minor: number]>([
    [
      'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
      endpoints({ addresses: [{ ip: '192.0.2.1' }] }),
      33,
    ],
    [
      'spec.sessionAffinity is ignored'.replace('sessionAffinity', 'SessionAffinity') +
        ' for headless services',
      service({ clusterIP: 'None', sessionAffinity: 'ClientIP' }),
      34,
    ],
    [
      'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
      service({ trafficDistribution: 'PreferClose' }),
      35,
    ],
    [
      'spec.template.spec.containers[0].ports[1]: duplicate port definition with spec.template.spec.containers[0].ports[0]',
      deployment({ ports: [{ containerPort: 80 }, { containerPort: 80 }] }),
      28,
    ],
  ])('warning %s', (warning, value, minor) => {
    expect(admitted(value, { kubernetesMinor: minor }).warnings).toEqual([warning]);
    expect(admitted(value, { kubernetesMinor: minor - 1 }).warnings).toEqual([]);
  });
});

describe('defaults', () => {
  test('of a Service', () => {
    const { value, refusals } = admitted(
      service({
        ports: [{ port: 80 }, { name: 'b', port: 81, targetPort: 'b' }],
        type: 'LoadBalancer',
      }),
    );
    expect(refusals.map((refusal) => refusal.message)).toEqual([
      'spec.ports[0].name: Required value',
    ]);
    expect(value['spec']).toEqual({
      type: 'LoadBalancer',
      selector: { app: 'web' },
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      externalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv4'],
      ports: [
        { port: 80, protocol: 'TCP', targetPort: 80 },
        { name: 'b', port: 81, protocol: 'TCP', targetPort: 'b' },
      ],
    });
  });
  test('of a headless Service', () => {
    expect(admitted(service({ clusterIP: 'None' })).value['spec']).toMatchObject({
      clusterIP: 'None',
      clusterIPs: ['None'],
      ipFamilyPolicy: 'SingleStack',
    });
  });
  test('of a pod: probes, ports, policies, host ports', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        hostNetwork: true,
        containers: [
          { name: 'web', image: 'x', ports: [{ containerPort: 80 }], readinessProbe: http },
        ],
      },
    };
    expect(admitted(pod).value['spec']).toEqual({
      hostNetwork: true,
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      terminationGracePeriodSeconds: 30,
      containers: [
        {
          name: 'web',
          image: 'x',
          ports: [{ containerPort: 80, protocol: 'TCP', hostPort: 80 }],
          readinessProbe: {
            httpGet: { port: 8080, path: '/', scheme: 'HTTP' },
            timeoutSeconds: 1,
            periodSeconds: 10,
            successThreshold: 1,
            failureThreshold: 3,
          },
        },
      ],
    });
  });
  test.each<[kind: string, apiVersion: string, spec: JsonObject, defaulted: JsonObject]>([
    ['StatefulSet', 'apps/v1', {}, { replicas: 1, podManagementPolicy: 'OrderedReady' }],
    ['Deployment', 'apps/v1', { replicas: 0 }, { replicas: 0 }],
    ['Job', 'batch/v1', {}, { parallelism: 1, completions: 1 }],
    ['Job', 'batch/v1', { completions: 3 }, { parallelism: 1, completions: 3 }],
    ['HorizontalPodAutoscaler', 'autoscaling/v2', { maxReplicas: 3 }, { minReplicas: 1 }],
    ['NetworkPolicy', 'networking.k8s.io/v1', { egress: [] }, { policyTypes: ['Ingress'] }],
    [
      'NetworkPolicy',
      'networking.k8s.io/v1',
      { egress: [{}] },
      { policyTypes: ['Ingress', 'Egress'] },
    ],
  ])('of a %s of %s: %j', (kind, apiVersion, spec, defaulted) => {
    expect(
      admitted({ apiVersion, kind, metadata: { name: 'web' }, spec }).value['spec'],
    ).toMatchObject(defaulted);
  });
  test("of a ReplicationController: the template's labels", () => {
    const template = {
      metadata: { labels: { app: 'rc' } },
      spec: { containers: [{ name: 'web', image: 'x' }] },
    };
    const { value, refusals } = admitted({
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'rc' },
      spec: { template },
    });
    expect(refusals).toEqual([]);
    expect(value).toMatchObject({
      metadata: { labels: { app: 'rc' } },
      spec: { selector: { app: 'rc' }, replicas: 1 },
    });
  });
  test('of a Namespace: its name as a label', () => {
    const { value } = admitted({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    expect(value['metadata']).toEqual({
      name: 'shop',
      labels: { 'kubernetes.io/metadata.name': 'shop' },
    });
  });
  test('nothing is changed in what is given', () => {
    for (const given of [
      service({ ports: [{ port: 80 }] }),
      deployment({ ports: [{ containerPort: 80 }], readinessProbe: http }),
      slice({ ports: [{ port: 1 }] }),
    ]) {
      const before = structuredClone(given);
      admitted(given);
      expect(given).toEqual(before);
    }
  });
});

describe('where a refusal points', () => {
  test.each<[title: string, value: JsonObject, path: (string | number)[]]>([
    ['the label that is wrong', service({ selector: { app: 'a b' } }), ['spec', 'selector', 'app']],
    [
      'clusterIP where clusterIPs was not written',
      service({ clusterIP: 'x' }),
      ['spec', 'clusterIP'],
    ],
    [
      'labels of a template',
      deployment(
        {},
        {},
        {
          template: {
            metadata: { labels: { app: 'web', b: '/' } },
            spec: { containers: [{ name: 'a', image: 'b' }] },
          },
        },
      ),
      ['spec', 'template', 'metadata', 'labels', 'b'],
    ],
    [
      'the number of a port that is there already',
      service({
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b' },
        ],
      }),
      ['spec', 'ports', 1, 'port'],
    ],
    [
      'the second host port',
      deployment(
        {},
        {
          initContainers: [
            { name: 'a', image: 'x' },
            {
              name: 'b',
              image: 'x',
              ports: [
                { containerPort: 1, hostPort: 9 },
                { containerPort: 2, hostPort: 9 },
              ],
            },
          ],
        },
      ),
      ['spec', 'template', 'spec', 'initContainers', 1, 'ports', 1, 'hostPort'],
    ],
  ])('%s', (_, value, path) =>
    expect(admitted(value).refusals.map((refusal) => refusal.path)).toEqual([path]),
  );
});

describe('placeholders are never refused', () => {
  test.each<[title: string, value: JsonObject]>([
    [
      'names',
      {
        ...service(),
        metadata: {
          name: '{{ .Release.Name }}-web',
          labels: { app: '{{ x }}' },
          namespace: '${NS}',
        },
      },
    ],
    [
      'ports',
      service({
        ports: [
          {
            port: '${A}',
            targetPort: '${B}',
            protocol: '${C}',
            name: '${D}',
            nodePort: '${E}',
            appProtocol: '${F}',
          },
          { port: '${A}', name: '${D}' },
        ],
      }),
    ],
    [
      'type and policies',
      service({
        type: '${A}',
        ipFamilyPolicy: '${B}',
        sessionAffinity: '${C}',
        externalTrafficPolicy: '${D}',
        trafficDistribution: '${E}',
        clusterIP: '${F}',
        loadBalancerClass: '${G}',
      }),
    ],
    ['a whole list', service({ ports: '{{ toYaml .Values.ports }}' })],
    [
      'a selector against labels',
      deployment({}, {}, { selector: { matchLabels: { app: '${APP}' } } }),
    ],
    ['a selector that is left out', deployment({}, {}, { selector: '{{ x }}' })],
    [
      'labels that are left out',
      deployment(
        {},
        {},
        {
          template: {
            metadata: { labels: '{{ x }}' },
            spec: { containers: [{ name: 'a', image: 'b' }] },
          },
        },
      ),
    ],
    ['containers', deployment({}, { containers: '{{ x }}' })],
    ['a container', deployment({}, { containers: ['{{ x }}'] })],
    [
      'fields of a container',
      deployment({
        name: '${A}',
        image: '${B}',
        imagePullPolicy: '${C}',
        ports: [{ containerPort: '${D}', name: '${E}', hostPort: '${F}' }],
        resources: { limits: { cpu: '${G}' }, requests: { cpu: 2 } },
      }),
    ],
    [
      'a probe',
      deployment({
        readinessProbe: '{{ x }}',
        livenessProbe: { httpGet: { port: '${A}' }, periodSeconds: '${B}' },
        startupProbe: { httpGet: '{{ x }}' },
      }),
    ],
    [
      'mounts',
      deployment({ volumeMounts: [{ name: 'a', mountPath: '/a' }] }, { volumes: '{{ x }}' }),
    ],
    [
      'replicas',
      deployment(
        {},
        { restartPolicy: '${A}', dnsPolicy: '${B}' },
        { replicas: '${C}', strategy: { type: '${D}' } },
      ),
    ],
    [
      'endpoints',
      endpoints({ addresses: [{ ip: '${A}', hostname: '${B}' }], ports: [{ port: '${C}' }] }),
    ],
    ['addresses', endpoints({ addresses: '{{ x }}' })],
    [
      'a slice',
      slice({
        addressType: '${A}',
        endpoints: [{ addresses: ['${B}'] }],
        ports: [{ name: '${C}', port: '${D}', protocol: '${E}' }],
      }),
    ],
    [
      'an ingress',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'a' },
        spec: {
          rules: [
            {
              host: '${A}',
              http: {
                paths: [
                  {
                    path: '${B}',
                    pathType: '${C}',
                    backend: { service: { name: '${D}', port: { number: '${E}' } } },
                  },
                ],
              },
            },
          ],
        },
      },
    ],
    [
      'an ingress without rules',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'a' },
        spec: { rules: '{{ x }}' },
      },
    ],
    [
      'a policy',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'a' },
        spec: {
          podSelector: { matchLabels: { a: '${A}' } },
          ingress: [
            {
              ports: [{ port: '${B}', protocol: '${C}' }],
              from: [{ ipBlock: { cidr: '${D}', except: ['${E}'] } }],
            },
          ],
        },
      },
    ],
    [
      'an autoscaler',
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'a' },
        spec: {
          maxReplicas: '${A}',
          minReplicas: '${B}',
          scaleTargetRef: { kind: '${C}', name: '${D}' },
        },
      },
    ],
  ])('%s', (_, value) => {
    const { refusals, known } = admitted(value);
    expect({ refusals, known }).toEqual({ refusals: [], known: true });
  });
  test('what does not hang on one still is', () => {
    expect(messages(service({ ports: [{ port: '${A}', targetPort: 'UPPER' }] }))).toEqual([
      'spec.ports[0].targetPort: Invalid value: "UPPER": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'spec.ports[0].targetPort: Invalid value: "UPPER": must contain at least one letter (a-z)',
    ]);
  });
});

describe('helps', () => {
  test.each<[title: string, value: JsonObject, help: string]>([
    [
      'digits in quotes',
      service({ ports: [{ port: 80, targetPort: '8080' }] }),
      'remove the quotes: 8080',
    ],
    ['protocol in lower case', service({ ports: [{ port: 80, protocol: 'tcp' }] }), 'write TCP'],
    [
      'matchLabels in a Service',
      service({ selector: { matchLabels: { app: 'web' } } }),
      'write the labels right under selector; matchLabels is for workloads',
    ],
    [
      'beta backends',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'a' },
        spec: {
          rules: [
            { http: { paths: [{ pathType: 'Prefix', path: '/', backend: { serviceName: 'a' } }] } },
          ],
        },
      },
      'write service.name',
    ],
  ])('%s', (_, value, help) => expect(admitted(value).refusals[0]?.help).toBe(help));
});

describe('kinds', () => {
  test('known', () => {
    expect(isKnownKind('apps/v1', 'Deployment')).toBe(true);
    expect(isKnownKind('v1', 'Deployment')).toBe(false);
    expect(isKnownKind('v1', 'ConfigMap')).toBe(true);
    expect(isKnownKind('v1', 'Node')).toBe(false);
  });
  test('unknown ones are taken as they are', () => {
    const value = {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 1 },
      anything: null,
    };
    expect(admitted(value)).toEqual({
      value,
      refusals: [],
      warnings: [],
      incomplete: [],
      known: false,
    });
  });
  test('removed ones name their successor', () => {
    expect(removedIn('extensions/v1beta1', 'Ingress')).toEqual({
      minor: 22,
      successor: 'networking.k8s.io/v1',
    });
    const value = {
      apiVersion: 'autoscaling/v2beta2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'a' },
    };
    expect(admitted(value).refusals).toMatchObject([
      { type: 'Not served', path: ['apiVersion'], help: 'write apiVersion: autoscaling/v2' },
    ]);
    expect(admitted(value, { kubernetesMinor: 25 }).refusals).toEqual([]);
  });
});

test('equal messages are printed once', () => {
  const refusals = [1, 2].map((index) => ({
    type: 'Invalid value' as const,
    path: [index],
    message: 'spec: Invalid value: "": x',
  }));
  expect(
    describeRefusal({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, refusals),
  ).toBe('Deployment.apps "web" is invalid: spec: Invalid value: "": x');
});

describe('volumes of a pod', () => {
  test.each<[title: string, source: JsonObject, messages: string[]]>([
    ['a directory of a server', { nfs: { server: 'files', path: '/shop' } }, []],
    [
      'a path that is not absolute',
      { nfs: { server: 'files', path: 'shop' } },
      ['nfs.path: Invalid value: "shop": must be an absolute path'],
    ],
    ['a driver that is not named', { csi: {} }, ['csi.driver: Required value']],
    [
      'two sources',
      { emptyDir: {}, configMap: { name: 'web' } },
      ['configMap: Forbidden: may not specify more than 1 volume type'],
    ],
  ])('%s', (_, source, expected) =>
    expect(messages(deployment({}, { volumes: [{ name: 'data', ...source }] }))).toEqual(
      expected.map((message) => `spec.template.spec.volumes[0].${message}`),
    ),
  );
});
