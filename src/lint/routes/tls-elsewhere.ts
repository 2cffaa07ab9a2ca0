/** Ingresses whose hosts are served over TLS although no entry of `tls` says so. */
import type { Ingress } from 'kubernetes-types/networking/v1';
import { annotationsOf, type ClusterObject } from '../../cluster/objects.ts';
import { ingressClassAnnotation } from '../../kubernetes/labels.ts';

/**
 * Annotations by which a controller has certificates of its own: those of ALB, GKE, Traefik,
 * HAProxy, Contour and tunnels.
 */
const certified =
  /^(alb\.ingress\.kubernetes\.io\/(certificate-arn|listen-ports|ssl-policy)|networking\.gke\.io\/managed-certificates|ingress\.gcp\.kubernetes\.io\/pre-shared-cert|traefik\.ingress\.kubernetes\.io\/router\.(tls|entrypoints)|appgw\.ingress\.kubernetes\.io\/appgw-ssl-certificate|nginx\.ingress\.kubernetes\.io\/ssl-passthrough|kubernetes\.io\/tls-acme|haproxy\.org\/ssl-passthrough)/;
/** Classes of controllers that end TLS outside of the cluster. */
const tunnels = /tailscale|cloudflare|ngrok/i;

/** TLS ends before the controller, or certificates come by annotations. */
export function isServedElsewhere(ingress: ClusterObject<Ingress>): boolean {
  const annotations = annotationsOf(ingress);
  const written = annotations[ingressClassAnnotation] ?? '';
  return (
    tunnels.test(`${ingress.value.spec?.ingressClassName ?? ''} ${written}`) ||
    Object.keys(annotations).some((key) => certified.test(key))
  );
}
