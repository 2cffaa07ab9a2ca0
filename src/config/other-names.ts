/** What people write who know other tools, or Kubernetes by its command line. */
import { servedKinds } from '../generated/served-kinds.ts';
import { kindOfShortName, resourceName } from '../kubernetes/resource-names.ts';
import { lazily } from '../memo.ts';
import { getOwn } from '../own.ts';

const keys: Readonly<Record<string, string>> = {
  exclude: 'ignorePaths',
  excludes: 'ignorePaths',
  ignore: 'ignorePaths',
  ignores: 'ignorePaths',
  skip: 'ignorePaths',
  checks: 'rules',
  disable: 'rules',
  select: 'rules',
  preset: 'extends',
  presets: 'extends',
  level: 'failOn',
  severity: 'failOn',
  kubernetes: 'kubernetesVersion',
};

/** The key of kubeplumb.yaml that does what another one does elsewhere. */
export function keyMeant(key: string): string | undefined {
  return getOwn(keys, key);
}

/**
 * The kind as manifests write it, of another word for it: `Service` of `svc`, `services` and
 * `Services`. Undefined where the word is a kind itself, or one that nobody knows.
 */
export function kindMeant(word: string): string | undefined {
  const written = word.toLowerCase();
  const meant = ownKinds().get(written) ?? kindOfShortName(written);
  return meant === word ? undefined : meant;
}

/** Kubernetes' own kinds by their lower-case names, in one and in several. */
const ownKinds = lazily((): ReadonlyMap<string, string> => {
  const kinds = Object.values(servedKinds).flatMap((list) => list.match(/\b[A-Z]\w+/g) ?? []);
  return new Map(
    kinds.flatMap((kind) => [kind.toLowerCase(), resourceName(kind)].map((name) => [name, kind])),
  );
});
