/**
 * What takes requests from outside beside Ingresses and Gateway API: by host and path, each kind in
 * its own way.
 */
import type { ClusterObject } from '../cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../kubernetes/json.ts';
import { itemsAt } from '../lint/routes/route-backends.ts';

/** One host and path of one rule. */
export interface Entry {
  readonly object: ClusterObject;
  readonly host: string | undefined;
  /** As path types of an Ingress: `Exact` or `Prefix`. */
  readonly type: string;
  readonly path: string;
  /** From the object to the part that names the Services. */
  readonly rule: Path;
  /** The one that has the host and the certificate, where another one includes it. */
  readonly root?: ClusterObject;
  /** What the rule includes and nobody found. */
  readonly dangling?: { readonly namespace: string; readonly name: string };
}

/** @param find others of its kind */
type Reader = (
  object: ClusterObject,
  find: (namespace: string | undefined, name: string) => ClusterObject | undefined,
) => Entry[];

const hostsAt = (value: Json | undefined): (string | undefined)[] => {
  const hosts = asList(value).flatMap((host) => asText(host) ?? []);
  return hosts.length === 0 ? [undefined] : hosts;
};

function openshift(object: ClusterObject): Entry[] {
  const spec = fieldAt(object.value, 'spec');
  const path = asText(fieldAt(spec, 'path')) ?? '/';
  return [{ object, host: asText(fieldAt(spec, 'host')), type: 'Prefix', path, rule: ['spec'] }];
}

/**
 * A match that asks for more than the path may take the request or not: it is left out
 * (networking/v1 `HTTPMatchRequest`).
 */
function istio(object: ClusterObject): Entry[] {
  const value = object.value;
  const gateways = asList(fieldAt(value, 'spec', 'gateways'));
  // Without a Gateway it is about requests between pods.
  if (gateways.every((gateway) => gateway === 'mesh')) return [];
  return hostsAt(fieldAt(value, 'spec', 'hosts')).flatMap((host) =>
    itemsAt(value, ['spec', 'http']).flatMap(({ path: rule, value: http }) => {
      const matches = asList(fieldAt(http, 'match'));
      return (matches.length === 0 ? [{}] : matches).flatMap((match): Entry[] => {
        if (['headers', 'queryParams', 'method', 'scheme'].some((key) => fieldAt(match, key)))
          return [];
        const exact = asText(fieldAt(match, 'uri', 'exact'));
        const prefix = asText(fieldAt(match, 'uri', 'prefix'));
        if (fieldAt(match, 'uri') !== undefined && exact === undefined && prefix === undefined)
          return [];
        const type = exact === undefined ? 'Prefix' : 'Exact';
        return [{ object, host, type, path: exact ?? prefix ?? '/', rule }];
      });
    }),
  );
}

const matcher = /(Host|PathPrefix|Path)\(`([^`]*)`\)/g;

/**
 * Host(`a`) || Host(`b`), with PathPrefix(`/p`) or Path(`/p`); rules with other matchers are left
 * out.
 */
function traefik(object: ClusterObject): Entry[] {
  return itemsAt(object.value, ['spec', 'routes']).flatMap(({ path: rule, value }) => {
    const match = asText(fieldAt(value, 'match')) ?? '';
    if (match.length > 2000 || /[^\s&|()]/.test(match.replaceAll(matcher, ''))) return [];
    const found = [...match.matchAll(matcher)].map(([, name = '', text = '']) => ({ name, text }));
    const hosts = found.filter(({ name }) => name === 'Host').map(({ text }) => text);
    const paths = found.filter(({ name }) => name !== 'Host');
    return (hosts.length === 0 ? [undefined] : hosts).flatMap((host) =>
      (paths.length === 0 ? [{ name: 'PathPrefix', text: '/' }] : paths).map(
        ({ name, text: path }): Entry => ({
          object,
          host,
          type: name === 'Path' ? 'Exact' : 'Prefix',
          path,
          rule,
        }),
      ),
    );
  });
}

/**
 * Routes and what is included, with the conditions joined (projectcontour/v1 `MatchCondition`,
 * `Include`).
 */
const contour: Reader = (root, find) => {
  const host = asText(fieldAt(root.value, 'spec', 'virtualhost', 'fqdn'));
  // As deep as anybody includes; one that includes itself ends here.
  return host === undefined ? [] : proxyRules(root, '', 8);

  function proxyRules(object: ClusterObject, before: string, depth: number): Entry[] {
    const value = object.value;
    const common = { host, ...(object !== root && { root }) };
    const own = itemsAt(value, ['spec', 'routes']).flatMap(
      ({ path: rule, value: route }): Entry[] => {
        const asked = conditionsOf(route);
        if (asked === undefined) return [];
        const { exact, prefix } = asked;
        const type = exact === undefined ? 'Prefix' : 'Exact';
        const path = joined(before, exact ?? prefix);
        return [{ ...common, object, type, path, rule }];
      },
    );
    if (depth === 0) return own;
    return [
      ...own,
      ...itemsAt(value, ['spec', 'includes']).flatMap(({ path: rule, value: include }): Entry[] => {
        const asked = conditionsOf(include);
        const name = asText(fieldAt(include, 'name'));
        if (asked === undefined || name === undefined) return [];
        const path = joined(before, asked.prefix);
        const namespace = asText(fieldAt(include, 'namespace')) ?? object.namespace;
        const other = find(namespace, name);
        if (other !== undefined) return proxyRules(other, path, depth - 1);
        const dangling = { namespace: namespace ?? '', name };
        return [{ ...common, object, type: 'Prefix', path, rule, dangling }];
      }),
    ];
  }
};

const joined = (before: string, path: string): string =>
  `${before.replace(/\/$/, '')}${path}` || '/';

/** Undefined where more than the path is asked for. */
function conditionsOf(
  holder: Json,
): { readonly exact: string | undefined; readonly prefix: string } | undefined {
  const conditions = asList(fieldAt(holder, 'conditions'));
  if (conditions.some((one) => fieldAt(one, 'header') ?? fieldAt(one, 'queryParameter')))
    return undefined;
  return {
    exact: conditions.flatMap((one) => asText(fieldAt(one, 'exact')) ?? [])[0],
    prefix: conditions.flatMap((one) => asText(fieldAt(one, 'prefix')) ?? []).join(''),
  };
}

/** Kinds with how they are read. */
export const entryKinds: readonly (readonly [group: string, kind: string, read: Reader])[] = [
  ['route.openshift.io', 'Route', openshift],
  ['networking.istio.io', 'VirtualService', istio],
  ['traefik.io', 'IngressRoute', traefik],
  ['traefik.containo.us', 'IngressRoute', traefik],
  ['projectcontour.io', 'HTTPProxy', contour],
];
