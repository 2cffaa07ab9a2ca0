/** Which paths of a repository Flux and Argo CD are told to read. */
import { cleanPath, deliveriesOf, type Delivery, isDeliverer, repositoryOf } from './deliveries.ts';
import { groupOf } from './group-version.ts';
import { asList, asText, fieldAt, type Json, type Path } from './json.ts';

/** From the root of its repository, as `Delivery`. */
export type RepositoryPath = Pick<Delivery, 'path' | 'at' | 'repository' | 'detects'>;

interface Reader {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly value: unknown;
}

const readers = new Set([
  'helm.toolkit.fluxcd.io/HelmRelease',
  'image.toolkit.fluxcd.io/ImageUpdateAutomation',
]);

export function readsRepository(object: Reader): boolean {
  return isDeliverer(object) || readers.has(`${groupOf(object.apiVersion)}/${object.kind}`);
}

/** Those that the object itself writes out, of repositories that hold files as they are. */
export function repositoryPathsOf(object: Reader): RepositoryPath[] {
  const spec = fieldAt(object.value as Json, 'spec');
  switch (`${groupOf(object.apiVersion)}/${object.kind}`) {
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return fluxPaths(object, spec, ['chart', 'spec'], ['chart']);
    case 'image.toolkit.fluxcd.io/ImageUpdateAutomation':
      return fluxPaths(object, spec, [], ['update', 'path']);
    case 'kustomize.toolkit.fluxcd.io/Kustomization':
      return fluxPaths(object, spec, [], ['path']);
    case 'argoproj.io/Application':
      return [...deliveriesOf(object), ...valueFiles(spec)];
    default:
      return [
        ...deliveriesOf(object, (pattern) => (/[*?[{]/.test(pattern) ? [] : [pattern])),
        ...generatorPaths(spec),
      ];
  }
}

/** Where the generators of an ApplicationSet look, as far as no pattern begins. */
function generatorPaths(spec: Json | undefined): RepositoryPath[] {
  const generators = asList(fieldAt(spec, 'generators'));
  return generators.flatMap((generator, index) =>
    ['directories', 'files'].flatMap((field) =>
      asList(fieldAt(generator, 'git', field)).flatMap((one, place) => {
        const text = asText(fieldAt(one, 'path'))?.replace(/(?:^|\/)[^/]{0,200}[*?[{].*$/s, '');
        const path = cleanPath(text);
        if (path === undefined || fieldAt(one, 'exclude') === true) return [];
        const at = ['spec', 'generators', index, 'git', field, place, 'path'];
        const repository = repositoryOf(fieldAt(generator, 'git'));
        return [{ path, at, repository }];
      }),
    ),
  );
}

/** Artifacts of other sources are made of a repository, and may be laid out otherwise. */
function fluxPaths(
  { namespace = '' }: Reader,
  spec: Json | undefined,
  holder: Path,
  field: Path,
): RepositoryPath[] {
  const source = (name: string) => asText(fieldAt(spec, ...holder, 'sourceRef', name));
  const path = cleanPath(asText(fieldAt(spec, ...holder, ...field)));
  if (path === undefined || source('kind') !== 'GitRepository') return [];
  const repository = ['GitRepository', source('namespace') ?? namespace, source('name')].join('/');
  return [{ path, at: ['spec', ...holder, ...field], repository }];
}

/** `$values/prod/web.yaml` of the source that is called `values`. */
function valueFiles(spec: Json | undefined): RepositoryPath[] {
  const sources = asList(fieldAt(spec, 'sources'));
  return sources.flatMap((source, index) => {
    if (fieldAt(source, 'helm', 'ignoreMissingValueFiles') === true) return [];
    return asList(fieldAt(source, 'helm', 'valueFiles')).flatMap((file, place) => {
      const [, name, written] = /^\$([\w-]+)\/(.+)$/.exec(asText(file) ?? '') ?? [];
      const other = sources.find((one) => asText(fieldAt(one, 'ref')) === name);
      const path = cleanPath(written);
      if (name === undefined || other === undefined || path === undefined) return [];
      const at = ['spec', 'sources', index, 'helm', 'valueFiles', place];
      return [{ path, at, repository: repositoryOf(other) }];
    });
  });
}
