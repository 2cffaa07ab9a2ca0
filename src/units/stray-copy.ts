/** A file that was copied for another application and still holds the workload of the first one. */
import { isWorkloadKind } from '../kubernetes/kinds.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { coreOf, shareWord } from '../text/kind-words.ts';
import { baseName } from './paths.ts';
import { identity } from './references.ts';

/**
 * Whether the only two files of a directory that have a workload in common are no alternatives: one
 * of them holds nothing else, has nothing of its name in its own, and is called as another
 * object of the directory is (`users.yaml` with the Deployment of `orders.yaml`).
 */
export function areStrayCopy(
  conflicting: ReadonlySet<Manifest>,
  manifests: readonly Manifest[],
): boolean {
  const [first, second, ...others] = conflicting;
  if (first === undefined || second === undefined || others.length > 0) return false;
  return isCopyOf(first, second, manifests) || isCopyOf(second, first, manifests);
}

function isCopyOf(copy: Manifest, other: Manifest, manifests: readonly Manifest[]): boolean {
  const [object, ...more] = copy.objects;
  if (object === undefined || more.length > 0 || !isWorkloadKind(object.kind)) return false;
  const [own, others] = [nameOf(copy), nameOf(other)];
  return (
    other.objects.some((one) => identity(one) === identity(object)) &&
    shareWord(others, object.name) &&
    !shareWord(own, coreOf(object.name)) &&
    manifests.some(
      (manifest) => manifest !== copy && manifest.objects.some(({ name }) => coreOf(name) === own),
    )
  );
}

/** What a file is called for: `users-api` of `deployment-users-api.yml`. */
function nameOf({ file }: Manifest): string {
  return coreOf(baseName(file.path).replace(/\.(?:ya?ml|json)$/, ''));
}
