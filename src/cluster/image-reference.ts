/**
 * Names of images as the kubelet reads them (pkg/util/parsers/parsers.go `ParseImageName`): the
 * grammar of github.com/distribution/reference, regexp.go and normalize.go `ParseNormalizedNamed`.
 */
import { isPlaceholder } from '../manifest/placeholder.ts';

/**
 * `domain/path`: a domain counts for a part of the path unless it has a dot, a port or capitals, or
 * is localhost.
 */
const domainLabel = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const ipv6 = /^\[[a-fA-F0-9:]+\]$/;
const pathComponent = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
/** What go-digest knows, with the length of each in hexadecimal digits. */
const digests: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);
/** reference.go `RepositoryNameTotalLengthMax`. */
const longestPath = 255;

/**
 * Marks that something else is put in the place of before anything is applied: a builder's scheme,
 * a plugin's path, an expression of a pipeline.
 */
const replaced = /^ko:\/\/|<path:|<\+/;
/** `<your-image>`: a mark for people; nothing but people replaces it. */
const mark = /<[^<>]*>/g;

/**
 * Why the kubelet cannot read the name of an image; undefined where it can, where there is none,
 * and where a placeholder stands in it.
 */
export function imageProblem(image: unknown): string | undefined {
  if (typeof image !== 'string' || image === '' || isFilledIn(image)) return undefined;
  return image.includes('<') && isPlaceholder(image)
    ? 'a mark stands where a name must be'
    : referenceProblem(image);
}

/** Whether what stands in angle brackets is the only thing that makes it a placeholder. */
function isFilledIn(image: string): boolean {
  return replaced.test(image) || isPlaceholder(image.replaceAll(mark, 'x'));
}

/** Why a text is not a reference to an image; undefined where it is. */
export function referenceProblem(text: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(text)) return 'a bare digest is not a name';
  const at = text.indexOf('@');
  const tagged = at === -1 ? text : text.slice(0, at);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const name = colon === -1 ? tagged : tagged.slice(0, colon);
  return (
    nameProblem(name) ??
    (colon === -1 ? undefined : tagProblem(tagged.slice(colon + 1))) ??
    (at === -1 ? undefined : digestProblem(text.slice(at + 1)))
  );
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'the name is missing';
  const components = name.split('/');
  const [first = '', ...rest] = components;
  const path = rest.length > 0 && isDomain(first) ? rest : components;
  const wrong = path.find((component) => !pathComponent.test(component));
  if (wrong !== undefined) {
    if (wrong === '') return 'a part of the name between slashes is empty';
    return pathComponent.test(wrong.toLowerCase())
      ? `the repository name must be in lower case, and "${shortened(wrong)}" is not`
      : `"${shortened(wrong)}" is not a name: lower case letters and digits, with single ` +
          '".", "_", "__" or "-" between them';
  }
  return path.join('/').length > longestPath
    ? `the name must not be longer than ${longestPath} characters`
    : undefined;
}

function isDomain(text: string): boolean {
  const looksLikeOne = text === 'localhost' || /[.:]/.test(text) || text !== text.toLowerCase();
  if (!looksLikeOne) return false;
  const port = /:\d+$/.exec(text);
  const host = port === null ? text : text.slice(0, port.index);
  return ipv6.test(host) || host.split('.').every((label) => domainLabel.test(label));
}

function tagProblem(tag: string): string | undefined {
  if (tagPattern.test(tag)) return undefined;
  return tag === ''
    ? 'there is no tag after the colon'
    : `"${shortened(tag)}" is not a tag: at most 128 letters, digits, ".", "_" and "-"`;
}

function digestProblem(digest: string): string | undefined {
  const [algorithm = '', encoded = '', ...more] = digest.split(':');
  const length = digests.get(algorithm);
  if (length === undefined || more.length > 0)
    return (
      `"${shortened(digest)}" is not a digest: sha256, sha384 or sha512, then its ` +
      'hexadecimal digits'
    );
  return encoded.length === length && /^[a-f0-9]+$/.test(encoded)
    ? undefined
    : `a ${algorithm} digest has ${length} hexadecimal digits, and this one is not of that form`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
