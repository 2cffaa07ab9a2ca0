/** From a port of a Service to the pods behind it. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { endpointsPortNameMismatch } from '../../rules/name/endpoints-port-name-mismatch.ts';
import { endpointsWithoutService } from '../../rules/name/endpoints-without-service.ts';
import { serviceWithoutEndpoints } from '../../rules/name/service-without-endpoints.ts';
import { slicePortNameMismatch } from '../../rules/name/slice-port-name-mismatch.ts';
import { externalNameUnresolved } from '../../rules/reference/external-name-unresolved.ts';
import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import { formatPairs } from '../cluster/labels.ts';
import { type PodSet, workloadText } from '../cluster/pods.ts';
import { dialledPort } from '../cluster/proxy.ts';
import { backendsOfPort, type ServicePicture } from '../cluster/service.ts';
import { serviceOfHost } from '../kubernetes/references.ts';
import { whyNone, whyPort } from '../lint/endpoints/why-none.ts';
import { wrongPort } from '../lint/hosts/dns-names.ts';
import type { Rule } from '../lint/rule.ts';
import { suggestSelector } from '../lint/selectors/nearest.ts';
import { nearestWorkload } from '../lint/selectors/nearest-workload.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { addressText, podsText } from '../report/members.ts';
import { enumerate, firstFew } from '../text/enumerate.ts';
import { heard, speaker } from './heard.ts';
import { type Hop, type Trace, traceOf } from './hop.ts';
import { podPort, readiness } from './pod-port.ts';
import { policyHops } from './policies.ts';

export interface Sender {
  /** The pods that send the request, where they are known. */
  readonly from?: PodSet;
  /** A proxy that dials the endpoints itself and looks at the Service for them only. */
  readonly proxied: boolean;
}

/** An alias of an alias of an alias. */
const longestChain = 8;

/** What becomes of a request to a Service port; `before` are the hops up to it. */
export function tracePort(
  picture: Picture,
  service: ServicePicture,
  port: ServicePort,
  sender: Sender,
  before: readonly Hop[],
): Trace {
  if (service.spec.type === 'ExternalName')
    return traceAlias(picture, service, port, sender, before);
  const translated = sender.proxied ? undefined : wrongPort(service, port.port, false);
  if (typeof translated === 'object')
    return traceOf([...before, untranslated(service, port, translated.number)]);
  const members = service.automatic
    ? selected(picture, service)
    : writtenByHand(picture, service, port);
  const hops = [...before, members];
  if (members.state !== 'passes') return traceOf(hops);
  if (!service.automatic) return traceOf([...hops, beyond(service)]);
  const dialled = podPort(picture, service, port);
  hops.push(dialled.hop);
  if (dialled.backends.length === 0) return traceOf(hops);
  const ready = readiness(picture, service, dialled.backends);
  hops.push(ready.hop);
  if (ready.backends.length === 0) return traceOf(hops);
  const protocol = port.protocol ?? 'TCP';
  const reached = ready.backends.map(({ members: { set }, number }) => ({
    set,
    port: number,
    protocol,
  }));
  for (const hop of policyHops(picture, sender.from, reached)) {
    hops.push(hop);
    if (hop.state === 'broken') break;
  }
  return traceOf(hops);
}

function untranslated(service: ServicePicture, port: ServicePort, number: number): Hop {
  const index = service.ports.indexOf(port);
  return {
    step: 'port',
    state: 'broken',
    text:
      `${describeObject(service.object)} is headless, so port ${port.port} is dialled in the ` +
      `pods themselves, which listen on ${number}`,
    help: `dial ${number}, or take "clusterIP: None" out of the Service`,
    place: { object: service.object, at: ['spec', 'ports', index, 'targetPort'] },
    related: [
      { object: service.object, at: ['spec', 'clusterIP'], message: 'this makes it headless' },
    ],
  };
}

/** The client follows the alias itself, and dials the port that it dialled before. */
function traceAlias(
  picture: Picture,
  service: ServicePicture,
  port: ServicePort,
  sender: Sender,
  before: readonly Hop[],
): Trace {
  const { object, spec } = service;
  const place = { object, at: ['spec', 'externalName'] };
  const host = spec.externalName?.replace(/\.$/, '') ?? '';
  const said = heard('name', [externalNameUnresolved], picture, object, ['spec', 'externalName']);
  if (said !== undefined) return traceOf([...before, said]);
  const named = /\.svc(\.cluster\.local)?$/.test(host) ? serviceOfHost(host, undefined) : undefined;
  const target =
    named === undefined
      ? undefined
      : picture.cluster.servicesByName.get(`${named.namespace}/${named.name}`);
  const aliases = before.filter(({ step }) => step === 'name').length;
  if (target === undefined || aliases > longestChain)
    return traceOf([
      ...before,
      {
        step: 'outside',
        state: 'unknown',
        text: `it is an alias of ${host}, which is not among what was read`,
        place,
      },
    ]);
  const text = `it is an alias of ${describeObject(target.object)}`;
  const hops: Hop[] = [...before, { step: 'name', state: 'passes', text, place }];
  const isOpen = target.headless || target.spec.type === 'ExternalName';
  const next =
    target.ports.find((one) => one.port === port.port) ??
    (isOpen ? { port: port.port, targetPort: port.port } : undefined);
  return next === undefined
    ? traceOf([...hops, notTranslated(target, port)])
    : tracePort(picture, target, next, sender, hops);
}

function notTranslated({ object, ports }: ServicePicture, { port }: ServicePort): Hop {
  return {
    step: 'port',
    state: 'broken',
    text:
      `${describeObject(object)} has no port ${port}, and an alias changes none; it has ` +
      `${ports.map((one) => one.port).join(', ')}`,
    help: `dial ${ports[0]?.port ?? 'one of its ports'}`,
    place: { object, at: ['spec', 'ports'], part: 'key' },
    rule: 'external-name-port',
  };
}

/** Whether the selector takes any pods. */
function selected(picture: Picture, service: ServicePicture): Hop {
  const { cluster, unseen } = picture;
  const { object, backends, selector = {} } = service;
  const place = { object, at: ['spec', 'selector'], part: 'key' as const };
  if (backends.length === 0) {
    const { state, reason } = whyNone(service, cluster, unseen);
    if (state === 'unknown') return { step: 'endpoints', state, text: reason, place };
    const nearest = nearestWorkload(selector, object, cluster);
    const help = nearest === undefined ? undefined : suggestSelector(nearest, selector, object);
    return {
      step: 'endpoints',
      state: 'broken',
      text: reason,
      place,
      ...(help !== undefined && { help }),
      ...(nearest !== undefined && {
        related: [
          { object: nearest.object, at: ['metadata', 'name'], message: 'the nearest workload' },
        ],
      }),
      ...speaker([serviceSelectsNothing], picture, object, []),
    };
  }
  const taken = backends.map(
    ({ members: { set, count } }) => `${workloadText(set)} (${podsText(set, count)})`,
  );
  return {
    step: 'endpoints',
    state: 'passes',
    text: `selector ${formatPairs(selector)} takes ${enumerate(taken)}`,
    place,
  };
}

const writtenRules: readonly Rule[] = [
  serviceWithoutEndpoints,
  endpointsWithoutService,
  endpointsPortNameMismatch,
  slicePortNameMismatch,
];

/** Endpoints and slices that somebody wrote. */
function writtenByHand(picture: Picture, service: ServicePicture, port: ServicePort): Hop {
  const { cluster, unseen } = picture;
  const { mirrored, manualSlices, manualEndpoints, object } = service;
  const written = manualSlices[0] ?? manualEndpoints ?? object;
  const place = { object: written, at: ['metadata', 'name'] };
  if (backendsOfPort(service, port).ready === 0) {
    const { reason } = whyPort(service, port, cluster, unseen);
    const whyUnseen =
      unseen.whyDocumentUnseen('EndpointSlice') ?? unseen.whyDocumentUnseen('Endpoints');
    const saying = speaker(writtenRules, picture, object, []);
    const byHand = ': somebody may write them in the cluster';
    const isWritten = manualSlices.length > 0 || manualEndpoints !== undefined;
    return whyUnseen === undefined && (isWritten || saying.rule !== undefined)
      ? { step: 'endpoints', state: 'broken', text: reason, place, ...saying }
      : {
          step: 'endpoints',
          state: 'unknown',
          text: `${reason}${whyUnseen === undefined ? byHand : `; ${whyUnseen}`}`,
          place,
        };
  }
  const addresses = [
    ...mirrored.flatMap(({ ports, endpoints }) =>
      endpoints.map(({ address }) => addressText(address.ip, dialledPort(port, ports))),
    ),
    ...manualSlices.flatMap(({ value }) =>
      (value.endpoints ?? []).flatMap((endpoint) =>
        endpoint.addresses.map((one) => addressText(one, dialledPort(port, value.ports ?? []))),
      ),
    ),
  ];
  const text = `written by hand: ${firstFew(addresses, 3)}`;
  return { step: 'endpoints', state: 'passes', text, place };
}

function beyond({ object }: ServicePicture): Hop {
  return {
    step: 'outside',
    state: 'unknown',
    text: 'who listens at an address that was written by hand is not in the manifests',
    place: { object, at: ['metadata', 'name'] },
  };
}
