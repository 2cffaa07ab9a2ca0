/** `describe endpoints`: the subsets of one Endpoints object, as kubectl lists them. */
import type { Endpoints } from 'kubernetes-types/core/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { EndpointMembers } from '../cluster/controllers/endpointslice.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { whyNone, whyNoObject } from '../lint/endpoints/why-none.ts';
import type { Unseen } from '../lint/unseen/unseen.ts';
import type { DescribeOptions } from './describe-service.ts';
import { type Fact, factLines } from './facts.ts';
import { none } from './get/row.ts';
import { membersText } from './members.ts';

interface Subset {
  readonly addresses: string;
  readonly notReady: string;
  readonly ports: string;
}

export function describeEndpoints(
  service: ServicePicture,
  cluster: Cluster,
  unseen: Unseen,
  { width }: DescribeOptions,
): string {
  const { object, endpoints, manualEndpoints } = service;
  const subsets =
    endpoints !== undefined
      ? endpoints.subsets.map(({ addresses, notReadyAddresses, ports }) => ({
          addresses: membersOf(addresses),
          notReady: membersOf(notReadyAddresses),
          ports: portsOf(ports),
        }))
      : written(manualEndpoints?.value);
  const facts: Fact[] = [
    ['Name:', object.name],
    ['Namespace:', object.namespace ?? ''],
    ...subsets.flatMap(({ addresses, notReady, ports }): Fact[] => [
      ['Addresses:', addresses],
      ['Not Ready:', notReady],
      ['Ports:', ports],
    ]),
  ];
  if (subsets.length === 0)
    facts.push([
      'Subsets:',
      endpoints === undefined
        ? `${none}  there is no Endpoints object: ${whyNoObject(service)}`
        : `${none}  ${whyNone(service, cluster, unseen).reason}`,
    ]);
  if (endpoints?.truncated === true)
    facts.push([
      'Truncated:',
      'Endpoints hold 1000 addresses at most; EndpointSlices have them all',
    ]);
  return `${facts.flatMap(([label, value]) => factLines(label, value, width)).join('\n')}\n`;
}

function membersOf(members: readonly EndpointMembers[]): string {
  return members.map(membersText).join(', ') || none;
}

interface Port {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
}

function portsOf(ports: readonly Port[]): string {
  const texts = ports.map(
    ({ name, port, protocol }) =>
      `${name === undefined || name === '' ? '<unset>' : name} ${port}/${protocol ?? 'TCP'}`,
  );
  return texts.join(', ') || none;
}

function written(endpoints: Endpoints | undefined): Subset[] {
  return (endpoints?.subsets ?? []).map(({ addresses, notReadyAddresses, ports = [] }) => ({
    addresses: (addresses ?? []).map(({ ip }) => ip).join(', ') || none,
    notReady: (notReadyAddresses ?? []).map(({ ip }) => ip).join(', ') || none,
    ports: portsOf(ports),
  }));
}
