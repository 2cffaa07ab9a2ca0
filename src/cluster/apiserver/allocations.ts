/** What Services of one cluster take from each other: node ports and cluster IPs (pkg/registry/core/service/{ipallocator,portallocator}). */
import type { Service } from 'kubernetes-types/core/v1';
import type { MinorVersion } from '../options.ts';
import { FieldErrors } from './field-errors.ts';
import { FieldPath } from './field-path.ts';
import { parseIP } from './ip-address.ts';
import type { Refusal } from './refusal.ts';

const specPath = FieldPath.of('spec');

export class Allocations {
  /** By number alone: two Services cannot share a node port even with different protocols. */
  readonly #nodePorts = new Map<number, string>();
  readonly #clusterIPs = new Map<string, string>();

  /**
   * Takes what a Service asks for by name. `identity` tells it from the others: applied again it keeps what it has. Gives the first refusal, as
   * the allocators do; then nothing is taken. Which addresses the cluster's range holds is not known here.
   */
  take(identity: string, { spec }: Service, minor: MinorVersion): readonly Refusal[] {
    const errors = new FieldErrors(minor);
    const clusterIPs = (
      spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP])
    ).filter((ip) => parseIP(ip) !== undefined);
    const takenIP = clusterIPs.find((ip) => this.#isTaken(this.#clusterIPs, ip, identity));
    if (takenIP !== undefined) {
      const detail = `failed to allocate IP ${takenIP}: provided IP is already allocated`;
      errors.invalid(specPath.child('clusterIPs'), [takenIP], detail, {
        at: specPath.child(spec?.clusterIP === undefined ? 'clusterIPs' : 'clusterIP'),
      });
      return errors.refusals;
    }
    const ports = spec?.ports ?? [];
    const nodePorts = ports
      .map(({ nodePort }) => nodePort)
      .filter((port) => typeof port === 'number' && port !== 0) as number[];
    const index = ports.findIndex(
      ({ nodePort }) =>
        typeof nodePort === 'number' && this.#isTaken(this.#nodePorts, nodePort, identity),
    );
    if (index !== -1) {
      errors.invalid(
        specPath.child('ports').index(index).child('nodePort'),
        ports[index]?.nodePort,
        'provided port is already allocated',
      );
      return errors.refusals;
    }
    for (const ip of clusterIPs) this.#clusterIPs.set(ip, identity);
    for (const port of nodePorts) this.#nodePorts.set(port, identity);
    return [];
  }

  #isTaken<K>(taken: ReadonlyMap<K, string>, key: K, identity: string): boolean {
    return taken.has(key) && taken.get(key) !== identity;
  }
}
