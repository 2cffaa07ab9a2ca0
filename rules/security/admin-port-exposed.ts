import type { ServicePort } from 'kubernetes-types/core/v1';
import { declaredPorts } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { isInternal, isRestricted } from '../../src/lint/endpoints/load-balancers.ts';
import { defineRule } from '../../src/lint/rule.ts';

/**
 * Ports that are for whoever runs the program, or for programs beside it, by number: whoever
 * reaches them can read what it holds, change it or run code.
 */
const numbers: ReadonlyMap<number, string> = new Map([
  [2375, 'the Docker API without TLS'],
  [2379, 'etcd'],
  [5005, 'a Java debugger'],
  [6060, 'Go profiling (pprof)'],
  [9229, 'the Node.js inspector'],
  [9901, "Envoy's admin interface"],
  [10250, 'the kubelet'],
  [1433, 'a database (SQL Server)'],
  [1521, 'a database (Oracle)'],
  [3306, 'a database (MySQL)'],
  [5432, 'a database (PostgreSQL)'],
  [6379, 'a database (Redis)'],
  [9042, 'a database (Cassandra)'],
  [9200, 'a database (Elasticsearch)'],
  [11211, 'a cache (memcached)'],
  [27017, 'a database (MongoDB)'],
]);
/** And by name. */
const names: ReadonlyMap<string, string> = new Map([
  ['admin', 'an administration interface'],
  ['actuator', 'Spring Boot actuators'],
  ['debug', 'a debugger'],
  ['jdwp', 'a Java debugger'],
  ['jmx', 'Java management (JMX)'],
  ['management', 'an administration interface'],
  ['mgmt', 'an administration interface'],
  ['pprof', 'Go profiling (pprof)'],
  ['mongo', 'a database (MongoDB)'],
  ['mongodb', 'a database (MongoDB)'],
  ['mysql', 'a database (MySQL)'],
  ['postgres', 'a database (PostgreSQL)'],
  ['postgresql', 'a database (PostgreSQL)'],
  ['redis', 'a database (Redis)'],
]);

export const adminPortExposed = defineRule({
  meta: {
    id: 'admin-port-exposed',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'opens an inner port to the outside',
    summary:
      'A port of a database, or for administration, can be reached from outside of the cluster',
    why:
      'a Service of type LoadBalancer or NodePort can be reached from outside; databases, and ' +
      'interfaces for debugging and administration, are not made for that',
    fixable: false,
  },
  messages: {
    exposed: ({ port, what, type }: { port: number; what: string; type: string }) =>
      `port ${port} is ${what}, and type ${type} makes it reachable from outside`,
  },
  check({ cluster, report }) {
    for (const service of cluster.services) {
      const { object, spec, ports } = service;
      if (spec.type !== 'LoadBalancer' && spec.type !== 'NodePort') continue;
      if (isInternal(object) || isRestricted(object)) continue;
      for (const [index, port] of ports.entries()) {
        const what = purposeOf(port, service);
        // Clients in a network of one's own may well use a database.
        const isNarrow = (spec.loadBalancerSourceRanges ?? []).length > 0;
        if (what === undefined || (isNarrow && isStore(what))) continue;
        report({
          object,
          at: ['spec', 'ports', index, 'port'],
          id: 'exposed',
          data: { port: port.port, what, type: spec.type },
          ...(isNarrow && { severity: 'info' as const }),
          help:
            'move this port to a Service of type ClusterIP, or leave it out and use kubectl ' +
            'port-forward',
        });
      }
    }
  },
});

const isStore = (what: string): boolean => /^a (?:database|cache)\b/.test(what);

/** By the Service port, or by the port of the pods behind it. */
function purposeOf(
  { port, name = '', targetPort = port }: ServicePort,
  { backends }: ServicePicture,
): string | undefined {
  const words = [name, typeof targetPort === 'string' ? targetPort : ''];
  for (const { members } of backends)
    for (const { port: declared } of declaredPorts(members.set.spec))
      if (declared.containerPort === targetPort) words.push(declared.name ?? '');
  for (const word of words.flatMap((each) => each.split('-'))) {
    const what = names.get(word);
    if (what !== undefined) return what;
  }
  return (
    numbers.get(port) ?? (typeof targetPort === 'number' ? numbers.get(targetPort) : undefined)
  );
}
