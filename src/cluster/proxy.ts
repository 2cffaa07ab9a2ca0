/**
 * What a proxy would dial for a Service port (pkg/proxy/endpointslicecache.go
 * `endpointInfoByServicePort`).
 */

/**
 * A port of any slice as far as the proxy looks at it; hand-written ones may lack a name or a
 * number.
 */
export interface ProxyPort {
  readonly name?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: string | undefined;
}

/**
 * A Service port's backends are the slices' ports of the same name and protocol; its targetPort
 * plays no part any more. A nil name or port number, or port 0, is passed over.
 */
export function dialledPort(
  servicePort: { name?: string; protocol?: string },
  ports: readonly ProxyPort[],
): number | undefined {
  const found = ports.find(
    ({ name, protocol, port }) =>
      name === (servicePort.name ?? '') &&
      (protocol ?? 'TCP') === (servicePort.protocol ?? 'TCP') &&
      (port ?? 0) !== 0,
  );
  return found?.port;
}
