import { describe, expect, test } from 'vitest';
import * as names from '../../../src/cluster/apiserver/validation/names.ts';

const long = (length: number): string => 'a'.repeat(length);

describe.each<[test: keyof typeof names, good: string[], bad: string[]]>([
  [
    'isDNS1123Label',
    ['a', '0', 'a-1', '9lives', long(63)],
    ['', 'A', '-a', 'a-', 'a.b', 'a_b', long(64), 'ä'],
  ],
  [
    'isDNS1123Subdomain',
    ['a', 'a.b-c.0', `${long(63)}.${long(63)}`],
    ['', 'a..b', '.a', 'a.', 'a.-b', 'A.b', long(254)],
  ],
  ['isDNS1035Label', ['a', 'a-1', long(63)], ['', '1a', 'a-', 'a.b', long(64)]],
  ['isWildcardDNS1123Subdomain', ['*.a', '*.a.b'], ['*', '*a', 'a.*.b', '*.*.a', '*.A']],
  [
    'isValidPortName',
    ['a', 'http', 'a-1', '80a', long(15)],
    ['', '80', 'a--b', '-a', 'a-', 'HTTP', 'a_b', 'a.b', long(16)],
  ],
  [
    'isLabelKey',
    ['a', 'A_b.c-1', 'example.com/a', long(63), `${long(253)}/a`],
    ['', '/a', 'a/', 'a/b/c', 'A.com/a', '-a', 'a b', long(64), `${long(254)}/a`],
  ],
  ['isLabelValue', ['', 'a', 'A_b.c-1', long(63)], ['-', 'a/b', 'a b', '.a', long(64)]],
])('%s', (name, good, bad) => {
  const check = names[name] as (value: string) => readonly string[];
  test.each(good)('takes %j', (value) => expect(check(value)).toEqual([]));
  test.each(bad)('refuses %j', (value) => expect(check(value).length).toBeGreaterThan(0));
});

test('what is wrong is said in full', () => {
  expect(names.isValidPortName('-A--much-too-long')).toEqual([
    'must be no more than 15 characters',
    'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    'must not contain consecutive hyphens',
    'must not begin or end with a hyphen',
  ]);
  expect(names.isDNS1123Label('a.b')).toEqual(['must not contain dots']);
  expect(names.isLabelKey('/')).toEqual([
    'prefix part must be non-empty',
    'name part must be non-empty',
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  ]);
});
