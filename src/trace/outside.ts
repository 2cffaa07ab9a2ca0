/** A request from outside: every Ingress, Gateway and Route that takes it. */
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { gatewayGroup } from '../kubernetes/groups.ts';
import { asList, asText, fieldAt } from '../kubernetes/json.ts';
import { itemsAt } from '../lint/routes/route-backends.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { enumerate } from '../text/enumerate.ts';
import { nearestName } from '../text/nearest-name.ts';
import { type Address, addressText } from './ends.ts';
import { isConditional, traceRoutes } from './gateway.ts';
import { type Hop, type Trace, traceOf } from './hop.ts';
import { traceIngresses } from './ingress.ts';
import { isPattern } from './match.ts';
import { traceOtherRoutes } from './other-routes.ts';

/**
 * Addresses from outside come in through an Ingress or a Gateway.
 *
 * @param before those that have sent the client on to this one
 */
export function fromOutside(
  picture: Picture,
  address: Address,
  before: readonly Address[] = [],
): Trace[] {
  const isHttp = address.scheme === 'http' || address.scheme === 'https';
  const traces = [
    ...(isHttp ? traceIngresses(picture, address) : []),
    ...traceRoutes(picture, address),
    ...(isHttp ? traceOtherRoutes(picture, address) : []),
  ];
  // A Gateway that does not listen for the address is not asked, if another one is.
  const asked = traces.filter(({ hops }) => !isNotListening(hops.at(-1)));
  const ways = asked.length > 0 ? asked : traces;
  if (ways.length > 0) return ways.flatMap((way) => followed(picture, way, [...before, address]));
  return [traceOf([isHttp ? noRule(picture, address) : noConnection(picture, address)])];
}

/** More of them no browser follows. */
const mostRedirects = 20;

/** Where the client is sent on to, as far as the manifests are about it. */
function followed(picture: Picture, way: Trace, asked: readonly Address[]): Trace[] {
  const { redirect: to, hops } = way;
  if (to === undefined) return [way];
  const text = addressText(to);
  const [last, place] = [asked.at(-1), hops.at(-1)?.place];
  if (asked.length >= mostRedirects || asked.some((one) => addressText(one) === text)) {
    const loop = `the client is sent to ${text} again, and never gets an answer`;
    const help = 'take the redirect out of the rule that takes the second request';
    return [
      traceOf([
        ...hops,
        { step: 'redirect', state: 'broken', text: loop, help, ...(place && { place }) },
      ]),
    ];
  }
  const next = fromOutside(picture, to, asked);
  const isElsewhere =
    to.host !== last?.host && next.every(({ hops: [first] }) => first?.state === 'broken');
  if (!isElsewhere) return next.map((one) => traceOf([...hops, ...one.hops]));
  const leaves = `no manifest is about ${to.host}: the answer comes from elsewhere`;
  return [traceOf([...hops, { step: 'outside', state: 'unknown', text: leaves }])];
}

/** No rule finds fault with it: it is only for other addresses. */
function isNotListening(hop: Hop | undefined): boolean {
  return hop?.step === 'listener' && hop.state === 'broken' && hop.rule === undefined;
}

/** Kinds that take requests from outside in ways that a trace does not follow to the end. */
const otherEntries: readonly (readonly [group: string, kind: string])[] = [
  ['route.openshift.io', 'Route'],
  ['networking.istio.io', 'VirtualService'],
  ['traefik.io', 'IngressRoute'],
  ['traefik.containo.us', 'IngressRoute'],
  ['projectcontour.io', 'HTTPProxy'],
  [gatewayGroup, 'GRPCRoute'],
  [gatewayGroup, 'TLSRoute'],
];

function noRule({ cluster, unseen }: Picture, { host, path }: Address): Hop {
  const other = otherEntries
    .flatMap(([group, kind]) => cluster.objects.ofKind(group, kind))
    .find(({ source: { document, range } }) => document.file.text.slice(...range).includes(host));
  if (other !== undefined)
    return {
      step: 'rule',
      state: 'unknown',
      text: `${describeObject(other)} names ${host}, and is of a kind that is not followed`,
      place: { object: other, at: ['metadata', 'name'] },
    };
  const whyUnseen = unseen.whyDocumentUnseen('Ingress');
  if (whyUnseen !== undefined) {
    const text = `no rule that was read takes ${host}${path}, but ${whyUnseen}`;
    return { step: 'rule', state: 'unknown', text };
  }
  const hosts = [...ingressHosts(cluster), ...routeHosts(cluster)];
  const names = [...new Set(hosts.map((one) => one.host))];
  const near = nearestName(host, names);
  const same = hosts.find((one) => one.host === host || one.host === near);
  const help =
    near === undefined || near === host ? serviceHelp(cluster, host) : `did you mean ${near}?`;
  const paths = same?.host === host ? same.paths : [];
  const isOpen = paths.some(({ open }) => open);
  const known =
    paths.length > 0
      ? 'its rules for the host take ' +
        enumerate([...new Set(paths.map((one) => one.path))].slice(0, 5))
      : knownHosts(cluster, names);
  return {
    step: 'rule',
    state: isOpen ? 'unknown' : 'broken',
    text: `no rule takes ${host}${path}${isOpen ? ' for certain' : ''}; ${known}`,
    ...(help !== undefined && { help }),
    ...(same !== undefined && { place: { object: same.object, at: ['spec'], part: 'key' } }),
  };
}

/** A host that a rule is for, and the paths that it takes there. */
interface HostRules {
  readonly object: ClusterObject;
  readonly host: string;
  readonly paths: readonly {
    readonly path: string;
    /** It may take what its text does not tell. */
    readonly open: boolean;
  }[];
}

function ingressHosts(cluster: Cluster): HostRules[] {
  return cluster.objects.of('Ingress').flatMap((object) =>
    (object.value.spec?.rules ?? []).map((rule) => ({
      object,
      host: rule.host ?? '*',
      paths: (rule.http?.paths ?? []).map(({ path = '/', pathType }) => ({
        path,
        open: isPattern(pathType, path),
      })),
    })),
  );
}

function routeHosts(cluster: Cluster): HostRules[] {
  return cluster.objects.ofKind(gatewayGroup, 'HTTPRoute').flatMap((object) =>
    asList(fieldAt(object.value, 'spec', 'hostnames')).map((host) => ({
      object,
      host: String(host),
      paths: itemsAt(object.value, ['spec', 'rules']).flatMap(({ path: rule }) =>
        itemsAt(object.value, [...rule, 'matches']).map(({ value }) => ({
          path: asText(fieldAt(value, 'path', 'value')) ?? '/',
          // Those with other conditions may take it, if the request meets them.
          open: fieldAt(value, 'path', 'type') === 'RegularExpression' || isConditional(value),
        })),
      ),
    })),
  );
}

function knownHosts(cluster: Cluster, names: readonly string[]): string {
  if (names.length > 0) return `the rules that were read are for ${enumerate(names.slice(0, 5))}`;
  return cluster.objects.ofKind(gatewayGroup, 'HTTPRoute').length > 0
    ? 'no HTTPRoute that was read is for a host'
    : 'neither an Ingress nor an HTTPRoute was read';
}

/** Whoever asks for a Service by its name means a request within the cluster. */
function serviceHelp(cluster: Cluster, host: string): string | undefined {
  const [name] = host.split('.');
  const service = cluster.services.find(({ object }) => object.name === name);
  return service === undefined
    ? undefined
    : `from outside only an Ingress or a Gateway is asked: for the Service itself trace ` +
        `service/${name}, and from a workload KIND/NAME service/${name}`;
}

/** Routes of bare connections are found by the port of their listener. */
function noConnection({ cluster, unseen }: Picture, { scheme, port }: Address): Hop {
  const kinds = scheme === 'tcp' ? ['TCPRoute'] : ['TLSRoute', 'TCPRoute'];
  const routes = kinds.flatMap((kind) => cluster.objects.ofKind(gatewayGroup, kind));
  const whyUnseen = unseen.whyDocumentUnseen('TCPRoute');
  const known = routes.slice(0, 5).map((route) => describeObject(route));
  return {
    step: 'rule',
    state: whyUnseen === undefined ? 'broken' : 'unknown',
    text:
      `no ${kinds.join(' or ')} takes connections to port ${port}` +
      `${known.length === 0 ? '' : `; there is ${enumerate(known)}`}` +
      `${whyUnseen === undefined ? '' : `, but ${whyUnseen}`}`,
  };
}
