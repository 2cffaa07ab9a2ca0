import { gatewayGroup } from '../../src/kubernetes/groups.ts';
import { type Listener, listenersOf } from '../../src/lint/routes/listeners.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const gatewayListenerConflict = defineRule({
  meta: {
    id: 'gateway-listener-conflict',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Gateway'],
    title: 'has listeners that exclude each other',
    summary:
      'Two listeners of a Gateway have one name, or one port with the same host or another ' +
      'protocol',
    why:
      'listeners of one port must speak protocols that go together and differ in their host ' +
      'name; where they do not, they are conflicted, get no routes, and nobody listens for them',
    fixable: false,
  },
  messages: {
    name: ({ name }: { name: string }) => `there is another listener "${name}"`,
    host: ({ other, port, host }: { other: string; port: string; host: string }) =>
      `listener "${other}" has port ${port} for ${host} as well`,
    protocol: ({ other, port, protocol }: Record<'other' | 'port' | 'protocol', string>) =>
      `listener "${other}" has port ${port} for ${protocol}`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.ofKind(gatewayGroup, 'Gateway')) {
      const names = new Map<string, Listener>();
      const hosts = new Map<string, Listener>();
      const protocols = new Map<string, Listener>();
      for (const listener of listenersOf(object)) {
        const { name, protocol, hostname = '', path } = listener;
        const port = String(listener.port);
        const transport = protocol === 'UDP' ? 'UDP' : 'TCP';
        const sameName = names.get(name);
        const sameHost = hosts.get(`${transport} ${port} ${family(protocol)} ${hostname}`);
        const samePort = protocols.get(`${transport} ${port}`);
        const say = (other: Listener) => ({
          object,
          related: [{ object, at: [...other.path, 'name'], message: 'the other listener' }],
          help: 'take one of them out, or give it another port or hostname',
        });
        if (sameName !== undefined)
          report({ ...say(sameName), at: [...path, 'name'], id: 'name', data: { name } });
        else if (sameHost !== undefined)
          report({
            ...say(sameHost),
            at: hostname === '' ? [...path, 'port'] : [...path, 'hostname'],
            id: 'host',
            data: { other: sameHost.name, port, host: hostname === '' ? 'every host' : hostname },
          });
        else if (samePort !== undefined && family(samePort.protocol) !== family(protocol))
          report({
            ...say(samePort),
            at: [...path, 'protocol'],
            id: 'protocol',
            data: { other: samePort.name, port, protocol: samePort.protocol },
          });
        names.set(name, sameName ?? listener);
        hosts.set(`${transport} ${port} ${family(protocol)} ${hostname}`, sameHost ?? listener);
        protocols.set(`${transport} ${port}`, samePort ?? listener);
      }
    }
  },
});

/**
 * Protocols that can share a port: HTTPS and TLS are told apart by the name that the client asks
 * for.
 */
function family(protocol: string): string {
  return protocol === 'HTTPS' ? 'TLS' : protocol;
}
