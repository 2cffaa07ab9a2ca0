/** `describe service`: what kubectl says of it, and why each port has the endpoints it has. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { Backend } from '../cluster/controllers/endpointslice.ts';
import { workloadText } from '../cluster/pods.ts';
import { dialledPort } from '../cluster/proxy.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { unresolvedText, whyMissing, whyNone, whyPort } from '../lint/endpoints/why-none.ts';
import { suggestSelector } from '../lint/selectors/nearest.ts';
import { nearestWorkload } from '../lint/selectors/nearest-workload.ts';
import type { Unseen } from '../lint/unseen/unseen.ts';
import { largest, pushAll } from '../lists.ts';
import { locateAcross } from '../manifest/node.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { callerLines } from './describe-callers.ts';
import { dnsLines } from './describe-dns.ts';
import { referenceLines } from './describe-references.ts';
import { type Fact, factLines, sectionLines } from './facts.ts';
import { writtenCell } from './get/endpoints.ts';
import { none, pairsOr } from './get/row.ts';
import { clusterIPText, portText } from './get/services.ts';
import { addressText, countText, membersText } from './members.ts';
import { manifestPlace } from './place.ts';
import { policyText } from './policy-verdict.ts';
import { printable } from './safe-text.ts';
import type { Style } from './style.ts';
import { namedPort, padEnd, wrap } from './text.ts';

export interface DescribeOptions {
  readonly style: Style;
  readonly width: number;
  /** What a cluster lists, beside what is predicted. */
  readonly running?: Running;
}

export interface Running {
  /** Of each port of the Service, in their order. */
  readonly ports: readonly string[];
  /** What else is not as it is written. */
  readonly drift: readonly string[];
}

export function describeService(
  service: ServicePicture,
  cluster: Cluster,
  unseen: Unseen,
  { style, width, running }: DescribeOptions,
): string {
  const lines = facts(service).flatMap(([label, value]) => factLines(label, value, width));
  const endpoints = service.ports.map((port) => portEndpoints(service, port, cluster, unseen));
  for (const [index, port] of service.ports.entries()) {
    const text = endpoints[index] ?? '';
    pushAll(
      lines,
      portLines(
        service,
        port,
        text.startsWith('<') && endpoints.indexOf(text) < index
          ? `${text.slice(0, text.indexOf('>') + 1)}  as above`
          : text,
        width,
      ),
    );
    pushAll(lines, runningLines(running, index, width));
    const policies = policyText(service, port, cluster);
    if (policies !== undefined) pushAll(lines, factLines('Network Policy:', policies, width));
  }
  if (service.ports.length === 0) {
    pushAll(lines, factLines('Endpoints:', portless(service, cluster, unseen), width));
    pushAll(lines, runningLines(running, 0, width));
  }
  const told = endpoints.join('\n');
  const sections = [
    backendLines(service, cluster, told, width),
    writtenLines(service, width),
    { title: 'Drift', body: sectionLines(running?.drift ?? [], width) },
    { title: 'Referenced by', body: sectionLines(referenceLines(service, cluster), width) },
    { title: 'Callers', body: callerLines(service, cluster, width) },
    { title: 'DNS', body: dnsLines(service, cluster, width) },
    helpLines(service, cluster, unseen, width),
  ];
  for (const { title, body } of sections)
    if (body.length > 0) pushAll(lines, ['', style.bold(`${title}:`), ...body]);
  return `${lines.join('\n')}\n`;
}

function runningLines(running: Running | undefined, index: number, width: number): string[] {
  const text = running?.ports[index];
  return text === undefined ? [] : factLines('In the dump:', text, width);
}

function facts({ object, spec, selector }: ServicePicture): Fact[] {
  const { metadata } = object.value;
  const { file, range } = locateAcross(object.source.document.file, object.source.node, []);
  const external: Fact[] =
    spec.type === 'ExternalName'
      ? [['External Name:', spec.externalName ?? none]]
      : [
          ['IP:', clusterIPText(spec)],
          ['IPs:', (spec.clusterIPs ?? []).join(',') || clusterIPText(spec)],
        ];
  return [
    ['Name:', object.name],
    ['Namespace:', object.namespace ?? ''],
    ['Labels:', pairsOr(none, metadata?.labels)],
    ['Annotations:', pairsOr(none, metadata?.annotations)],
    ['Selector:', pairsOr(none, selector)],
    ['Type:', spec.type ?? 'ClusterIP'],
    ...(spec.ipFamilyPolicy === undefined
      ? []
      : [['IP Family Policy:', spec.ipFamilyPolicy] as Fact]),
    ['IP Families:', (spec.ipFamilies ?? []).join(',') || none],
    ...external,
    ['Session Affinity:', spec.sessionAffinity ?? 'None'],
    ...localPolicies(spec),
    ...(spec.publishNotReadyAddresses === true
      ? [['Not Ready Pods:', 'published as if they were ready'] as Fact]
      : []),
    ['Manifest:', manifestPlace(file, range[0])],
  ];
}

/**
 * With policy Local a proxy only dials endpoints on its own node; the default, Cluster, goes
 * without saying.
 */
function localPolicies({
  internalTrafficPolicy,
  externalTrafficPolicy,
}: ServicePicture['spec']): Fact[] {
  const local = 'Local: a node without an endpoint of its own refuses';
  return [
    ...(internalTrafficPolicy === 'Local' ? [['Internal Traffic:', local] as Fact] : []),
    ...(externalTrafficPolicy === 'Local' ? [['External Traffic:', local] as Fact] : []),
  ];
}

function portLines(
  service: ServicePicture,
  port: ServicePort,
  endpoints: string,
  width: number,
): string[] {
  return [
    ...factLines('Port:', `${port.name ?? '<unset>'}  ${portText(port, service.spec)}`, width),
    ...(service.automatic
      ? factLines('TargetPort:', `${port.targetPort ?? port.port}/${port.protocol ?? 'TCP'}`, width)
      : []),
    ...factLines('Endpoints:', endpoints, width),
  ];
}

/** Who takes a connection to the port; and when nobody does, that it is refused and why. */
function portEndpoints(
  service: ServicePicture,
  port: ServicePort,
  cluster: Cluster,
  unseen: Unseen,
): string {
  const ready: string[] = [];
  const notReady: string[] = [];
  for (const { ports, members } of service.slices) {
    const number = dialledPort(port, ports);
    if (number !== undefined)
      for (const member of members)
        (member.ready ? ready : notReady).push(`${membersText(member)}:${number}`);
  }
  for (const { ports, endpoints } of service.mirrored) {
    const number = dialledPort(port, ports);
    if (number !== undefined)
      for (const endpoint of endpoints)
        (endpoint.ready ? ready : notReady).push(addressText(endpoint.address.ip, number));
  }
  for (const { value } of service.manualSlices) {
    const number = dialledPort(port, value.ports ?? []);
    if (number === undefined) continue;
    for (const { addresses, conditions } of value.endpoints ?? [])
      for (const address of addresses)
        (conditions?.ready === false ? notReady : ready).push(addressText(address, number));
  }
  if (ready.length > 0)
    return [
      ready.join(', '),
      ...(notReady.length === 0 ? [] : [`not ready: ${notReady.join(', ')}`]),
    ].join('; ');
  const { state, reason } = whyPort(service, port, cluster, unseen);
  const verdict =
    state === 'unknown' || service.headless || service.spec.type === 'ExternalName'
      ? ''
      : 'connections are refused: ';
  return `<${state}>  ${verdict}${reason}`;
}

function portless(service: ServicePicture, cluster: Cluster, unseen: Unseen): string {
  const members = service.slices.flatMap((group) => group.members.filter(({ ready }) => ready));
  if (members.length > 0) return members.map(membersText).join(', ');
  const written = [
    ...service.mirrored.flatMap(({ endpoints }) =>
      endpoints.filter(({ ready }) => ready).map(({ address }) => address.ip),
    ),
    ...service.manualSlices.flatMap(({ value }) =>
      (value.endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false)
        .flatMap(({ addresses }) => addresses),
    ),
  ];
  if (written.length > 0) return written.join(', ');
  const { state, reason } = whyNone(service, cluster, unseen);
  return `<${state}>  ${reason}`;
}

interface Section {
  readonly title: string;
  readonly body: readonly string[];
}

/**
 * One line for each workload that is selected: how many, where its ports lead, and what keeps it
 * out unless a port has `told` already.
 */
function backendLines(
  service: ServicePicture,
  cluster: Cluster,
  told: string,
  width: number,
): Section {
  const rows = service.backends.map((backend) => [
    workloadText(backend.members.set),
    readiness(backend),
    ...service.ports.map((_, index) => portCell(backend, index)),
  ]);
  const header = [
    'WORKLOAD',
    'READY',
    ...service.ports.map((port) => port.name ?? String(port.port)),
  ];
  const widths = header.map((title, column) =>
    largest([title.length, ...rows.map((row) => row[column]?.length ?? 0)]),
  );
  const aligned = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) => padEnd(printable(cell), widths[column] ?? 0));
    return `  ${padded.join('   ')}`.trimEnd();
  };
  const body = service.backends.flatMap((backend, index) => {
    const { count, set } = backend.members;
    const fewer = count > 0 && set.countReason !== undefined ? set.countReason : undefined;
    const reasons = [whyDropped(backend, service, cluster), fewer].filter(
      (reason) => reason !== undefined && !told.includes(reason),
    ) as string[];
    return [
      aligned(rows[index] ?? []),
      ...reasons.flatMap((why) =>
        wrap(printable(why), width - 6).map(
          (line, number) => `${number === 0 ? '    └ ' : '      '}${line}`,
        ),
      ),
    ];
  });
  const possible = service.possible.map(
    (set) => `  ${workloadText(set)}   perhaps: its labels are filled in later`,
  );
  const passing = service.passing.map(
    (set) => `  ${workloadText(set)}   not counted: it runs only for ${set.hook}`,
  );
  return {
    title: 'Backends',
    body: [...(body.length > 0 ? [aligned(header), ...body] : []), ...possible, ...passing],
  };
}

function readiness({ members }: Backend): string {
  const { set, count } = members;
  const total = countText(set, count);
  return `${set.notReady.length === 0 && set.hasAddress ? total : 0}/${total}`;
}

function portCell({ resolved }: Backend, index: number): string {
  if (resolved.unresolved.includes(index)) return none;
  if (resolved.unknown.includes(index)) return '<unknown>';
  const before = [...resolved.unresolved, ...resolved.unknown].filter(
    (other) => other < index,
  ).length;
  return String(resolved.ports[index - before]?.port ?? none);
}

/** A workload may be there and yet lack a port: then that port is silently missing for it. */
function whyDropped(
  backend: Backend,
  service: ServicePicture,
  cluster: Cluster,
): string | undefined {
  const missing = whyMissing(backend, service, cluster);
  if (missing !== undefined || backend.resolved.unresolved.length === 0) return missing;
  return backend.resolved.unresolved
    .map((index) =>
      unresolvedText(service.ports[index], backend.members.set, cluster.options.kubernetesMinor),
    )
    .join('; ');
}

function writtenLines(
  { manualEndpoints, manualSlices, automatic, mirrored }: ServicePicture,
  width: number,
): Section {
  const body: string[] = [];
  if (manualEndpoints !== undefined) {
    const verdict = automatic
      ? 'overwritten, because the Service has a selector'
      : mirrored.length > 0
        ? 'mirrored into EndpointSlices'
        : 'not mirrored into EndpointSlices';
    body.push(
      `Endpoints ${manualEndpoints.name}: ${writtenCell(manualEndpoints.value)} (${verdict})`,
    );
  }
  for (const { name, value } of manualSlices) {
    const addresses =
      (value.endpoints ?? []).flatMap((endpoint) => endpoint.addresses).join(', ') || none;
    const ports =
      (value.ports ?? [])
        .map(({ name: port, port: number = '*', protocol = 'TCP' }) =>
          namedPort(port, number, protocol),
        )
        .join(', ') || '<unset>';
    body.push(
      `EndpointSlice ${name}: ${addresses}, ports ` +
        `${ports}${automatic ? ' (beside the automatic ones)' : ''}`,
    );
  }
  return {
    title: 'Written by hand',
    body: sectionLines(body, width),
  };
}

function helpLines(
  service: ServicePicture,
  cluster: Cluster,
  unseen: Unseen,
  width: number,
): Section {
  const { automatic, backends, selector = {}, object } = service;
  if (!automatic || backends.length > 0 || whyNone(service, cluster, unseen).state === 'unknown')
    return { title: 'Help', body: [] };
  const nearest = nearestWorkload(selector, object, cluster);
  if (nearest === undefined) return { title: 'Help', body: [] };
  const { file, range } = locateAcross(
    nearest.object.source.document.file,
    nearest.object.source.node,
    [],
  );
  const { line } = file.position(range[0]);
  const suggestion = suggestSelector(nearest, selector, object);
  const body = [
    `nearest workload: ${describeObject(nearest.object)} (${file.path}:${line})`,
    ...(suggestion === undefined ? [] : [suggestion]),
  ];
  return {
    title: 'Help',
    body: sectionLines(body, width),
  };
}
