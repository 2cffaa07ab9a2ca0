/** Quotas that count some pods only, and what a LimitRange asks of pods as a whole. */
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const quota = (scope: string): string => `apiVersion: v1
kind: ResourceQuota
metadata: {name: none}
spec: {${scope}, hard: {pods: "0"}}
---
`;
const deployment = (spec: string, resources = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {${spec} containers: [{name: web, image: registry.example/web:1${resources}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const asks = ', resources: {requests: {cpu: 100m}}';
const critical = 'priorityClassName: system-cluster-critical,';
const inClass = (operator: string): string =>
  `scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: ${operator}, values: [system-cluster-critical]}]}`;

describe('a quota of no pods', () => {
  it.each<[title: string, scope: string, pods: string, refused: boolean]>([
    ['for all', 'hard: {}', deployment(''), true],
    ['BestEffort, of a pod that asks for nothing', 'scopes: [BestEffort]', deployment(''), true],
    ['BestEffort, of a pod that asks', 'scopes: [BestEffort]', deployment('', asks), false],
    ['NotBestEffort, of a pod that asks', 'scopes: [NotBestEffort]', deployment('', asks), true],
    ['NotBestEffort, of one that does not', 'scopes: [NotBestEffort]', deployment(''), false],
    ['NotTerminating', 'scopes: [NotTerminating]', deployment(''), true],
    ['Terminating', 'scopes: [Terminating]', deployment(''), false],
    ['both must hold', 'scopes: [NotTerminating, BestEffort]', deployment('', asks), false],
    ['a class, In', inClass('In'), deployment(critical), true],
    ['a class, In, of a pod without one', inClass('In'), deployment(''), false],
    ['a class, NotIn', inClass('NotIn'), deployment(critical), false],
    ['a scope that nobody knows', 'scopes: [Other]', deployment(''), false],
  ])('%s', async (_title, scope, pods, refused) => {
    const scoped = scope === 'hard: {}' ? quota('scopes: []') : quota(scope);
    const files = { 'k8s.yaml': scoped + pods };
    const { out } = await run(['get', 'endpoints', 'web', 'k8s.yaml'], { files });
    expect(/its pods cannot be created: ResourceQuota none/.test(out)).toBe(refused);
    expect(out.includes('web×1:80')).toBe(!refused);
  });
});
