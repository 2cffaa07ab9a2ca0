import { slicesSeeSidecars } from '../../src/cluster/ports.ts';
import { backendPorts, backendWorkloads, listPorts } from '../../src/lint/backend-ports.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const targetPortUndeclared = defineRule({
  meta: {
    id: 'target-port-undeclared',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port number that no container declares',
    summary: 'A Service targets a port number that none of its pods declares although they declare others',
    why: 'a numeric target port is dialled as it is, declared or not: containerPort is informational, so nothing but the application tells whether anybody listens there',
    fixable: false,
  },
  messages: {
    slip: ({ target, meant }: { target: number; meant: number }) =>
      `no container declares port ${target}, but ${meant} is declared, which has nearly the same digits`,
    defaulted: ({ port, known }: { port: number; known: string }) =>
      `targetPort is left out and so defaults to ${port}, which no container declares; ${known}`,
    other: ({ target, known }: { target: number; known: string }) => `no container declares port ${target}; ${known}`,
  },
  check({ cluster, report }) {
    const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
    for (const service of cluster.services) {
      const known = backendPorts(service, sidecars);
      if (known.length === 0 || service.backends.some(({ members }) => members.set.spec.hostNetwork === true)) continue;
      const numbers = known.map(({ port }) => port.containerPort).filter((number) => typeof number === 'number');
      for (const [index, { port, targetPort }] of service.ports.entries()) {
        const target = targetPort ?? port;
        if (typeof target !== 'number' || numbers.includes(target) || numbers.length < known.length) continue;
        const { object } = service;
        const written = isWritten(object.source.value, index);
        const meant = numbers.find((number) => isSlip(target, number));
        const [only] = numbers;
        const related = [
          {
            object: (known[0] as (typeof known)[number]).set.workload,
            at: [...(known[0] as (typeof known)[number]).path, 'containerPort'],
            message: 'a declared port',
          },
        ];
        const place = {
          object,
          at: written ? ['spec', 'ports', index, 'targetPort'] : ['spec', 'ports', index, 'port'],
          related,
          dependsOn: backendWorkloads(service),
        };
        if (written && meant !== undefined) {
          report({
            ...place,
            id: 'slip',
            data: { target, meant },
            help: `if ${meant} was meant, change it; if the application also listens on ${target}, declare that port`,
          });
        } else if (!written && numbers.length === 1) {
          report({ ...place, id: 'defaulted', data: { port: target, known: listPorts(known) }, help: `add targetPort: ${only}` });
        } else {
          report({
            ...place,
            id: 'other',
            severity: 'info',
            data: { target, known: listPorts(known) },
            help: `declare port ${target} on the container that listens, or target a declared one`,
          });
        }
      }
    }
  },
});

/** null, 0 and "" are the same as nothing (SetDefaults_Service). */
function isWritten(value: unknown, index: number): boolean {
  const ports = (value as { spec?: { ports?: { targetPort?: unknown }[] } }).spec?.ports;
  return Boolean(ports?.[index]?.targetPort);
}

/** Two neighbouring digits swapped, or one digit typed once too often or too seldom. Numbers side by side (8080, 8081) are usually both meant. */
function isSlip(a: number, b: number): boolean {
  const [x, y] = [String(a), String(b)];
  if (x.length === y.length) {
    const wrong = [...x].flatMap((digit, index) => (digit === y[index] ? [] : [index]));
    const [first, second] = wrong;
    return wrong.length === 2 && first !== undefined && second === first + 1 && x[first] === y[second] && x[second] === y[first];
  }
  const [long, short] = x.length > y.length ? [x, y] : [y, x];
  // A digit in front (18080 beside 8080) is a habit, not a slip.
  return (
    long.length === short.length + 1 &&
    !long.endsWith(short) &&
    short.length >= 3 &&
    [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short)
  );
}
