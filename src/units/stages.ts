/**
 * What the steps of a directory tell: whose it is, and which of several environments, clusters,
 * versions or examples it is for. Those are never in one cluster.
 */
import { baseName, directoryOf, joinPath } from './paths.ts';

/** Where something lies, whatever environment it is for, and that environment. */
export interface Staged {
  /** `apps/web` for `apps/web/overlays/prod` and for `apps/prod/web`. */
  readonly place: string;
  /** `prod`; empty where nothing tells one. */
  readonly stage: string;
}

const stageWords: ReadonlySet<string> = new Set(
  (
    'acc acceptance alpha beta blue canary ci dev develop development e2e edge eu ' +
    'green int integration kind live local minikube nonprod preprod prd preview prod production ' +
    'qa sandbox stage staging stg test testing tst uat us'
  ).split(' '),
);

/** The step below one of these is one of several of its kind. */
const collections: ReadonlySet<string> = new Set(
  (
    'archive chapters clusters cluster contrib demo demos docs doc e2e environments envs env ' +
    'example examples exercises fixtures hack labs lab lessons overlays regions releases sample ' +
    'samples scenarios snippets stages templates tenants test testdata tests tutorial tutorials ' +
    'variants versions'
  ).split(' '),
);

/** Whether what lies in a directory is rather several things of one kind than one. */
export function isCollection(directory: string): boolean {
  return collections.has(baseName(directory).toLowerCase());
}

export function liesInCollection(path: string): boolean {
  return directoryOf(path).split('/').some(isCollection);
}

/** Of how the files of one application are laid out. */
const layout: ReadonlySet<string> = new Set(
  (
    'app base config deploy deployment k8s kubernetes kustomize manifests manifest overlays ' +
    'resources yaml envs environments'
  ).split(' '),
);

const version = /^v?\d{1,6}(?:\.\d{1,6}){0,3}$/;
const region = /^[a-z]{2}-[a-z]{4,12}-?\d$/;

export function stagedAs(directory: string): Staged {
  const place: string[] = [];
  const stage: string[] = [];
  let isOneOfMany = false;
  for (const step of directory.split('/')) {
    if (isOneOfMany || isStage(step)) stage.push(step);
    else place.push(step);
    isOneOfMany = collections.has(step.toLowerCase());
  }
  while (place.length > 1 && layout.has(place.at(-1) ?? '')) place.pop();
  return { place: joinPath('.', place.join('/')), stage: stage.join('/') };
}

function isStage(step: string): boolean {
  const lower = step.toLowerCase();
  return (
    version.test(lower) ||
    region.test(lower) ||
    lower.split(/[-_.]/).some((word) => stageWords.has(word))
  );
}

/** Whether two directories are for different environments, clusters, versions or examples. */
export function areApart(a: string, b: string): boolean {
  const [one, other] = [stagedAs(a).stage, stagedAs(b).stage];
  return one !== '' && other !== '' && one !== other;
}
