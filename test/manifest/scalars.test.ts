import { describe, expect, it } from 'vitest';
import { resolveKey, resolvePlain } from '../../src/manifest/scalars.ts';
import { resolveTagged } from '../../src/manifest/tags.ts';

/** All of it as sigs.k8s.io/yaml 1.6.0 answers. */
const values: [what: string, texts: string[], value: unknown][] = [
  ['true', ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'], true],
  ['false', ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'], false],
  ['null', ['', '~', 'null', 'Null', 'NULL'], null],
  ['infinity', ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], Infinity],
  ['minus infinity', ['-.inf', '-.Inf', '-.INF'], -Infinity],
  ['not a number', ['.nan', '.NaN', '.NAN'], NaN],
  ['decimal integers', ['42', '+42', '4_2', '4__2'], 42],
  ['a negative integer', ['-42'], -42],
  ['zero', ['0', '00', '0x0', '0b0', '0o0', '+0'], 0],
  ['octal by a leading zero', ['0777', '0o777', '0O777', '07_77'], 511],
  ['hexadecimal', ['0x1F', '0X1f', '0x_1f'], 31],
  ['binary', ['0b101', '+0b101'], 5],
  ['negative with a prefix', ['-0x1f', '-037', '-0b11111', '-0o37'], -31],
  ['no octal digits: a float', ['08', '8.0', '8.', '0_8', '8e0'], 8],
  ['floats', ['1000.0', '1e3', '1E3', '1e+3', '10e2'], 1000],
  ['floats without an integer part', ['.5', '0.5', '5e-1', '+.5', '.5e0'], 0.5],
  ['more than 64 bits, decimal', ['18446744073709551616'], 18446744073709552000],
  [
    'the largest unsigned integer',
    ['18446744073709551615', '0xffffffffffffffff'],
    18446744073709552000,
  ],
  [
    'octal digits beyond 64 bits: a float',
    ['07777777777777777777777777'],
    Number('7777777777777777777777777'),
  ],
];
const strings = [
  ...['yEs', 'tRue', 'nULL', 'Y ', 'none', 'nan', 'inf', '.Nan', '+.iNF', 'On-call', 'N/A'],
  ...[
    '1:30',
    '190:20:30',
    '1.2.3',
    '1e',
    'e3',
    '1e400',
    '.5e999',
    '0x',
    '0xg',
    '0b2',
    '0o8',
    '_1',
    '-',
    '+',
    '--1',
    '+-1',
    '1-',
    '1,000',
    '½',
  ],
  ...[
    '2001-12-14',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43',
    '10.0.0.0/8',
    '-0x8000000000000001',
    '+0xffffffffffffffff',
    '.',
    '..',
    '1_000k',
  ],
];

describe('what a plain scalar means', () => {
  for (const [what, texts, value] of values)
    for (const text of texts) it(`${what}: ${text}`, () => expect(resolvePlain(text)).toBe(value));
  for (const text of strings) it(`a string: ${text}`, () => expect(resolvePlain(text)).toBe(text));
  it('a negative zero is an integer without a point, a float with one', () => {
    expect(Object.is(resolvePlain('-0.0'), -0)).toBe(true);
    expect(JSON.stringify(resolvePlain('-0'))).toBe('0');
  });
});

describe('what a plain scalar is as a key', () => {
  const keys: [text: string, key: string | undefined][] = [
    ['app', 'app'],
    ['on', 'true'],
    ['N', 'false'],
    ['1', '1'],
    ['0x10', '16'],
    ['0777', '511'],
    ['-0', '0'],
    ['-0.0', '-0'],
    ['1.0', '1'],
    ['1.50', '1.5'],
    ['08', '8'],
    ['1000000', '1000000'],
    ['100000.0', '100000'],
    ['1e6', '1e+06'],
    ['1e20', '1e+20'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['123456789.5', '1.2345679e+08'],
    ['16777217.0', '1.6777216e+07'],
    ['1e39', '.inf'],
    ['-.inf', '-.inf'],
    ['.nan', '.nan'],
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567890123', '1.2345679e+22'],
    ['2001-12-14', '2001-12-14'],
    ['1:30', '1:30'],
    ['~', undefined],
    ['null', undefined],
    ['', undefined],
    ['18446744073709551615', undefined],
    ['0xffffffffffffffff', undefined],
    ['9223372036854775807', '9223372036854775807'],
    ['-0x8000000000000000', '-9223372036854775808'],
  ];
  for (const [text, key] of keys)
    it(`${text} is ${key === undefined ? 'no key' : JSON.stringify(key)}`, () =>
      expect(resolveKey(text)).toBe(key));
});

describe('what a tag makes of a scalar', () => {
  const yaml = 'tag:yaml.org,2002:';
  const cases: [tag: string, text: string, value: unknown][] = [
    [`${yaml}str`, '5', '5'],
    [`${yaml}str`, '', ''],
    [`${yaml}int`, '0x10', 16],
    [`${yaml}int`, 'x', undefined],
    [`${yaml}int`, '1.0', undefined],
    [`${yaml}int`, '1e3', undefined],
    [`${yaml}float`, '5', 5],
    [`${yaml}bool`, 'y', true],
    [`${yaml}bool`, '1', undefined],
    [`${yaml}null`, '~', null],
    [`${yaml}null`, 'x', undefined],
    [`${yaml}binary`, 'w6k=', 'é'],
    [`${yaml}binary`, 'w6k', undefined],
    [`${yaml}timestamp`, '2001-12-14', '2001-12-14'],
    [`${yaml}timestamp`, 'soon', undefined],
    ['!Ref', '5', '5'],
    ['!', '5', '5'],
  ];
  for (const [tag, text, value] of cases)
    it(`${tag.replace(yaml, '!!')} ${text} is ${JSON.stringify(value)}`, () =>
      expect(resolveTagged(tag, text)).toBe(value));
});
