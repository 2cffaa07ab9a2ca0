/** What annotations tell a cloud's load balancer, as far as it matters here. */
import type { Ingress } from 'kubernetes-types/networking/v1';
import { annotationsOf, type ClusterObject } from '../../cluster/objects.ts';
import { ingressClassAnnotation } from '../../kubernetes/labels.ts';
import { getOwn } from '../../own.ts';

/**
 * The annotation and the value by which each cloud makes a load balancer that only its own network
 * reaches (website service.md "Internal load balancer").
 */
const internal: ReadonlyMap<string, RegExp> = new Map([
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(?!false$)/i],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/i],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/i],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/i],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/i],
  ['service.beta.kubernetes.io/cce-load-balancer-internal-vpc', /^true$/i],
  ['service.kubernetes.io/qcloud-loadbalancer-internal-subnetid', /./],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', /^intranet$/i],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/i],
  ['service.beta.kubernetes.io/do-loadbalancer-network', /^internal$/i],
]);

/** Annotations that name who may connect, where the field for it is not used. */
const restricted = [
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/azure-allowed-service-tags',
  'service.beta.kubernetes.io/aws-load-balancer-security-groups',
  'service.beta.kubernetes.io/do-loadbalancer-allow-rules',
];

/** Annotations by which the load balancer itself speaks TLS. */
const encrypting = [
  'service.beta.kubernetes.io/aws-load-balancer-ssl-cert',
  'service.beta.kubernetes.io/do-loadbalancer-certificate-id',
  'service.beta.kubernetes.io/do-loadbalancer-tls-ports',
  'service.beta.kubernetes.io/oci-load-balancer-ssl-ports',
  'load-balancer.hetzner.cloud/http-certificates',
  'service.beta.kubernetes.io/linode-loadbalancer-default-protocol',
];

export function isInternal(service: ClusterObject): boolean {
  return Object.entries(annotationsOf(service)).some(
    ([key, value]) => internal.get(key)?.test(String(value)) === true,
  );
}

export function isRestricted(service: ClusterObject): boolean {
  return has(service, restricted);
}

export function isEncrypting(service: ClusterObject): boolean {
  return has(service, encrypting);
}

function has(service: ClusterObject, keys: readonly string[]): boolean {
  const annotations = annotationsOf(service);
  return keys.some((key) => (getOwn(annotations, key) ?? '') !== '');
}

/**
 * An Ingress whose controller or load balancer only the own network reaches, by its class or an
 * annotation.
 */
export function isInternalIngress(ingress: ClusterObject<Ingress>): boolean {
  const annotations = annotationsOf(ingress);
  const name = ingress.value.spec?.ingressClassName ?? getOwn(annotations, ingressClassAnnotation);
  return (
    /internal|private/i.test(name ?? '') ||
    getOwn(annotations, 'alb.ingress.kubernetes.io/scheme') === 'internal'
  );
}
