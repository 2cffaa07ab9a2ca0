/** Ports of a Service that its annotations name for a load balancer, a proxy or a mesh. */
import type { ServicePicture } from '../../cluster/service.ts';
import { asJsonObject, fieldAt, type Json } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';

export interface AnnotatedPort {
  readonly service: ServicePicture;
  /** The key of the annotation. */
  readonly annotation: string;
  /** As written: a name or a number. */
  readonly written: string;
}

/** How the value of an annotation names ports. */
type Reader = (text: string) => readonly string[];

const listed: Reader = (text) => text.split(',').map((item) => item.trim());
/** The keys of a JSON object; of `{"ports": {…}}` those in it. */
const keyed =
  (...path: readonly string[]): Reader =>
  (text) => {
    let value: Json;
    try {
      value = JSON.parse(text) as Json;
    } catch {
      return [];
    }
    return Object.keys(asJsonObject(fieldAt(value, ...path)) ?? {});
  };

/**
 * Annotations → how they name ports.
 *
 * @source projectcontour/contour internal/annotation/annotations.go `ParseUpstreamProtocols`
 *   @0b24e04b
 * @source kubernetes/ingress-gce pkg/annotations/service.go `ApplicationProtocols`,
 *   `GetBackendConfigs`, `NEGAnnotation` @027f9ddd
 * @source kubernetes/cloud-provider-aws pkg/providers/v1/aws.go `getPortSets` @007b18ec
 * @source linkerd/linkerd2 controller/api/destination/watcher/opaque_ports_watcher.go
 *   `parseServiceOpaquePorts` @01cbe616
 */
const annotations: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...['h2', 'h2c', 'tls'].map((protocol): [string, Reader] => [
    `projectcontour.io/upstream-protocol.${protocol}`,
    listed,
  ]),
  ['cloud.google.com/app-protocols', keyed()],
  ['service.alpha.kubernetes.io/app-protocols', keyed()],
  ['cloud.google.com/backend-config', keyed('ports')],
  ['beta.cloud.google.com/backend-config', keyed('ports')],
  ['cloud.google.com/neg', keyed('exposed_ports')],
  ['service.beta.kubernetes.io/aws-load-balancer-ssl-ports', listed],
  ['service.beta.kubernetes.io/do-loadbalancer-tls-ports', listed],
  ['service.beta.kubernetes.io/do-loadbalancer-http2-ports', listed],
  ['service.beta.kubernetes.io/do-loadbalancer-http-ports', listed],
  ['config.linkerd.io/opaque-ports', listed],
]);

/** Names and numbers that no port of the Service has; ranges (`25-30`) and `*` name none. */
export function strangePorts(service: ServicePicture): AnnotatedPort[] {
  const texts = asJsonObject(fieldAt(service.object.value, 'metadata', 'annotations'));
  if (texts === undefined || service.ports.length === 0) return [];
  return Object.keys(texts).flatMap((annotation): AnnotatedPort[] => {
    const read = annotations.get(annotation);
    const text = getOwn(texts, annotation);
    if (read === undefined || typeof text !== 'string' || isPlaceholder(text)) return [];
    const strange = read(text).filter((written) => isPort(written) && !hasPort(service, written));
    return strange.map((written) => ({ service, annotation, written }));
  });
}

function isPort(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text) && !/^\d+-\d+$/.test(text);
}

/** The number in the pods does, too: proxies differ in which of them they go by. */
function hasPort({ ports }: ServicePicture, written: string): boolean {
  return ports.some(
    ({ name, port, targetPort }) =>
      [name, port, targetPort].some((one) => String(one) === written) ||
      [name, port].some((one) => isPlaceholder(one)),
  );
}
