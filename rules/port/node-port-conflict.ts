import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { conflictSeverity } from '../../src/lint/objects/applied-together.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

interface Taken {
  readonly object: ClusterObject;
  readonly at: Path;
}

export const nodePortConflict = defineRule({
  meta: {
    id: 'node-port-conflict',
    category: 'port',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'asks for a node port that another Service takes',
    summary: 'Two Services ask for the same node port',
    why:
      'node ports are given out once in a cluster, over all namespaces and protocols: the ' +
      'API server refuses the second Service with `provided port is already allocated`',
    fixable: false,
  },
  messages: {
    taken: ({ port, other }: { port: number; other: string }) =>
      `node port ${port} is taken by ${other}`,
    own: ({ port }: { port: number }) => `node port ${port} is taken by a port of this Service`,
  },
  check({ cluster, unit, report }) {
    const taken = new Map<number, Taken>();
    for (const { object, spec, ports } of cluster.services) {
      if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') continue;
      const asked = ports.map(({ nodePort }, index) => ({
        nodePort,
        at: ['spec', 'ports', index, 'nodePort'] as Path,
      }));
      const all = [
        ...asked,
        { nodePort: spec.healthCheckNodePort, at: ['spec', 'healthCheckNodePort'] },
      ];
      for (const { nodePort, at } of all) {
        if (typeof nodePort !== 'number' || nodePort === 0) continue;
        const other = taken.get(nodePort);
        if (other === undefined) taken.set(nodePort, { object, at });
        else if (other.object !== object) {
          report({
            object,
            at,
            id: 'taken',
            data: { port: nodePort, other: describeObject(other.object) },
            severity: conflictSeverity(object, other.object, unit),
            help: 'write another number, or leave the field out and let the cluster choose one',
            related: [{ ...other, message: 'taken here' }],
          });
        } else if (at[1] === 'healthCheckNodePort') {
          report({
            object,
            at,
            id: 'own',
            data: { port: nodePort },
            help: 'leave the field out',
            related: [{ ...other, message: 'taken here' }],
          });
        }
      }
    }
  },
});
