/**
 * What the paths of Ingresses lead to (networking/v1 `IngressBackend`), and what controllers make
 * of it.
 */
import type { Ingress, IngressBackend } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { annotationsOf, type ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { ingressClassAnnotation, nginxPrefix } from '../../kubernetes/labels.ts';
import { remembered } from '../../memo.ts';
import { getOwn } from '../../own.ts';

export interface IngressService {
  readonly ingress: ClusterObject<Ingress>;
  /** From the Ingress to `service`. */
  readonly path: Path;
  readonly name: string;
  readonly port: { readonly name?: string; readonly number?: number };
}

/**
 * The default backend and that of every path; backends that are resources of other kinds are left
 * out.
 */
export function ingressServices(ingress: ClusterObject<Ingress>): readonly IngressService[] {
  return servicesIn(ingress);
}

const servicesIn = remembered((ingress: ClusterObject<Ingress>): readonly IngressService[] => {
  const { defaultBackend, rules = [] } = ingress.value.spec ?? {};
  const found: IngressService[] = [];
  const add = (backend: IngressBackend | undefined, at: Path): void => {
    const service = backend?.service;
    if (typeof service?.name === 'string')
      found.push({
        ingress,
        path: at.concat('service'),
        name: service.name,
        port: service.port ?? {},
      });
  };
  add(defaultBackend, ['spec', 'defaultBackend']);
  rules.forEach(({ http }, index) =>
    http?.paths?.forEach(({ backend }, number) =>
      add(backend, ['spec', 'rules', index, 'http', 'paths', number, 'backend']),
    ),
  );
  return found;
});

/** Whether a path of an Ingress leads to a Service, by its name. */
export function leadsTo(ingress: ClusterObject, service: string): boolean {
  return ingressServices(ingress).some(({ name }) => name === service);
}

const albAction = 'alb.ingress.kubernetes.io/actions.';

/**
 * The annotation that stands for a backend of the AWS load balancer controller: a port named
 * `use-annotation` takes the action of the backend's name; undefined where the backend is a
 * Service.
 *
 * @source kubernetes-sigs/aws-load-balancer-controller pkg/ingress/enhanced_backend_builder.go
 *   `Build` @00175c1e
 */
export function albActionOf({ name, port }: IngressService): string | undefined {
  return port.name === 'use-annotation' ? `${albAction}${name}` : undefined;
}

/**
 * Annotations under which a controller never asks the backend: ingress-nginx answers with a
 * redirect (internal/ingress/annotations/redirect).
 */
const redirects = [`${nginxPrefix}permanent-redirect`, `${nginxPrefix}temporal-redirect`];

/** Why a backend need not be there; undefined where requests are sent to it. */
export function unusedBackend(backend: IngressService): string | undefined {
  const annotations = annotationsOf(backend.ingress);
  const redirect = redirects.find((annotation) => getOwn(annotations, annotation) !== undefined);
  if (redirect !== undefined) return `${redirect} answers in its place`;
  // Of a port that cannot be decoded (`number: use-annotation`) nothing is left.
  const { name, port } = backend;
  const isLost = port.name === undefined && typeof port.number !== 'number';
  const action = isLost ? `${albAction}${name}` : albActionOf(backend);
  return action !== undefined && getOwn(annotations, action) !== undefined
    ? `${action} stands for it`
    : undefined;
}

/** ingress-nginx of the Kubernetes project, another controller, or nobody knows which. */
export type Controller = 'ingress-nginx' | 'other' | 'unknown';

/**
 * Which controller serves an Ingress, by its class and by annotations that only one of them reads.
 */
export function controllerOf(ingress: ClusterObject<Ingress>, cluster: Cluster): Controller {
  const annotations = annotationsOf(ingress);
  const has = (prefix: string): boolean =>
    Object.keys(annotations).some((key) => key.startsWith(prefix));
  const { name, controller } = classOf(ingress, cluster);
  if (controller !== undefined)
    return controller === 'k8s.io/ingress-nginx' ? 'ingress-nginx' : 'other';
  // F5's controller is called nginx, too.
  if (has('nginx.org/') || has('nginx.com/')) return 'other';
  if (has(nginxPrefix)) return 'ingress-nginx';
  if (name === undefined) return 'unknown';
  return name.includes('nginx')
    ? 'ingress-nginx'
    : /^(alb|gce|gce-internal|traefik|kong|haproxy|istio|contour|cilium|azure)/.test(name)
      ? 'other'
      : 'unknown';
}

/**
 * Whether the controller of AWS may serve an Ingress, be it the one of EKS: neither class nor
 * annotations are another one's.
 */
export function mayBeAlb(ingress: ClusterObject<Ingress>, cluster: Cluster): boolean {
  const { name, controller } = classOf(ingress, cluster);
  if (controller !== undefined) return controller.endsWith('/alb');
  return name === undefined
    ? controllerOf(ingress, cluster) === 'unknown'
    : /alb|aws|eks/.test(name);
}

/** The name of its class, and the controller of that, where it was read. */
function classOf(
  ingress: ClusterObject<Ingress>,
  { objects }: Cluster,
): { readonly name: string | undefined; readonly controller: string | undefined } {
  const name =
    ingress.value.spec?.ingressClassName ?? annotationsOf(ingress)[ingressClassAnnotation];
  const ingressClass =
    name === undefined
      ? undefined
      : objects.findOfKind('networking.k8s.io', 'IngressClass', undefined, name);
  return { name, controller: asText(fieldAt(ingressClass?.value, 'spec', 'controller')) };
}

/**
 * A Rollout that writes the actions of an Ingress itself.
 *
 * @source argoproj/argo-rollouts rollout/trafficrouting/alb/alb.go `SetWeight` @v1.10.2
 */
export function rolloutThatWeighs(
  ingress: ClusterObject<Ingress>,
  { objects }: Cluster,
): ClusterObject | undefined {
  return objects.ofKind('argoproj.io', 'Rollout').find(({ namespace, value }) => {
    const alb = fieldAt(value, 'spec', 'strategy', 'canary', 'trafficRouting', 'alb');
    const names = [fieldAt(alb, 'ingress'), ...asList(fieldAt(alb, 'ingresses'))];
    return namespace === ingress.namespace && names.includes(ingress.name);
  });
}
