/**
 * What Flux and Argo CD are told to bring into a cluster: which directory of which repository, and
 * into which namespace.
 */
import { getOwn } from '../own.ts';
import { groupOf } from './group-version.ts';
import { asJsonObject, asList, asText, fieldAt, type Json, type Path } from './json.ts';

export interface Delivery {
  /** From the root of its repository, without `./` and `/` around it; not empty. */
  readonly path: string;
  /** In the object that says it. */
  readonly at: Path;
  /** Equal for paths of one repository, at one revision as far as that is told. */
  readonly repository: string;
  /** Which cluster it is for, empty for the one that holds the object. */
  readonly cluster: string;
  /** Directories below the path as well; Flux stops where it meets a kustomization. */
  readonly recursive: boolean;
  readonly namespace?: string;
  /** The namespace is for objects that write one as well. */
  readonly overrides?: true;
  /** Where the directory has a file of that name, it is a kustomization for Argo CD. */
  readonly detects?: true;
}

interface Deliverer {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly value: unknown;
}

const delivering: ReadonlySet<string> = new Set([
  'kustomize.toolkit.fluxcd.io/Kustomization',
  'argoproj.io/Application',
  'argoproj.io/ApplicationSet',
]);

export function isDeliverer({ apiVersion, kind }: Deliverer): boolean {
  return delivering.has(`${groupOf(apiVersion)}/${kind}`);
}

/** @param directories those that an ApplicationSet's patterns may mean */
export function deliveriesOf(
  object: Deliverer,
  directories: (pattern: string) => readonly string[] = () => [],
): Delivery[] {
  const spec = fieldAt(object.value as Json, 'spec');
  switch (`${groupOf(object.apiVersion)}/${object.kind}`) {
    case 'kustomize.toolkit.fluxcd.io/Kustomization':
      return fluxDelivery(spec, object.namespace);
    case 'argoproj.io/Application':
      return argoDeliveries(spec, ['spec'], {});
    case 'argoproj.io/ApplicationSet':
      return parametersOf(spec, directories).flatMap((parameters) =>
        argoDeliveries(fieldAt(spec, 'template', 'spec'), ['spec', 'template', 'spec'], parameters),
      );
    default:
      return [];
  }
}

function fluxDelivery(spec: Json | undefined, namespace = ''): Delivery[] {
  const path = cleanPath(asText(fieldAt(spec, 'path')));
  if (path === undefined) return [];
  const source = ['kind', 'namespace', 'name'].map(
    (field) => asText(fieldAt(spec, 'sourceRef', field)) ?? (field === 'namespace' && namespace),
  );
  const target = asText(fieldAt(spec, 'targetNamespace'));
  return [
    {
      path,
      at: ['spec', 'path'],
      repository: source.join('/'),
      cluster: asText(fieldAt(spec, 'kubeConfig', 'secretRef', 'name')) ?? '',
      recursive: true,
      ...(target !== undefined && { namespace: target, overrides: true }),
    },
  ];
}

type Parameters = Readonly<Record<string, string>>;

const ownCluster = new Set(['in-cluster', 'https://kubernetes.default.svc']);

function argoDeliveries(spec: Json | undefined, at: Path, parameters: Parameters): Delivery[] {
  const text = (...path: Path): string | undefined =>
    filled(asText(fieldAt(spec, ...path)), parameters);
  const destination = text('destination', 'server') ?? text('destination', 'name') ?? '';
  const namespace = text('destination', 'namespace');
  const sources: Path[] = [
    ...(asJsonObject(fieldAt(spec, 'source')) === undefined ? [] : [['source']]),
    ...asList(fieldAt(spec, 'sources')).map((_, index): Path => ['sources', index]),
  ];
  return sources.flatMap((source): Delivery[] => {
    const path = cleanPath(text(...source, 'path'));
    if (path === undefined || text(...source, 'repoURL') === undefined) return [];
    return [
      {
        path,
        at: [...at, ...source, 'path'],
        repository: repositoryOf(fieldAt(spec, ...source)),
        cluster: ownCluster.has(destination) ? '' : destination,
        recursive: fieldAt(spec, ...source, 'directory', 'recurse') === true,
        ...(namespace !== undefined && namespace !== '' && { namespace }),
        ...(isDetected(fieldAt(spec, ...source)) && { detects: true }),
      },
    ];
  });
}

/**
 * Whether the files of a source decide what it is; another tool than kustomize may be asked for.
 *
 * @source argoproj/argo-cd reposerver/repository/repository.go `GetAppSourceType` @v2.14.0
 * @source argoproj/argo-cd util/app/discovery/discovery.go `AppType` @v2.14.0
 */
function isDetected(source: Json | undefined): boolean {
  return ['helm', 'directory', 'plugin'].every((tool) => fieldAt(source, tool) === undefined);
}

/** What the generators of an ApplicationSet fill in, as far as its own text tells. */
function parametersOf(
  spec: Json | undefined,
  directories: (pattern: string) => readonly string[],
): Parameters[] {
  return asList(fieldAt(spec, 'generators')).flatMap((generator): Parameters[] => {
    const elements = asList(fieldAt(generator, 'list', 'elements')).map(textsOf);
    const patterns = asList(fieldAt(generator, 'git', 'directories'));
    const isLeft = (directory: string): boolean =>
      patterns.some(
        (one) =>
          fieldAt(one, 'exclude') === true &&
          directories(asText(fieldAt(one, 'path')) ?? '').includes(directory),
      );
    const found = patterns
      .filter((one) => fieldAt(one, 'exclude') !== true)
      .flatMap((one) => directories(cleanPath(asText(fieldAt(one, 'path'))) ?? ''))
      .filter((directory) => !isLeft(directory));
    return [...elements, ...found.map(pathParameters)];
  });
}

function textsOf(element: Json): Parameters {
  const entries = Object.entries(asJsonObject(element) ?? {});
  return Object.fromEntries(entries.flatMap(([key, value]) => texts(key, asText(value))));
}

const texts = (key: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[key, value]];

/** By the names of plain and of Go templates (Argo CD, Generators-Git). */
function pathParameters(directory: string): Parameters {
  const base = directory.slice(directory.lastIndexOf('/') + 1);
  return {
    path: directory,
    'path.path': directory,
    'path.basename': base,
    'path.basenameNormalized': base,
  };
}

/** Undefined where something is filled in that is not known. */
function filled(text: string | undefined, parameters: Parameters): string | undefined {
  const whole = text?.replace(
    /\{\{ {0,9}\.?([\w.]{1,100}) {0,9}\}\}/g,
    (written: string, name: string) => getOwn(parameters, name) ?? written,
  );
  return whole?.includes('{{') === true ? undefined : whole;
}

/** Equal for sources of one repository at one revision. */
export function repositoryOf(source: Json | undefined): string {
  const revision =
    asText(fieldAt(source, 'targetRevision')) ?? asText(fieldAt(source, 'revision')) ?? '';
  const url = asText(fieldAt(source, 'repoURL')) ?? '';
  return `${url.replace(/\.git$/, '')}@${/^(?:HEAD|main|master)?$/.test(revision) ? '' : revision}`;
}

/** Undefined for the whole repository, and for what is filled in elsewhere. */
export function cleanPath(path: string | undefined): string | undefined {
  if (path === undefined || /[$<{]/.test(path)) return undefined;
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  return steps.length === 0 || steps.includes('..') ? undefined : steps.join('/');
}
