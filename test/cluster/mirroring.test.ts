import { describe, expect, it } from 'vitest';
import { mirrorEndpoints } from '../../src/cluster/controllers/mirroring.ts';

const addresses = (prefix: string, count: number): { ip: string }[] =>
  Array.from({ length: count }, (_, number) => ({
    ip: prefix.includes(':') ? `${prefix}${number + 1}` : `${prefix}${number >> 8}.${number & 255}`,
  }));
const ports = [{ name: 'http', port: 8080 }];

describe('more addresses in a subset than are mirrored', () => {
  const mirrored = (subset: object): unknown =>
    mirrorEndpoints({ subsets: [{ ...subset, ports }] }).map(({ addressType, endpoints }) => ({
      addressType,
      ready: endpoints.filter(({ ready }) => ready).length,
      notReady: endpoints.filter(({ ready }) => !ready).length,
    }));

  // What a control plane did with 1005 addresses: 1000 in the slice and an event for the other 5.
  it('1000 are kept', () => {
    expect(mirrored({ addresses: addresses('198.18.', 1005) })).toEqual([
      { addressType: 'IPv4', ready: 1000, notReady: 0 },
    ]);
  });

  it('ready ones come first', () => {
    const subset = {
      addresses: addresses('198.18.', 990),
      notReadyAddresses: addresses('198.19.', 30),
    };
    expect(mirrored(subset)).toEqual([{ addressType: 'IPv4', ready: 990, notReady: 10 }]);
  });

  it('both families count together', () => {
    const subset = { addresses: [...addresses('198.18.', 990), ...addresses('2001:db8::', 30)] };
    expect(mirrored(subset)).toEqual([
      { addressType: 'IPv4', ready: 990, notReady: 0 },
      { addressType: 'IPv6', ready: 10, notReady: 0 },
    ]);
  });
});
