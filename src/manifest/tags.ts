/** Scalars with an explicit tag: go-yaml v2 resolve.go, `resolve`. */
import { resolvePlain, type ScalarValue } from './scalars.ts';

const standard = 'tag:yaml.org,2002:';

/**
 * The value of a scalar under a tag, or undefined if the tag forbids it. Tags that YAML does not
 * know leave a string.
 */
export function resolveTagged(tag: string, source: string): ScalarValue | undefined {
  const value = resolvePlain(source);
  switch (tag) {
    case `${standard}null`:
      return value === null ? null : undefined;
    case `${standard}bool`:
      return typeof value === 'boolean' ? value : undefined;
    case `${standard}float`:
      return typeof value === 'number' ? value : undefined;
    case `${standard}int`:
      return typeof value === 'number' &&
        Number.isInteger(value) &&
        !/[.]|^[-+]?[0-9_]+[eE]/.test(source)
        ? value
        : undefined;
    case `${standard}timestamp`:
      return typeof value === 'string' && /^\d{4}-/.test(value) ? value : undefined;
    case `${standard}binary`:
      return decodeBase64(source);
    default:
      return source;
  }
}

function decodeBase64(source: string): string | undefined {
  const digits = source.replace(/[\r\n]/g, '');
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(atob(digits), (char) => char.charCodeAt(0)));
}
