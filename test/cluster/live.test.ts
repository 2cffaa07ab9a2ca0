/**
 * Lists as a cluster gives them: everything counts once, and what controllers made is nobody's
 * handwriting.
 */
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { predict } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { isInPreset } from '../../src/config/presets.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { lintFiles } from '../support/lint-files.ts';

const owner = (apiVersion: string, kind: string, name: string): object => ({
  ownerReferences: [{ apiVersion, kind, name, uid: `u-${name}`, controller: true }],
});
const labels = { app: 'cart', 'pod-template-hash': '5f7b9' };
const podSpec = {
  containers: [{ name: 'cart', image: 'shop/cart:2', ports: [{ containerPort: 8080 }] }],
};

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cart', namespace: 'shop', uid: 'u-cart', labels: { app: 'cart' } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'cart' } },
    template: { metadata: { labels: { app: 'cart' } }, spec: podSpec },
  },
};
const { replicas: _replicas, ...unscaled } = deployment.spec;
const daemonSet = { ...deployment, kind: 'DaemonSet', spec: unscaled };
const replicaSet = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name: 'cart-5f7b9',
    namespace: 'shop',
    uid: 'u-cart-5f7b9',
    labels,
    ...owner('apps/v1', 'Deployment', 'cart'),
  },
  spec: {
    replicas: 3,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: podSpec },
  },
};
const pod = (suffix: string, ready: boolean, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `cart-5f7b9-${suffix}`,
    namespace: 'shop',
    uid: `u-${suffix}`,
    labels,
    ...owner('apps/v1', 'ReplicaSet', 'cart-5f7b9'),
  },
  spec: { ...podSpec, nodeName: 'node-1' },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    ...more,
  },
});
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'cart', namespace: 'shop', uid: 'u-service' },
  spec: {
    clusterIP: '10.96.0.7',
    clusterIPs: ['10.96.0.7'],
    selector: { app: 'cart' },
    ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }],
  },
};
const subset = { ports: [{ port: 8080, protocol: 'TCP' }], addresses: [{ ip: '10.244.0.7' }] };
const endpoints = (metadata: object): object => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'cart', namespace: 'shop', uid: 'u-endpoints', ...metadata },
  subsets: [subset],
});
const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'cart-x2k9p',
    namespace: 'shop',
    uid: 'u-slice',
    labels: {
      'kubernetes.io/service-name': 'cart',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    },
    ...owner('v1', 'Service', 'cart'),
  },
  addressType: 'IPv4',
  ports: [{ name: '', port: 8080, protocol: 'TCP' }],
  endpoints: [{ addresses: ['10.244.0.7'], conditions: { ready: true } }],
};
const managed = { labels: { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' } };
const before133 = {
  annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-01T00:00:00Z' },
};

const asList = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
const pods = (items: readonly object[]): string[] =>
  predict(
    readManifest(new SourceFile('dump.json', asList(items))).objects,
    defaultClusterOptions,
  ).pods.all.map(
    ({ workload, count, notReady }) =>
      `${workload.kind}/${workload.name}×${count}${notReady.map(({ message }) => ` (${message})`).join('')}`,
  );
const findings = (items: readonly object[]): string[] =>
  lintFiles(
    { 'dump.json': asList(items) },
    rules.filter(({ meta }) => isInPreset(meta, 'recommended')),
  ).diagnostics.map(({ rule, message }) => `${rule}: ${message}`);

const three = [pod('aaaaa', true), pod('bbbbb', true), pod('ccccc', true)];

describe('what a cluster lists', () => {
  it('counts once', () => {
    expect(pods([deployment, replicaSet, ...three, service])).toEqual(['Deployment/cart×3']);
  });

  it('counts once in any order, and without the ReplicaSets', () => {
    expect(pods([...three, service, deployment])).toEqual(['Deployment/cart×3']);
  });

  it('pods of an owner that was not listed are pods', () => {
    expect(pods(three)).toHaveLength(3);
  });

  it('pods that are not ready are told apart', () => {
    const failing = pod('ddddd', false, {
      containerStatuses: [{ name: 'cart', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
    });
    expect(pods([deployment, replicaSet, ...three.slice(1), failing])).toEqual([
      'Deployment/cart×2',
      'Deployment/cart×1 (the cluster says that it is not Ready: CrashLoopBackOff)',
    ]);
  });

  it('pods of a StatefulSet are told apart by their number', () => {
    const set = { ...deployment, kind: 'StatefulSet' };
    const numbered = [true, false, true].map((ready, index) => ({
      ...pod('x', ready),
      metadata: {
        name: `cart-${index}`,
        namespace: 'shop',
        uid: `u-${index}`,
        labels,
        ...owner('apps/v1', 'StatefulSet', 'cart'),
      },
    }));
    expect(pods([set, ...numbered])).toEqual([
      'StatefulSet/cart×1',
      'StatefulSet/cart×1 (the cluster says that it is not Ready)',
      'StatefulSet/cart×1',
    ]);
  });

  it('a DaemonSet has the pods that are listed', () => {
    const each = ['a', 'b', 'c'].map((suffix) => ({
      ...pod(suffix, suffix !== 'b'),
      metadata: {
        name: `cart-${suffix}`,
        namespace: 'shop',
        uid: `u-${suffix}`,
        labels,
        ...owner('apps/v1', 'DaemonSet', 'cart'),
      },
    }));
    expect(pods([daemonSet, ...each])).toEqual([
      'DaemonSet/cart×2',
      'DaemonSet/cart×1 (the cluster says that it is not Ready)',
    ]);
  });

  it.each([
    ['Deployment', { replicas: 3, readyReplicas: 2 }, [2, 1, '2 of its 3']],
    ['StatefulSet', { replicas: 3 }, [0, 3, '0 of its 3']],
    ['DaemonSet', { desiredNumberScheduled: 5, numberReady: 4 }, [4, 1, '4 of its 5']],
    ['Deployment', { replicas: 3, readyReplicas: 3 }, [3, 0, '']],
    ['Deployment', { replicas: 1e9 }, [3, 0, '']],
  ] as const)('where no pod is listed, %s says %j', (kind, status, [ready, lacking, text]) => {
    const workload = kind === 'DaemonSet' ? daemonSet : deployment;
    expect(pods([{ ...workload, kind, status }])).toEqual([
      ...(ready === 0 ? [] : [`${kind}/cart×${ready}`]),
      ...(lacking === 0
        ? []
        : [`${kind}/cart×${lacking} (the cluster says that ${text} pods are ready)`]),
    ]);
  });

  it('a Pod that nobody owns says what it is doing', () => {
    const alone = (status: object): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'cart', namespace: 'shop', uid: 'u-alone', labels },
      spec: podSpec,
      status,
    });
    const conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
    expect(pods([alone({ phase: 'Running' })])).toEqual(['Pod/cart×1']);
    expect(pods([alone({ phase: 'Running', conditions })])).toEqual([
      'Pod/cart×1 (the cluster says that it is not Ready: ContainersNotReady)',
    ]);
    expect(pods([alone({ phase: 'Succeeded' })])).toEqual(['Pod/cart×0']);
  });

  it('children of a custom resource count, and it makes no others', () => {
    const rollout = {
      ...deployment,
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { ...deployment.metadata, uid: 'u-cart' },
    };
    const child = {
      ...replicaSet,
      metadata: { ...replicaSet.metadata, ...owner('argoproj.io/v1alpha1', 'Rollout', 'cart') },
    };
    expect(pods([rollout])).toEqual(['Rollout/cart×3']);
    expect(pods([rollout, child, ...three])).toEqual(['ReplicaSet/cart-5f7b9×3']);
    expect(pods([child, ...three])).toEqual(['ReplicaSet/cart-5f7b9×3']);
  });

  it('children of a custom resource of which nothing is known count once', () => {
    const mine = [...three, service].map((object) => ({
      ...object,
      metadata: {
        ...(object as typeof service).metadata,
        ...owner('shop.example/v1', 'Cart', 'cart'),
      },
    }));
    const resource = {
      apiVersion: 'shop.example/v1',
      kind: 'Cart',
      metadata: { name: 'cart', namespace: 'shop', uid: 'u-cart' },
      spec: { template: deployment.spec.template, replicas: 3 },
    };
    const each = ['aaaaa', 'bbbbb', 'ccccc'].map((suffix) => `Pod/cart-5f7b9-${suffix}×1`);
    expect(pods([resource])).toEqual(['Cart/cart×3']);
    expect(pods([resource, ...mine])).toEqual(each);
    expect(pods(mine)).toEqual(each);
  });

  it('pods that have ended do not count', () => {
    const ended = pod('eeeee', false, { phase: 'Failed' });
    expect(pods([deployment, replicaSet, ...three, ended])).toEqual(['Deployment/cart×3']);
  });

  it.each([
    ['since 1.33', managed],
    ['before', before133],
  ])('is healthy: nothing is found (%s)', (_, metadata) => {
    const all = [deployment, replicaSet, ...three, service, endpoints(metadata), slice];
    expect(findings(all)).toEqual([]);
    expect(findings([...all].reverse())).toEqual([]);
  });

  it('Endpoints and slices without their Service are nobody’s handwriting', () => {
    expect(findings([endpoints(managed), slice])).toEqual([]);
  });

  it('statuses of any shape do no harm', () => {
    for (const conditions of [[null], [7], 'x', null, [{ type: 'Ready' }]])
      expect(() =>
        pods([deployment, replicaSet, pod('fffff', true, { conditions })]),
      ).not.toThrow();
  });

  it('what somebody wrote by hand is still judged', () => {
    const byHand = { ...endpoints({}), metadata: { name: 'cart', namespace: 'shop' } };
    expect(findings([deployment, service, byHand]).join()).toContain('endpoints-overwritten');
  });
});
