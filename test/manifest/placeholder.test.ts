import { describe, expect, it } from 'vitest';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

describe('isPlaceholder', () => {
  it.each([
    '{{ .Values.name }}',
    'web-{{ name }}',
    '${APP}',
    '${APP:-web}',
    '$(NAMESPACE)',
    '$APP',
    'web-$ENV',
    '<NAME>',
    '<your-registry>/web',
    '%NAME%',
    '@NAME@',
    '@@NAME@@',
    '__NAME__',
    '((name))',
    '#{name}#',
    'IMAGE_NAME',
    'YOUR_DOMAIN_HERE',
    'PORT',
    'HTTPPORT',
    'NAMESPACE',
    'CHANGEME',
    'CHANGE_ME',
    'TODO',
    'XXX',
  ])('%s is one', (value) => expect(isPlaceholder(value)).toBe(true));

  it.each([
    'web',
    'Web',
    'TCP',
    'HTTP',
    'PROD',
    'None',
    'a$',
    '5$',
    '50%',
    'me@example.com',
    'a_b',
    'a__b',
    'f(x)',
    '#1',
    '',
    'k8s-app',
    'x < y',
    8080,
    null,
    true,
  ])('%s is none', (value) => expect(isPlaceholder(value)).toBe(false));
});
