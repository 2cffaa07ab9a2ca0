/** The pictures that `get` and `describe` show: what `kubectl apply -f` of the inputs would give. */
import type { Cluster } from '../cluster/cluster.ts';
import { type ClusterObject, ObjectIndex } from '../cluster/objects.ts';
import { PodIndex } from '../cluster/pods.ts';
import { pushAll } from '../lists.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { type Picture, pictures, type Project } from '../project/project.ts';
import { quoted } from '../report/summary.ts';
import { counted } from '../report/text.ts';
import { findKustomizations, type Kustomization } from '../units/kustomization.ts';
import { patchFiles, rootsOf } from '../units/kustomize.ts';
import type { ReadProject } from './inputs.ts';

/** What is shown of a project. */
export function shownPictures(project: Project): Picture[] {
  return pictures(project).map((picture) => ({
    ...picture,
    cluster: ownPart(picture.cluster, project.assumed),
  }));
}

/** What is only assumed to be there counts, but is not shown. */
function ownPart(cluster: Cluster, assumed: readonly ManifestObject[]): Cluster {
  if (assumed.length === 0) return cluster;
  const files = new Set(assumed.map(({ document: { file } }) => file));
  const isOwn = ({ source }: ClusterObject): boolean => !files.has(source.document.file);
  return {
    ...cluster,
    services: cluster.services.filter(({ object }) => isOwn(object)),
    unattachedEndpoints: cluster.unattachedEndpoints.filter(isOwn),
    unattachedSlices: cluster.unattachedSlices.filter(isOwn),
  };
}

/**
 * The same for what is only shown when it is asked for: the other views need all pods and objects to explain what is missing.
 * @param kind what is asked for
 */
export function ownPictures(
  shown: readonly Picture[],
  kind: string,
  assumed: readonly ManifestObject[],
): readonly Picture[] {
  if (assumed.length === 0) return shown;
  const files = new Set(assumed.map(({ document: { file } }) => file));
  const isOwn = ({ source }: ClusterObject): boolean => !files.has(source.document.file);
  const ownOf = (cluster: Cluster): Partial<Cluster> =>
    kind === 'Pod'
      ? { pods: new PodIndex(cluster.pods.all.filter(({ workload }) => isOwn(workload))) }
      : { objects: new ObjectIndex(cluster.objects.all.filter(isOwn)) };
  return shown.map((picture) => ({
    ...picture,
    cluster: { ...picture.cluster, ...ownOf(picture.cluster) },
  }));
}

/** What is missing from the pictures, and why. */
export function notes(read: ReadProject, shown: readonly Picture[], again: string): string[] {
  const { manifests, inputs } = read;
  const lines: string[] = [];
  const kustomizations = findKustomizations(manifests);
  pushAll(lines, kustomizationNote(rootsOf(kustomizations), again));
  const patches = patchFiles(kustomizations);
  const nothing = shown.every(
    ({ cluster }) => cluster.services.length === 0 && cluster.pods.all.length === 0,
  );
  for (const { path, files, only } of inputs.below) {
    if (only || nothing)
      lines.push(
        `${only ? `${path} holds no manifest itself, but` : 'there may be more:'} ${counted(files, 'file')} below ${only ? 'it' : path}: ${again} -R ${quoted(path)}`,
      );
  }
  for (const chart of inputs.charts)
    lines.push(
      `${chart} is a Helm chart, which must be rendered first: helm template ${quoted(chart)} | ${again} -`,
    );
  for (const { path, message, explicit } of inputs.problems)
    if (!explicit) lines.push(`${path} ${message}`);
  for (const { file, documents, objects } of manifests) {
    const broken = documents.find(
      ({ state, problem }) => state === 'broken' && problem !== undefined,
    );
    if (broken?.problem !== undefined) {
      const { line, column } = file.position(broken.problem.range[0]);
      const lost = objects.filter(({ afterBroken }) => afterBroken).length;
      lines.push(
        `${file.path}:${line}:${column}: ${broken.problem.message}${lost === 0 ? '' : `; kubectl stops reading there, so ${counted(lost, 'object')} behind it ${lost === 1 ? 'is' : 'are'} left out`}`,
      );
    }
  }
  const templates = manifests
    .flatMap(({ documents }) => documents)
    .filter(({ state }) => state === 'template').length;
  if (templates > 0) lines.push(`${counted(templates, 'template')} not rendered`);
  const assumed = new Set(read.assumed.map(({ document: { file } }) => file));
  const refused = shown
    .flatMap(({ cluster }) => cluster.objects.refused)
    .filter(
      ({ source: { document } }) => !assumed.has(document.file) && !patches.has(document.file.path),
    );
  const [first] = refused;
  if (first !== undefined) {
    const more = refused.length > 1 ? ` and ${counted(refused.length - 1, 'more object')}` : '';
    lines.push(
      `the API server would refuse ${describeObject(first)} (${first.refusals[0]?.message ?? ''})${more}; kubeplumb lint lists ${refused.length > 1 ? 'them' : 'it'}`,
    );
  }
  return lines;
}

/** kubectl reads the files of a kustomization one by one, and leaves the file that says what becomes of them out. */
function kustomizationNote(roots: readonly Kustomization[], again: string): string[] {
  const depth = (path: string): number => (path === '.' ? 0 : path.split('/').length);
  const [first, ...others] = roots
    .map(({ directory }) => directory)
    .sort((a, b) => depth(a) - depth(b));
  if (first === undefined) return [];
  const subject =
    others.length === 0
      ? `${first} is a kustomization`
      : `${first} and ${others.length} more are kustomizations`;
  return [`${subject}, which kubectl apply -f would not build: ${again} -k ${quoted(first)}`];
}
