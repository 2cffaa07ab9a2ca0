/** How controllers of Ingresses, and routers of OpenShift, are told to speak to backends. */
import type { Ingress } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { annotationsOf, type ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { nginxPrefix } from '../../kubernetes/labels.ts';
import { getOwn } from '../../own.ts';
import { namespaceOf } from '../references/reference.ts';
import type { Place } from '../rule.ts';
import {
  controllerOf,
  type IngressService,
  ingressServices,
  unusedBackend,
} from './ingress-backends.ts';

/** What is said of one backend. */
export interface Told {
  readonly place: Place;
  readonly service: ServicePicture;
  /** Of the Service. */
  readonly port: { readonly name: string } | { readonly number: number };
  readonly speaks: 'tls' | 'plain';
  /** The word by which TLS is handed on, where it is not the controller's own. */
  readonly by?: string;
}

export function* toldProtocols(cluster: Cluster): Generator<Told> {
  for (const ingress of cluster.objects.of('Ingress'))
    for (const [index, backend] of ingressServices(ingress).entries()) {
      const { name, number = 0 } = backend.port;
      const service = serviceOf(ingress, backend.name, cluster);
      if (service === undefined) continue;
      const to = { service, port: name === undefined ? { number } : { name } };
      const told = toldBy(ingress, backend, service, cluster);
      if (told !== undefined) yield { ...to, ...told };
      // ingress-nginx passes on what is for a host as a whole.
      if (index === 0 && String(getOwn(annotationsOf(ingress), passthrough)) === 'true')
        yield {
          ...to,
          speaks: 'tls',
          place: annotated(ingress, passthrough),
          by: 'ssl-passthrough',
        };
    }
  for (const route of cluster.objects.ofKind('route.openshift.io', 'Route'))
    yield* handedOn(route, cluster);
}

/** The port of a Route is that of a Service by its name; a number is that of the pods. */
function* handedOn(route: ClusterObject, cluster: Cluster): Generator<Told> {
  const at = ['spec', 'tls', 'termination'];
  const by = asText(fieldAt(route.value, ...at))?.toLowerCase() ?? '';
  const service = serviceOf(route, asText(fieldAt(route.value, 'spec', 'to', 'name')), cluster);
  const name = asText(fieldAt(route.value, 'spec', 'port', 'targetPort'));
  if (['passthrough', 'reencrypt'].includes(by) && service !== undefined && name !== undefined)
    yield { place: { object: route, at }, service, port: { name }, speaks: 'tls', by };
}

const serviceOf = (
  object: ClusterObject,
  name: string | undefined,
  cluster: Cluster,
): ServicePicture | undefined =>
  cluster.servicesByName.get(`${namespaceOf(object, cluster)}/${name ?? ''}`);

const passthrough = `${nginxPrefix}ssl-passthrough`;

/**
 * Annotations by which a controller is told how to speak to backends: of Ingresses, or of Services.
 */
const annotations = [
  `${nginxPrefix}backend-protocol`,
  'haproxy.org/server-ssl',
  'haproxy-ingress.github.io/backend-protocol',
  'appgw.ingress.kubernetes.io/backend-protocol',
  'alb.ingress.kubernetes.io/backend-protocol',
  'traefik.ingress.kubernetes.io/service.serversscheme',
  'ingress.kubernetes.io/protocol',
  'konghq.com/protocol',
];

const annotated = (object: ClusterObject, key: string): Place => ({
  object,
  at: ['metadata', 'annotations', key],
});

/** How a controller speaks to a backend; undefined where nobody knows. */
function toldBy(
  ingress: ClusterObject<Ingress>,
  backend: IngressService,
  { object }: ServicePicture,
  cluster: Cluster,
): Pick<Told, 'place' | 'speaks'> | undefined {
  for (const holder of [ingress, object]) {
    const texts = annotationsOf(holder);
    const key = annotations.find((one) => getOwn(texts, one) !== undefined);
    if (key === undefined) continue;
    const said = String(getOwn(texts, key));
    const place = annotated(holder, key);
    if (/^(https|grpcs|true|h1-ssl|h2-ssl|grpcs?-ssl)$/i.test(said))
      return { place, speaks: 'tls' };
    return /^(http|grpc|false|h1|h2)$/i.test(said) ? { place, speaks: 'plain' } : undefined;
  }
  // Of the others some look at the name of the port, or at its number.
  if (controllerOf(ingress, cluster) !== 'ingress-nginx') return undefined;
  if (unusedBackend(backend) !== undefined || Object.keys(annotationsOf(ingress)).some(mayEncrypt))
    return undefined;
  const at = [...backend.path, 'port'];
  return { place: { object: ingress, at, part: 'key' }, speaks: 'plain' };
}

/** Annotations by which ingress-nginx passes TLS on, or that are its configuration as text. */
function mayEncrypt(key: string): boolean {
  return /ssl-passthrough|secure-backends|grpc-backend|backend-protocol|snippet/.test(key);
}
