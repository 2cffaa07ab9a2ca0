import type { ServicePort } from 'kubernetes-types/core/v1';
import { declaredPorts } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { isEncrypting, isInternal } from '../../src/lint/endpoints/load-balancers.ts';
import { defineRule } from '../../src/lint/rule.ts';

/**
 * Protocols that send what they carry, passwords included, as it is; by their number and by the
 * names that ports and `appProtocol` give them.
 */
const plaintext: ReadonlyMap<number, string> = new Map([
  [21, 'ftp'],
  [23, 'telnet'],
  [25, 'smtp'],
  [80, 'http'],
  [110, 'pop3'],
  [143, 'imap'],
  [389, 'ldap'],
  [8000, 'http'],
  [8080, 'http'],
]);
const names = new Set([...plaintext.values(), 'http2', 'kubernetes.io/h2c', 'kubernetes.io/ws']);

export const plaintextServicePort = defineRule({
  meta: {
    id: 'plaintext-service-port',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'carries plain text from outside',
    summary: 'A load balancer or node port takes a protocol that is not encrypted',
    why:
      'load balancers and nodes pass connections on as they are: what comes in over a protocol ' +
      'without TLS can be read and changed by every network in between',
    fixable: false,
  },
  messages: {
    encrypted: ({ port, target }: { port: number; target: string }) =>
      `port ${port} says that it is plain http, and leads to ${target}, which speaks TLS`,
    plain: ({ port, protocol }: { port: number; protocol: string }) =>
      `port ${port} takes ${protocol} from outside of the cluster`,
  },
  check({ cluster, report }) {
    for (const service of cluster.services) {
      const { object, spec, ports } = service;
      const { type = 'ClusterIP' } = spec;
      if (type !== 'LoadBalancer' && type !== 'NodePort') continue;
      if (isInternal(object) || isEncrypting(object)) continue;
      // Port 80 beside 443 is there to send browsers to the other one.
      if (ports.some(isEncrypted)) continue;
      for (const [index, port] of ports.entries()) {
        const protocol = protocolOf(port);
        if (protocol === undefined) continue;
        const target = encryptedTarget(port, service);
        if (target !== undefined) {
          report({
            object,
            at: ['spec', 'ports', index, 'port'],
            id: 'encrypted',
            data: { port: port.port, target },
            help: 'call the port https and give it the number 443',
          });
          continue;
        }
        report({
          object,
          at: ['spec', 'ports', index, 'port'],
          id: 'plain',
          data: { port: port.port, protocol },
          // A page may be public; passwords and mail are not.
          severity: protocol === 'http' || type === 'NodePort' ? 'info' : 'warning',
          help:
            'take TLS at the load balancer or in the pods (port 443), or put an Ingress or a ' +
            'Gateway with a certificate in front',
        });
      }
    }
  },
});

const isEncrypted = ({ port, name = '', appProtocol = '' }: ServicePort): boolean =>
  port === 443 || port === 8443 || /^https|tls|ssl|^grpcs|^wss/.test(`${name} ${appProtocol}`);

/** The name of a container port that clients reach by a Service port that is said to be plain. */
function encryptedTarget(
  { targetPort }: ServicePort,
  { backends }: ServicePicture,
): string | undefined {
  const names = backends.flatMap(({ members }) =>
    declaredPorts(members.set.spec)
      .filter(({ port }) => port.containerPort === targetPort || port.name === targetPort)
      .map(({ port }) => port.name ?? ''),
  );
  return names.find((name) => /^https|tls|ssl/.test(name));
}

/** The protocol as the port says it, or as its number does where it says nothing. */
function protocolOf({
  port,
  name,
  appProtocol,
  protocol = 'TCP',
}: ServicePort): string | undefined {
  if (protocol !== 'TCP') return undefined;
  const said = appProtocol ?? /^[a-z0-9]+/.exec(name ?? '')?.[0];
  if (said !== undefined && names.has(said)) return said;
  return plaintext.get(port);
}
