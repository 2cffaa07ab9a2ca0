/**
 * From an address through a Route of OpenShift, a VirtualService, an IngressRoute or an HTTPProxy.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { istioHostMissing } from '../../rules/reference/istio-host-missing.ts';
import { istioPortMismatch } from '../../rules/reference/istio-port-mismatch.ts';
import { openshiftRouteMismatch } from '../../rules/reference/openshift-route-mismatch.ts';
import { proxyRouteMismatch } from '../../rules/reference/proxy-route-mismatch.ts';
import { tlsSecretMissing } from '../../rules/reference/tls-secret-missing.ts';
import { asList, asText, fieldAt, type Json } from '../kubernetes/json.ts';
import { type Reference, referencesOf } from '../kubernetes/references.ts';
import { namespaceOf } from '../lint/references/reference.ts';
import { findServicePort } from '../lint/references/service-port.ts';
import type { Rule } from '../lint/rule.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { Address } from './ends.ts';
import { type Entry, entryKinds } from './entries.ts';
import { heard, startsWith } from './heard.ts';
import { type Hop, type Trace, traceOf } from './hop.ts';
import { type Fit, hostFit, isBetter, pathFit } from './match.ts';
import { reached } from './reached.ts';
import { subsetHop } from './subset.ts';

interface Taken {
  readonly entry: Entry;
  readonly fit: Fit;
}

/** One way for each kind and each Service behind its best rule. */
export function traceOtherRoutes(picture: Picture, address: Address): Trace[] {
  return entryKinds.flatMap(([group, kind, read]) => {
    let best: Taken | undefined;
    const { objects, options } = picture.cluster;
    for (const object of objects.ofKind(group, kind))
      for (const entry of read(object, (namespace = options.namespace, name) =>
        objects.findOfKind(group, kind, namespace, name),
      )) {
        const byHost = hostFit(entry.host, address.host, true);
        const byPath = pathFit(entry.type, entry.path, address);
        if (byHost === undefined || byPath === undefined) continue;
        // In Istio the first rule that fits is taken, whatever comes behind it.
        const isFirst = kind === 'VirtualService' && best?.entry.object === object;
        const fit = kind === 'VirtualService' ? byHost : [...byHost, ...byPath];
        if (!isFirst && (best === undefined || isBetter(fit, best.fit))) best = { entry, fit };
      }
    return best === undefined ? [] : traceEntry(picture, address, best.entry);
  });
}

function traceEntry(picture: Picture, address: Address, entry: Entry): Trace[] {
  const { object, host, type, path, rule } = entry;
  const hops: Hop[] = [
    {
      step: 'rule',
      state: 'passes',
      text: `${describeObject(object)} takes ${host ?? 'any host'}, path ${path} (${type})`,
      place: { object, at: rule },
    },
    ...entryHops(picture, address, entry),
  ];
  if (hops.at(-1)?.state === 'broken') return [traceOf(hops)];
  if (entry.dangling !== undefined) return [traceOf([...hops, included(picture, entry)])];
  const services = referencesOf(object, new Set(['Service'])).filter(
    (reference) => reference.group === '' && startsWith(reference.path, rule),
  );
  if (services.length === 0) {
    const text = 'the rule has no Service behind it';
    return [
      traceOf([...hops, { step: 'outside', state: 'unknown', text, place: { object, at: rule } }]),
    ];
  }
  return services.map((reference) => throughReference(picture, entry, reference, hops));
}

/** A part of the rules that is not there. */
function included({ cluster }: Picture, { object, rule, dangling }: Entry): Hop {
  const { namespace, name } = dangling ?? { namespace: '', name: '' };
  const all = cluster.objects.inNamespace('projectcontour.io', object.kind, namespace);
  const near = nearestName(
    name,
    all.map((other) => other.name),
  );
  return {
    step: 'rule',
    // Others may be in files that nobody read.
    state: near === undefined ? 'unknown' : 'broken',
    text:
      `it includes ${object.kind} "${name}" of namespace ${namespace}, which is not among ` +
      'what was read',
    ...(near !== undefined && { help: `did you mean ${near}?` }),
    place: { object, at: [...rule, 'name'] },
  };
}

/** Who judges the Services and ports of a kind. */
const judges: ReadonlyMap<string, readonly (readonly Rule[])[]> = new Map([
  ['Route', [[openshiftRouteMismatch], [openshiftRouteMismatch]]],
  ['VirtualService', [[istioHostMissing], [istioPortMismatch]]],
]);

function throughReference(
  picture: Picture,
  { object }: Entry,
  { name, namespace, path, port }: Reference,
  before: readonly Hop[],
): Trace {
  const [serviceRules = [proxyRouteMismatch], portRules = [proxyRouteMismatch]] =
    judges.get(object.kind) ?? [];
  const isOpenShift = object.kind === 'Route';
  const target = isOpenShift ? fieldAt(object.value, 'spec', 'port', 'targetPort') : port?.value;
  return reached(
    picture,
    {
      object,
      at: path,
      nameAt: path,
      name,
      namespace: namespace ?? namespaceOf(object, picture.cluster),
      serviceRules,
      portAt: isOpenShift ? ['spec', 'port'] : (port?.path ?? path.slice(0, -1)),
      portRules,
      portOf: (ports) => portOf(ports, target, isOpenShift),
      ...(object.kind === 'VirtualService' && {
        subset: subsetHop(picture, object, path.slice(0, -1)),
      }),
    },
    before,
  );
}

/** OpenShift's router goes by the name of the Service port, or by the number in the pods. */
function portOf(
  ports: readonly ServicePort[],
  written: Json | undefined,
  isOpenShift: boolean,
): ServicePort | undefined {
  if (written === undefined) return ports.length === 1 ? ports[0] : undefined;
  const text = String(written);
  if (!/^\d+$/.test(text)) return findServicePort(ports, { name: text });
  const number = Number(text);
  return isOpenShift
    ? ports.find(({ port, targetPort = port }) => targetPort === number)
    : findServicePort(ports, { number });
}

/** What stands in front of the rule: the Gateway of a VirtualService, and the certificate. */
function entryHops(
  picture: Picture,
  address: Address,
  { object: own, root: object = own }: Entry,
): Hop[] {
  if (object.kind === 'VirtualService') return gatewayHops(picture, address, object);
  if (address.scheme === 'http') return [];
  const at = object.kind === 'HTTPProxy' ? ['spec', 'virtualhost', 'tls'] : ['spec', 'tls'];
  const said = heard('certificate', [tlsSecretMissing], picture, object, at);
  if (said !== undefined) return [said];
  if (fieldAt(object.value, ...at) !== undefined) return [];
  const text =
    `${describeObject(object)} has no tls: whether something in front of it ends TLS is not ` +
    'known';
  return [{ step: 'certificate', state: 'unknown', text, place: { object, at: ['spec'] } }];
}

function gatewayHops(picture: Picture, { host, port }: Address, object: Entry['object']): Hop[] {
  const gateways = referencesOf(object, new Set(['Gateway']));
  const found = gateways.flatMap(({ group, name, namespace, path }) => {
    const own = namespace ?? namespaceOf(object, picture.cluster);
    const gateway = picture.cluster.objects.findOfKind(group, 'Gateway', own, name);
    return gateway === undefined ? [] : [{ gateway, path }];
  });
  const at = ['spec', 'gateways'];
  const names = gateways.map(({ name }) => name).join(', ');
  if (found.length === 0) {
    const text = `Gateway ${names} is not among what was read`;
    return [{ step: 'listener', state: 'unknown', text, place: { object, at } }];
  }
  for (const { gateway } of found)
    for (const [index, server] of asList(fieldAt(gateway.value, 'spec', 'servers')).entries()) {
      const isForHost = asList(fieldAt(server, 'hosts')).some(
        (one) => hostFit(asText(one)?.replace(/^[^/]*\//, ''), host, true) !== undefined,
      );
      if (!isForHost || fieldAt(server, 'port', 'number') !== port) continue;
      const text = `server ${index + 1} of ${describeObject(gateway)} (port ${port})`;
      const place = { object: gateway, at: ['spec', 'servers', index, 'hosts'] };
      return [{ step: 'listener', state: 'passes', text, place }];
    }
  const [{ gateway } = { gateway: object }] = found;
  const hosts = asList(fieldAt(gateway.value, 'spec', 'servers')).map(
    (server) =>
      `${String(fieldAt(server, 'port', 'number'))}: ${asList(fieldAt(server, 'hosts')).join(' ')}`,
  );
  return [
    {
      step: 'listener',
      state: 'broken',
      text:
        `no server of ${describeObject(gateway)} takes ${host} on port ${port}; it has ` +
        `${hosts.slice(0, 4).join(', ') || 'none'}`,
      help: `add ${host} to the hosts of a server on port ${port}`,
      place: { object: gateway, at: ['spec', 'servers'], part: 'key' },
      related: [{ object, at, part: 'key', message: 'what the VirtualService names' }],
    },
  ];
}
