import { describe, expect, it } from 'vitest';
import { isKnownKind } from '../../src/cluster/apiserver/kinds.ts';
import { servedKind } from '../../src/cluster/apiserver/served-kinds.ts';
import {
  allWorkloads,
  controllerKinds,
  findKind,
  findWorkload,
  isDecoded,
  isExclusive,
  isNamespaced,
  isWorkloadKind,
  kinds,
  labelSelectorKinds,
  runsToCompletion,
} from '../../src/kubernetes/kinds.ts';

describe('the table of kinds', () => {
  it('has every type once', () => {
    const types = kinds.map(({ group, kind }) => `${group}/${kind}`);
    expect(types).toEqual([...new Set(types)]);
  });

  it.each(kinds.filter(({ group }) => !group.includes('.') || group.endsWith('.k8s.io')))(
    '$apiVersion $kind is not a slip',
    ({ apiVersion, kind }) => {
      const { state } = servedKind(apiVersion, kind, 25);
      const isGone = ['InitializerConfiguration', 'PodSecurityPolicy'].includes(kind);
      expect(state === 'never').toBe(isGone);
    },
  );

  it.each(kinds.filter(isDecoded))('$kind is one that the API server’s part knows', (row) => {
    expect(isKnownKind(row.apiVersion, row.kind)).toBe(true);
  });

  it('knows a kind by its group, whatever the version', () => {
    expect(findKind('apps', 'Deployment')?.podTemplate).toEqual(['spec', 'template']);
    expect(findKind('', 'Deployment')).toBeUndefined();
    expect(isDecoded({ apiVersion: 'apps/v1beta1', kind: 'Deployment' })).toBe(true);
    expect(isDecoded({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' })).toBe(false);
  });

  it('says which kinds are alike', () => {
    expect(controllerKinds).toEqual([...labelSelectorKinds, 'ReplicationController']);
    expect(allWorkloads.filter(({ kind }) => !isWorkloadKind(kind))).toEqual([
      findWorkload('Rollout'),
    ]);
    expect(['Job', 'CronJob', 'Pod', 'Service'].filter(runsToCompletion)).toEqual([
      'Job',
      'CronJob',
    ]);
    expect(['Rollout', 'Ingress', 'Secret', 'Widget'].filter(isExclusive)).toEqual([
      'Rollout',
      'Ingress',
    ]);
    expect(['Node', 'ClusterRole', 'Role', 'Widget'].filter(isNamespaced)).toEqual([
      'Role',
      'Widget',
    ]);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'does not take %s for a kind',
    (name) => {
      expect(findKind('', name)).toBeUndefined();
      expect(findWorkload(name)).toBeUndefined();
      expect(isDecoded({ apiVersion: 'v1', kind: name })).toBe(false);
      expect(isWorkloadKind(name) || runsToCompletion(name) || isExclusive(name)).toBe(false);
    },
  );
});
