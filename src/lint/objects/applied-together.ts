/** How sure it is that two objects of a unit run side by side. */
import type { ClusterObject } from '../../cluster/objects.ts';
import { baseName, directoryOf } from '../../units/paths.ts';
import { isCollection } from '../../units/stages.ts';
import type { Unit } from '../../units/unit.ts';
import type { Severity } from '../diagnostic.ts';

/**
 * Written into one file, or taken by one kustomization or configured unit: whoever applies one of
 * them applies the other.
 */
export function appliedTogether(a: ClusterObject, b: ClusterObject, unit: Unit): boolean {
  return a.source.document.file === b.source.document.file || unit.deployed;
}

/**
 * So, or in one directory, which is more often applied as a whole (`kubectl apply -f DIRECTORY`)
 * than in part, unless it holds examples.
 */
export function probablyAppliedTogether(a: ClusterObject, b: ClusterObject, unit: Unit): boolean {
  const [one, other] = [a, b].map(({ source }) => directoryOf(source.document.file.path));
  return (
    appliedTogether(a, b, unit) ||
    (one === other && !isCollection(one ?? '') && !areVariantFiles(a, b))
  );
}

/**
 * One application in two forms, of which somebody chooses one: a Deployment and a StatefulSet of
 * one name in files of their own.
 */
export function areAlternatives(a: ClusterObject, b: ClusterObject, unit: Unit): boolean {
  return a.name === b.name && a.kind !== b.kind && !appliedTogether(a, b, unit);
}

/**
 * Of a conflict between two objects: a directory may hold variants of which only one is meant to be
 * applied, and two files may say so by their names.
 */
export function conflictSeverity(a: ClusterObject, b: ClusterObject, unit: Unit): Severity {
  if (appliedTogether(a, b, unit)) return 'error';
  return areVariantFiles(a, b) ? 'info' : 'warning';
}

/** Words that set one variant of a file apart from another. */
const variantWords: ReadonlySet<string> = new Set(
  (
    'aks alb alt alternative aws azure basic custom dev eks example external full gce gcp ' +
    'generic gke gpu ha http https internal kind kong legacy local minikube minimal new ' +
    'nginx old openshift prod production sample secure simple ssl staging test tls traefik v1 v2'
  ).split(' '),
);

/**
 * Whether they stand in such files: `hpa.yaml` and `gpu-hpa.yaml`, `ingress-nginx.yaml` and
 * `ingress-traefik.yaml`.
 */
function areVariantFiles(a: ClusterObject, b: ClusterObject): boolean {
  const first = wordsOf(a.source.document.file.path);
  const second = wordsOf(b.source.document.file.path);
  const differing = [
    ...[...first].filter((word) => !second.has(word)),
    ...[...second].filter((word) => !first.has(word)),
  ];
  return (
    [...first].some((word) => second.has(word)) &&
    differing.length > 0 &&
    differing.every((word) => variantWords.has(word))
  );
}

function wordsOf(path: string): ReadonlySet<string> {
  return new Set(
    baseName(path)
      .replace(/\.ya?ml$/, '')
      .split(/[-_.]/),
  );
}
