import { describe, expect, it } from 'vitest';
import { imageProblem, referenceProblem } from '../../src/cluster/image-reference.ts';

const sha256 = 'f'.repeat(64);

// Names from the tables of distribution/reference (reference_test.go, normalize_test.go) and from
// manifests.
describe('references to images', () => {
  it.each([
    'nginx',
    'nginx:1.27',
    'library/nginx:Tag_1.2-RC',
    'test.com/foo:tag',
    'test:5000/repo:tag',
    `test:5000/repo@sha256:${sha256}`,
    `test:5000/repo:tag@sha256:${sha256}`,
    'Docker.example/shop/web',
    'REGISTRY/shop',
    'localhost/shop',
    'localhost:5000/shop',
    '[2001:db8::1]:5000/shop/web',
    '192.0.2.7:80/web',
    'a__b/c--d/e.f_g',
    'foo_bar.com/x',
    'foo/foo_bar.com:8080',
    `registry.example.com/${'a/'.repeat(100)}b`,
    `web@sha512:${'a'.repeat(128)}`,
  ])('%s', (name) => {
    expect(referenceProblem(name)).toBeUndefined();
  });

  it.each([
    ['', 'the name is missing'],
    [':1.4', 'the name is missing'],
    ['@sha256:abc', 'the name is missing'],
    ['Uppercase:tag', 'lower case'],
    ['test:5000/Uppercase/lowercase:tag', 'lower case'],
    ['nginx:', 'no tag'],
    ['nginx:1.4:2', 'is not a tag'],
    ['nginx:-1', 'is not a tag'],
    [`nginx:${'a'.repeat(129)}`, 'is not a tag'],
    ['https://github.com/docker/docker', 'is not a name'],
    ['docker///docker', 'is empty'],
    ['/shop/web', 'is empty'],
    ['shop/web/', 'is empty'],
    ['-foo/bar', 'is not a name'],
    ['foo/bar-', 'is not a name'],
    ['a___b', 'is not a name'],
    ['a..b/c', 'is not a name'],
    ['a^a/a^a', 'is not a name'],
    ['[fe80::1%eth0]:5000/web', 'is not a name'],
    ['repo@sha256:ffff', '64 hexadecimal digits'],
    [`repo@sha256:${'F'.repeat(64)}`, '64 hexadecimal digits'],
    ['validname@invaliddigest:ffff', 'is not a digest'],
    [sha256, 'a bare digest'],
    [`registry.example.com/${'a/'.repeat(128)}a`, 'longer than 255'],
    ['web 1.4', 'is not a name'],
  ])('%s is none: %s', (name, problem) => {
    expect(referenceProblem(name)).toContain(problem);
  });

  it('what is filled in later is left open', () => {
    for (const image of ['${IMAGE}', '{{ .Values.image }}:1', 'IMAGE_NAME', 'ko://Example/web'])
      expect(imageProblem(image), image).toBeUndefined();
  });

  it('a mark for people is not', () => {
    expect(imageProblem('<your-app-image>')).toBe('a mark stands where a name must be');
    expect(imageProblem('registry.example.com/<team>/web:1')).toBeDefined();
    expect(imageProblem('<registry>/${NAME}')).toBeUndefined();
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    for (const part of ['a-', 'a_', ':', '@', '/', '<', 'A', '<>', 'a.'])
      imageProblem(part.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
