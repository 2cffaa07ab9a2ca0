import { describe, expect, it } from 'vitest';
import {
  type Assumption,
  Assumptions,
  parseAssumption,
} from '../../src/lint/unseen/assumptions.ts';

describe('parseAssumption', () => {
  it.each<[string, Assumption]>([
    ['Service/prometheus', { kind: 'Service', name: 'prometheus' }],
    [
      'Service/monitoring/prometheus',
      { kind: 'Service', namespace: 'monitoring', name: 'prometheus' },
    ],
    [
      'Service/monitoring/prometheus:9090',
      { kind: 'Service', namespace: 'monitoring', name: 'prometheus', ports: [9090] },
    ],
    ['Service/web:80,metrics', { kind: 'Service', name: 'web', ports: [80, 'metrics'] }],
    ['Deployment/shop/*', { kind: 'Deployment', namespace: 'shop', name: '*' }],
    ['Service/*/redis-*', { kind: 'Service', namespace: '*', name: 'redis-*' }],
  ])('%s', (text, expected) => {
    expect(parseAssumption(text)).toEqual(expected);
  });

  it.each(['Service', 'Service/', '/web', 'Service/a/b/c', 'Service/we b', ''])(
    '"%s" is none',
    (text) => {
      expect(parseAssumption(text)).toBeUndefined();
    },
  );
});

describe('Assumptions.find', () => {
  const assumptions = new Assumptions(
    [
      'Service/monitoring/prometheus:9090',
      'Service/web',
      'Service/cache/redis-*',
      'Deployment/*/api',
      'ClusterIssuer/letsencrypt',
    ].map((text) => parseAssumption(text) as Assumption),
  );

  it.each<
    [what: string, kind: string, namespace: string | undefined, name: string, found: boolean]
  >([
    ['its own namespace', 'Service', 'monitoring', 'prometheus', true],
    ['another namespace', 'Service', 'shop', 'prometheus', false],
    ['every namespace, where none is written', 'Service', 'shop', 'web', true],
    ['another kind of the name', 'Deployment', 'shop', 'web', false],
    ['a pattern of the name', 'Service', 'cache', 'redis-master', true],
    ['a name that the pattern does not fit', 'Service', 'cache', 'memcached', false],
    ['a pattern in another namespace', 'Service', 'shop', 'redis-master', false],
    ['a pattern of the namespace', 'Deployment', 'shop', 'api', true],
    ['a kind without namespaces', 'ClusterIssuer', undefined, 'letsencrypt', true],
  ])('%s', (_, kind, namespace, name, found) => {
    expect(assumptions.find(kind, namespace, name) !== undefined).toBe(found);
  });

  it('gives the ports', () => {
    expect(assumptions.find('Service', 'monitoring', 'prometheus')?.ports).toEqual([9090]);
  });
});

describe('Assumptions.workloadsIn', () => {
  it.each<[what: string, assume: string, namespace: string, found: boolean]>([
    ['a workload of the namespace', 'Deployment/shop/*', 'shop', true],
    ['a workload of another one', 'Deployment/shop/*', 'back', false],
    ['a workload of every namespace', 'StatefulSet/db', 'shop', true],
    ['a Service is not a workload', 'Service/shop/web', 'shop', false],
  ])('%s', (_, assume, namespace, found) => {
    const assumptions = new Assumptions([parseAssumption(assume) as Assumption]);
    expect(assumptions.workloadsIn(namespace) !== undefined).toBe(found);
  });
});
