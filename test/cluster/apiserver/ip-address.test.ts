import { describe, expect, test } from 'vitest';
import { contains, parseCIDR, parseIP } from '../../../src/cluster/apiserver/ip-address.ts';
import { endpoints, messages } from './objects.ts';

describe('parseIP', () => {
  test.each([
    ['10.0.0.1', 'IPv4', '10.0.0.1'],
    ['010.000.00.1', 'IPv4', '10.0.0.1'],
    ['::', 'IPv6', '::'],
    ['::1', 'IPv6', '::1'],
    ['2001:DB8::0:1', 'IPv6', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', 'IPv6', '2001:db8::1:0:0:1'],
    ['2001:0:0:1:0:0:0:1', 'IPv6', '2001:0:0:1::1'],
    ['1:2:3:4:5:6:7:8', 'IPv6', '1:2:3:4:5:6:7:8'],
    ['1:0:3:4:5:6:7:8', 'IPv6', '1:0:3:4:5:6:7:8'],
    ['::ffff:1.2.3.4', 'IPv4', '1.2.3.4'],
    ['64:ff9b::192.0.2.33', 'IPv6', '64:ff9b::c000:221'],
  ])('%s', (text, family, canonical) => expect(parseIP(text)).toMatchObject({ family, canonical }));
  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.4 ',
    'a.b.c.d',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::12345',
    '1:2:3:4:5:6:7::8',
    '::1%eth0',
    '[::1]',
  ])('refuses %j', (text) => expect(parseIP(text)).toBeUndefined());
});

describe('parseCIDR', () => {
  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.1/32', '192.0.2.1/32'],
    ['2001:db8::1/33', '2001:db8::/33'],
  ])('%s', (text, canonical) => expect(parseCIDR(text)?.canonical).toBe(canonical));
  test.each(['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/a', '/8'])(
    'refuses %j',
    (text) => expect(parseCIDR(text)).toBeUndefined(),
  );
  test('contains', () => {
    const [net, inside, outside] = ['10.0.0.0/9', '10.127.255.255', '10.128.0.0'];
    const cidr = parseCIDR(net);
    if (cidr === undefined) throw new Error(net);
    expect(contains(cidr, parseIP(inside)?.bytes ?? [], true)).toBe(true);
    expect(contains(cidr, parseIP(outside)?.bytes ?? [], true)).toBe(false);
    expect(contains(cidr, parseIP(inside)?.bytes ?? [], false)).toBe(false);
  });
});

// After TestValidateEndpointIP: what no endpoint may be.
describe('addresses of endpoints', () => {
  test.each([
    '10.0.0.1',
    '8.8.8.8',
    '255.255.255.255',
    '224.0.1.1',
    'fd00::1',
    '2001:db8::1',
    'ff05::1',
  ])('%s is fine', (ip) => expect(messages(endpoints({ addresses: [{ ip }] }))).toEqual([]));
  test.each([
    ['0.0.0.0', 'may not be unspecified (0.0.0.0)'],
    ['::', 'may not be unspecified (::)'],
    ['127.3.4.5', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['::1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['169.254.169.254', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['febf::1', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['224.0.0.255', 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
    ['ff02::1', 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
  ])('%s', (ip, detail) =>
    expect(messages(endpoints({ addresses: [{ ip }] }))).toEqual([
      `subsets[0].addresses[0].ip: Invalid value: "${ip}": ${detail}`,
    ]),
  );
  test('leading zeros were taken before 1.36', () => {
    const value = endpoints({ addresses: [{ ip: '010.0.0.1' }] });
    expect(messages(value)).toEqual([
      'subsets[0].addresses[0].ip: Invalid value: "010.0.0.1": must not have leading 0s',
    ]);
    expect(messages(value, { kubernetesMinor: 35 })).toEqual([]);
  });
});
