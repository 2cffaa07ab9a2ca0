/** Rules that answer with another address instead of asking a Service. */
import type { Ingress } from 'kubernetes-types/networking/v1';
import { annotationsOf, type ClusterObject } from '../cluster/objects.ts';
import { asText, fieldAt, type Path } from '../kubernetes/json.ts';
import { nginxPrefix } from '../kubernetes/labels.ts';
import { controllerOf } from '../lint/routes/ingress-backends.ts';
import { getOwn } from '../own.ts';
import type { Picture } from '../project/project.ts';
import { withoutTrailing } from '../text/trim.ts';
import { type Address, addressText, parseEnd } from './ends.ts';
import type { Hop } from './hop.ts';
import { hostFit } from './match.ts';

export interface Redirect {
  readonly to: Address;
  readonly hop: Hop;
}

const albRedirect = 'alb.ingress.kubernetes.io/ssl-redirect';

/**
 * What ingress-nginx does with plain HTTP for a host with TLS unless it is told otherwise, and with
 * everything where an annotation says so (internal/ingress/annotations/rewrite and redirect); the
 * AWS Load Balancer Controller does the first when asked to.
 */
export function ingressRedirect(
  ingress: ClusterObject<Ingress>,
  address: Address,
  { cluster }: Picture,
): Redirect | undefined {
  const annotations = annotationsOf(ingress);
  const annotated = (key: string): Path => ['metadata', 'annotations', key];
  const secure: Address = { ...address, scheme: 'https', port: 443 };
  const isPlain = address.scheme === 'http';
  if (isPlain && getOwn(annotations, albRedirect) !== undefined)
    return redirect(ingress, annotated(albRedirect), secure, '301');
  if (controllerOf(ingress, cluster) !== 'ingress-nginx') return undefined;
  for (const [name, code] of [
    ['permanent-redirect', '301'],
    ['temporal-redirect', '302'],
  ] as const) {
    const written = getOwn(annotations, `${nginxPrefix}${name}`) ?? '';
    const to = parseEnd(written.replace('$request_uri', address.path));
    if (to?.type === 'url') return redirect(ingress, annotated(`${nginxPrefix}${name}`), to, code);
  }
  const force = `${nginxPrefix}force-ssl-redirect`;
  if (isPlain && getOwn(annotations, force) === 'true')
    return redirect(ingress, annotated(force), secure, '308');
  const { tls = [] } = ingress.value.spec ?? {};
  const hasTls = tls.some(({ hosts = [] }) =>
    hosts.some((host) => hostFit(host, address.host, false) !== undefined),
  );
  return isPlain && hasTls && getOwn(annotations, `${nginxPrefix}ssl-redirect`) !== 'false'
    ? redirect(ingress, ['spec', 'tls'], secure, '308')
    : undefined;
}

/**
 * A filter of a route (gateway-api apis/v1 `HTTPRequestRedirectFilter`).
 *
 * @param at from the route to the filter, and to the match that took the request
 */
export function routeRedirect(
  route: ClusterObject,
  at: { readonly filter: Path; readonly match: Path },
  address: Address,
): Redirect {
  const filter = fieldAt(route.value, ...at.filter, 'requestRedirect');
  const text = (...path: string[]): string | undefined => asText(fieldAt(filter, ...path));
  const scheme =
    text('scheme') === 'https' ? 'https' : text('scheme') === 'http' ? 'http' : undefined;
  const usual = { http: 80, https: 443 };
  const port = Number(fieldAt(filter, 'port') ?? (scheme ? usual[scheme] : address.port));
  const prefix = asText(fieldAt(route.value, ...at.match, 'path', 'value')) ?? '/';
  const rest = address.path.slice(withoutTrailing(prefix, '/').length);
  const prefixed = text('path', 'replacePrefixMatch');
  const path =
    text('path', 'replaceFullPath') ??
    (prefixed === undefined ? address.path : `${withoutTrailing(prefixed, '/')}${rest}` || '/');
  const host = text('hostname') ?? address.host;
  const to: Address = { ...address, scheme: scheme ?? address.scheme, host, port, path };
  return redirect(route, [...at.filter, 'type'], to, text('statusCode') ?? '302');
}

function redirect(object: ClusterObject, at: Path, to: Address, code: string): Redirect {
  const hop: Hop = {
    step: 'redirect',
    state: 'passes',
    text: `the answer is ${code}, which sends the client to ${addressText(to)}`,
    place: { object, at },
  };
  return { to, hop };
}
