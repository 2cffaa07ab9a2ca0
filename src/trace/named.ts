/** The objects that the ends of a request name, and what is said where there is none. */
import type { Cluster } from '../cluster/cluster.ts';
import type { PodSet } from '../cluster/pods.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { allWorkloads, usualApiVersion } from '../kubernetes/kinds.ts';
import { namesKind } from '../kubernetes/resource-names.ts';
import { namespaceOf } from '../lint/references/reference.ts';
import type { Picture } from '../project/project.ts';
import type { Named } from './ends.ts';
import type { Trace } from './hop.ts';

/** A name that was typed and is not there, with those that are. */
export interface NotFound {
  readonly kind: string;
  readonly name: string;
  readonly known: readonly string[];
}

export type Traced =
  | { readonly traces: readonly Trace[] }
  | { readonly notFound: NotFound }
  /** Wrong use: lower case, no full stop. */
  | { readonly wrong: string };

/** `api`, or `api.shop`: that of the namespace first, then the only one of the name. */
export function serviceNamed(
  { cluster }: Picture,
  name: string,
  near: string | undefined,
): ServicePicture | undefined {
  const dot = name.indexOf('.');
  if (dot > 0) return cluster.servicesByName.get(`${name.slice(dot + 1)}/${name.slice(0, dot)}`);
  const own = near ?? cluster.options.namespace;
  const here = cluster.servicesByName.get(`${own}/${name}`);
  if (here !== undefined) return here;
  const all = cluster.services.filter(({ object }) => object.name === name);
  return all.length === 1 ? all[0] : undefined;
}

/** What makes pods is listed among them by its own name, so `pod/web` is a workload of any kind. */
function clientsOf({ cluster }: Picture, kind: string): readonly PodSet[] {
  const isAny = kind === 'workload' || namesKind(kind, { apiVersion: 'v1', kind: 'Pod' });
  return isAny
    ? cluster.pods.all
    : cluster.pods.all.filter(({ workload }) => namesKind(kind, workload));
}

export function clientNamed(picture: Picture, { kind, name }: Named): PodSet | undefined {
  const { cluster } = picture;
  const all = clientsOf(picture, kind);
  const named = all.filter(
    ({ workload, namespace }) => workload.name === name || `${workload.name}.${namespace}` === name,
  );
  return (
    named.find(({ namespace }) => namespace === cluster.options.namespace) ??
    (named.length === 1 ? named[0] : undefined)
  );
}

/** Whether it is a kind that may be one end of a request. */
export function isEnd(written: string): boolean {
  return (
    written === 'workload' ||
    ['Service', ...allWorkloads.map(({ kind }) => kind)].some((kind) =>
      namesKind(written, { apiVersion: usualApiVersion(kind) ?? 'v1', kind }),
    )
  );
}

/** What the first rule of an Ingress takes, or what an address looks like. */
function addressTaken(kind: string, name: string, { objects }: Cluster): string {
  const ingress = objects
    .of('Ingress')
    .find((object) => object.name === name && namesKind(kind, object));
  const { host, http } = ingress?.value.spec?.rules?.[0] ?? {};
  return host === undefined || /[*${]/.test(host)
    ? 'https://shop.example.com/cart'
    : `https://${host}${plainStart(http?.paths[0]?.path ?? '/')}`;
}

/** What stands before the first sign of a regular expression: `/api` of `/api(/|$)(.*)`. */
function plainStart(path: string): string {
  return path.replace(/\.?[$()*+?[\\\]^{|}].*$/s, '');
}

/** Of several namespaces one has to be said. */
export function missing(picture: Picture, { kind, name }: Named): Traced {
  const { cluster } = picture;
  const objects =
    kind === 'service'
      ? cluster.services.map(({ object }) => object)
      : clientsOf(picture, kind).map(({ workload }) => workload);
  if (objects.length === 0 && !isEnd(kind))
    return {
      wrong:
        `a request starts at a URL, a Service or a workload, not at ${kind}/${name}: ` +
        `name a URL that it takes, such as ${addressTaken(kind, name, cluster)}`,
    };
  const same = objects.filter((object) => object.name === name);
  if (same.length > 1) {
    const ways = same.map((object) => `${kind}/${name}.${namespaceOf(object, cluster)}`);
    return { wrong: `there are several ${kind}/${name}: write ${ways.slice(0, 4).join(' or ')}` };
  }
  return { notFound: { kind, name, known: objects.map((object) => object.name) } };
}
