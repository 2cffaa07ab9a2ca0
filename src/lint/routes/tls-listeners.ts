/** What listeners of Gateways say of TLS, in one form for Gateway API and Istio. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import {
  type AnyJson,
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';

const istio = 'networking.istio.io';

export interface TlsListener {
  readonly isIstio: boolean;
  readonly path: Path;
  readonly name: string;
  readonly protocol: string;
  readonly port: Json | undefined;
  readonly tls: Json | undefined;
  /** Where the protocol stands, from the listener. */
  readonly protocolAt: Path;
  readonly certified: boolean;
  /** The load balancer in front of it ends TLS. */
  readonly isBehindTls: boolean;
  readonly mode: string;
}

/** Of Gateway API (apis/v1 `Listener`) and of Istio (networking/v1 `Server`). */
function listenersOf({ value, apiVersion }: ClusterObject): TlsListener[] {
  const spec = fieldAt(value, 'spec');
  const isBehindTls = [fieldAt(value, 'metadata'), fieldAt(spec, 'infrastructure')].some((holder) =>
    /ssl-cert|tls-cert|certificate/.test(keysIn(fieldAt(holder, 'annotations'))),
  );
  if (!apiVersion.startsWith(`${istio}/`))
    return asList(fieldAt(spec, 'listeners')).map((item, index) => ({
      isIstio: false,
      isBehindTls,
      path: ['spec', 'listeners', index],
      name: asText(fieldAt(item, 'name')) ?? '',
      protocol: asText(fieldAt(item, 'protocol')) ?? '',
      protocolAt: ['protocol'],
      port: fieldAt(item, 'port'),
      tls: fieldAt(item, 'tls'),
      mode: (asText(fieldAt(item, 'tls', 'mode')) ?? 'Terminate').toLowerCase(),
      certified:
        asList(fieldAt(item, 'tls', 'certificateRefs')).length > 0 ||
        fieldAt(item, 'tls', 'options') !== undefined ||
        isCertifiedElsewhere(value),
    }));
  return asList(fieldAt(spec, 'servers')).map((item, index) => ({
    isIstio: true,
    isBehindTls,
    path: ['spec', 'servers', index],
    name: asText(fieldAt(item, 'port', 'name')) ?? '',
    protocol: asText(fieldAt(item, 'port', 'protocol')) ?? '',
    protocolAt: ['port', 'protocol'],
    port: fieldAt(item, 'port', 'number'),
    tls: fieldAt(item, 'tls'),
    mode: (asText(fieldAt(item, 'tls', 'mode')) ?? 'passthrough').toLowerCase(),
    certified: ['credentialName', 'credentialNames', 'tlsCertificates', 'serverCertificate'].some(
      (field) => fieldAt(item, 'tls', field) !== undefined,
    ),
  }));
}

function keysIn(mapping: Json | undefined): string {
  return Object.keys(asJsonObject(mapping) ?? {}).join(' ');
}

/**
 * Clouds find certificates by another way: Google's by an annotation
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway, certificate maps), those
 * of AWS by the host names of listeners and routes, or by the objects that configure the Gateway.
 */
function isCertifiedElsewhere(gateway: AnyJson): boolean {
  const className = asText(fieldAt(gateway, 'spec', 'gatewayClassName')) ?? '';
  return (
    /^(?:aws|amazon|alb|nlb)\b/.test(className) ||
    fieldAt(gateway, 'metadata', 'annotations', 'networking.gke.io/certmap') !== undefined
  );
}

/** All Gateways with their listeners. */
export function tlsListeners({
  objects,
}: Cluster): { readonly object: ClusterObject; readonly listeners: readonly TlsListener[] }[] {
  return [gatewayGroup, istio]
    .flatMap((group) => objects.ofKind(group, 'Gateway'))
    .map((object) => ({ object, listeners: listenersOf(object) }));
}
