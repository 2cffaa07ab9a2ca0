/**
 * One request, hop by hop, up to the first broken one. Built on the pictures that the rules look
 * at, and on what the rules say of them.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { dnsNameUnresolved } from '../../rules/reference/dns-name-unresolved.ts';
import { dnsPolicyHidesServices } from '../../rules/reference/dns-policy-hides-services.ts';
import { type PodSet, workloadText } from '../cluster/pods.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { dnsTarget } from '../lint/hosts/dns-names.ts';
import { podMessages, podMiss } from '../lint/hosts/pod-hosts.ts';
import {
  findServicePort,
  listServicePorts,
  portMiss,
  servicePortMessages,
  type WrittenPort,
} from '../lint/references/service-port.ts';
import type { Rule } from '../lint/rule.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { podsText } from '../report/members.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { Address, End } from './ends.ts';
import { frontDoor } from './front-door.ts';
import { heard } from './heard.ts';
import { type Hop, type Trace, traceOf } from './hop.ts';
import { clientNamed, missing, serviceNamed, type Traced } from './named.ts';
import { fromOutside } from './outside.ts';
import { lookupHop } from './policies.ts';
import { refusedService } from './reached.ts';
import { type Sender, tracePort } from './service.ts';

/**
 * Every way that a request can take from one end to the other.
 * @param to where the client dials to; an address and a Service need none
 */
export function traceRequest(picture: Picture, from: End, to: End | undefined): Traced {
  if (from.type === 'url') {
    if (to !== undefined)
      return { wrong: 'an address leads where its rules say, and takes no second end' };
    return { traces: fromAddress(picture, from) };
  }
  if (from.kind === 'service') {
    if (to !== undefined)
      return {
        wrong: 'a Service sends nothing: name the workload that does, or the Service alone',
      };
    const service = serviceNamed(picture, from.name, undefined);
    return service === undefined
      ? missing(picture, from)
      : { traces: ports(picture, service, from.port, { proxied: false }, [serviceHop(service)]) };
  }
  const set = clientNamed(picture, from);
  if (set === undefined) return missing(picture, from);
  if (to === undefined)
    return { wrong: `${workloadText(set)} sends requests: name the other end as well` };
  return fromClient(picture, set, to);
}

/** A name of the cluster, a Service with an address of its own, or what a rule takes. */
function fromAddress(picture: Picture, address: Address): Trace[] {
  const sender: Sender = { proxied: false };
  const inside = inCluster(picture, address, undefined);
  if (inside !== undefined)
    return toService(picture, inside, { number: address.port }, sender, [inside.hop]);
  const door = frontDoor(picture, address);
  if (door === undefined) {
    const ways = fromOutside(picture, address);
    return byName(picture, address, ways) ?? ways;
  }
  const { service, port, hop } = door;
  return ports(picture, service, { number: port.port }, sender, [hop, serviceHop(service)]);
}

/** `redis:6379`: a name without dots that no rule takes is that of the Service. */
function byName(
  picture: Picture,
  { host, port, isBare }: Address,
  ways: readonly Trace[],
): Trace[] | undefined {
  if (isBare !== true || host.includes('.')) return undefined;
  const service = serviceNamed(picture, host, undefined);
  if (service === undefined) return undefined;
  const isTaken = ways.some(
    ({ hops: [first] }) => first?.step !== 'rule' || first.state === 'passes',
  );
  const isOwn = !usualPorts.includes(port) && service.ports.some((one) => one.port === port);
  if (isTaken && !isOwn) return undefined;
  return ports(picture, service, { number: port }, { proxied: false }, [serviceHop(service)]);
}

/** Where controllers of Ingresses and Gateways listen. */
const usualPorts: readonly number[] = [80, 443];

/** What keeps pods from looking up the names of Services. */
const resolverRules: readonly Rule[] = [dnsPolicyHidesServices];

/** What is wrong with the client comes first: pods that are not there send nothing. */
function fromClient(picture: Picture, set: PodSet, to: End): Traced {
  const text = `${workloadText(set)} (${podsText(set, set.count)})`;
  const place = { object: set.workload, at: ['metadata', 'name'] };
  if (set.count === 0)
    return {
      traces: [
        traceOf([
          {
            step: 'client',
            state: 'broken',
            text:
              `${workloadText(set)} has no pods that could send ` +
              `it${set.countReason === undefined ? '' : `: ${set.countReason}`}`,
            place,
          },
        ]),
      ],
    };
  const hops: Hop[] = [{ step: 'client', state: 'passes', text, place }];
  const hidden = heard('name', resolverRules, picture, set.workload, set.templatePath);
  if (hidden?.state === 'broken') return { traces: [traceOf([...hops, hidden])] };
  const lookup = lookupHop(picture, set);
  if (lookup !== undefined) hops.push(lookup);
  if (lookup?.state === 'broken') return { traces: [traceOf(hops)] };
  const sender: Sender = { from: set, proxied: false };
  if (to.type === 'url') {
    const inside = inCluster(picture, to, set);
    if (inside === undefined)
      return {
        traces: [
          traceOf([
            ...hops,
            {
              step: 'outside',
              state: 'unknown',
              text:
                `${to.host} is not a name of the cluster: trace ` +
                `${to.scheme}://${to.host}${to.path} tells what comes in by that name`,
            },
          ]),
        ],
      };
    return {
      traces: toService(picture, inside, { number: to.port }, sender, [...hops, inside.hop]),
    };
  }
  if (to.kind !== 'service') return { wrong: 'requests go to a Service or to an address' };
  const service = serviceNamed(picture, to.name, set.namespace);
  if (service === undefined) return missing(picture, to);
  return {
    traces: ports(picture, service, to.port, sender, [...hops, serviceHop(service)]),
  };
}

interface Inside {
  readonly namespace: string;
  readonly name: string;
  readonly hop: Hop;
}

/** The Service that cluster DNS reads out of a host; undefined for hosts outside. */
function inCluster(
  { cluster }: Picture,
  { host }: Address,
  from: PodSet | undefined,
): Inside | undefined {
  const own = from?.namespace ?? cluster.options.namespace;
  // From outside only the full name is one of the cluster.
  if (from === undefined && !/\.svc(\.cluster\.local)?$/.test(host)) return undefined;
  const target = dnsTarget(host, own, cluster);
  if (target === undefined) return undefined;
  const { namespace, service: name, pod } = target;
  const miss = pod === undefined ? undefined : podMiss(target, cluster);
  if (miss !== undefined) return { namespace, name, hop: noPod(miss) };
  const what = pod === undefined ? `Service ${name}` : `pod ${pod} of Service ${name}`;
  const text = `${host} is ${what} of namespace ${namespace} to cluster DNS`;
  return { namespace, name, hop: { step: 'name', state: 'passes', text } };
}

function noPod(miss: NonNullable<ReturnType<typeof podMiss>>): Hop {
  return {
    step: 'name',
    state: 'broken',
    text: podText(miss),
    help: miss.help,
    related: miss.related,
    rule: dnsNameUnresolved.meta.id,
  };
}

function toService(
  picture: Picture,
  { namespace, name }: Inside,
  written: WrittenPort,
  sender: Sender,
  before: readonly Hop[],
): Trace[] {
  if (before.at(-1)?.state === 'broken') return [traceOf(before)];
  const refused = refusedService(picture, namespace, name);
  if (refused !== undefined) return [traceOf([...before, refused])];
  const service = picture.cluster.servicesByName.get(`${namespace}/${name}`);
  if (service !== undefined)
    return ports(picture, service, written, sender, [...before, serviceHop(service)]);
  const whyUnseen =
    picture.unseen.whyUnseen('Service', { namespace, name }) ??
    picture.unseen.makerOf('Service', namespace, name);
  const near = nearestName(
    name,
    picture.cluster.services
      .filter(({ object }) => object.namespace === namespace)
      .map(({ object }) => object.name),
  );
  return [
    traceOf([
      ...before,
      {
        step: 'service',
        state: whyUnseen === undefined ? 'broken' : 'unknown',
        text:
          `there is no Service "${name}" in namespace ` +
          `${namespace}${whyUnseen === undefined ? '' : `, but ${whyUnseen}`}`,
        ...(near !== undefined && { help: `did you mean ${near}?` }),
      },
    ]),
  ];
}

function serviceHop({ object }: ServicePicture): Hop {
  return {
    step: 'service',
    state: 'passes',
    text: describeObject(object),
    place: { object, at: ['metadata', 'name'] },
  };
}

/** All ports of a Service, or the one that is asked for. */
function ports(
  picture: Picture,
  service: ServicePicture,
  written: WrittenPort | undefined,
  sender: Sender,
  before: readonly Hop[],
): Trace[] {
  const { object } = service;
  const asked =
    written === undefined
      ? service.ports
      : [findServicePort(service.ports, written) ?? unlisted(service, written)];
  if (asked.length === 0)
    return [
      traceOf([
        ...before,
        {
          step: 'port',
          state: 'unknown',
          text:
            'it has no ports: DNS answers for its pods, and nothing is known of what they ' +
            'listen on',
          place: { object, at: ['spec'], part: 'key' },
        },
      ]),
    ];
  return asked.map((port) => {
    if (port !== undefined && !service.ports.includes(port)) {
      const text = `port ${port.port}, as it is dialled: ${unlistedReason(service)}`;
      const place = { object, at: ['spec'], part: 'key' as const };
      const hop: Hop = { step: 'port', state: 'passes', text, place };
      return tracePort(picture, service, port, sender, [...before, hop]);
    }
    if (port !== undefined) {
      const index = service.ports.indexOf(port);
      const hop: Hop = {
        step: 'port',
        state: 'passes',
        text: `port ${listServicePorts([port])}`,
        place: { object, at: ['spec', 'ports', index, 'port'] },
      };
      return tracePort(picture, service, port, sender, [...before, hop]);
    }
    return traceOf([...before, noPort(service, written!)]);
  });
}

/**
 * A port that a Service without a cluster IP does not list: nothing stands between that would keep
 * clients from it.
 */
function unlisted(
  { headless, spec }: ServicePicture,
  { name, number }: WrittenPort,
): ServicePort | undefined {
  const isOpen = headless || spec.type === 'ExternalName';
  return isOpen && name === undefined && number !== undefined
    ? { port: number, targetPort: number }
    : undefined;
}

const unlistedReason = ({ headless }: ServicePicture): string =>
  headless ? 'a headless Service keeps clients from none' : 'an alias changes no ports';

function noPort(service: ServicePicture, written: WrittenPort): Hop {
  const place = { object: service.object, at: ['spec', 'ports'], part: 'key' as const };
  const miss = portMiss(service.ports, written, undefined, service);
  return miss === undefined
    ? { step: 'port', state: 'unknown', text: 'its ports are filled in later', place }
    : {
        step: 'port',
        state: 'broken',
        text: servicePortMessages[miss.id](miss.data),
        help: miss.help,
        place,
      };
}

/** What a miss says. */
function podText(miss: NonNullable<ReturnType<typeof podMiss>>): string {
  switch (miss.id) {
    case 'governed':
      return podMessages.governed(miss.data);
    case 'ungoverned':
      return podMessages.ungoverned(miss.data);
    case 'unnumbered':
      return podMessages.unnumbered(miss.data);
    case 'stranger':
      return podMessages.stranger(miss.data);
    case 'elsewhere':
      return podMessages.elsewhere(miss.data);
    case 'pod':
      return podMessages.pod(miss.data);
  }
}
