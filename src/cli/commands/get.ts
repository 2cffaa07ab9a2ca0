/** What `kubectl get` would show. */
import { takenAway } from '../../cluster/scenario.ts';
import { whyNoObject } from '../../lint/endpoints/why-none.ts';
import { namespaceOf } from '../../lint/references/reference.ts';
import { pushAll } from '../../lists.ts';
import type { Picture } from '../../project/project.ts';
import {
  isAll,
  predictedNames,
  type Resource,
  resourcesNamed,
  tabledNames,
  type Type,
} from '../../report/get/resources.ts';
import { firstFew } from '../../text/enumerate.ts';
import { openApplied } from '../applied.ts';
import { ownPictures } from '../clusters.ts';
import type { Command } from '../command.ts';
import type { CommandLine } from '../flags.ts';
import { type Asked, type Choice, isShownName, namespacesOf, whereabouts } from '../get/items.ts';
import { objectsText, tables } from '../get/print.ts';
import {
  formatOf,
  formats,
  type GetRequest,
  getRequest,
  labelFilter,
  sortPath,
} from '../get/request.ts';
import { failed, inputFlags, problemLines, type ReadProject, tellsNotes } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { didYouMeanPath } from '../nearby-path.ts';
import { noteLines } from '../note.ts';
import { holdNothing, notes } from '../picture-notes.ts';
import { presentTypes } from '../present-types.ts';
import { clusterFlags, withoutNames } from '../settings.ts';
import { isPath } from '../typed-name.ts';
import {
  didYouMean,
  didYouMeanKind,
  inFilesRead,
  inNamespaces,
  namesLike,
  UsageError,
} from '../usage-error.ts';

export const get: Command = {
  name: 'get',
  summary: 'show endpoints, endpointslices, services, pods and all else as a cluster would have it',
  usage: ['get KIND[,KIND] [NAME…] [PATH…] [flags]', 'get KIND/NAME… [PATH…] [flags]'],
  flags: [
    ...inputFlags,
    'recursive',
    'output',
    'namespace',
    'all-namespaces',
    'selector',
    'show-labels',
    'sort-by',
    'no-headers',
    'replicas',
    'without',
    'during',
    'unit',
    ...clusterFlags.filter((flag) => flag !== 'namespace'),
    'watch',
    'allow-empty',
    'quiet',
  ],
  formats,
  words: [...new Set([...predictedNames, 'all', ...tabledNames])],
  flagHelp: { namespace: 'the namespace of objects that name none; only that one is shown' },
  notes:
    'KIND is endpoints (ep), endpointslices (eps), services (svc), pods (po), all, or any ' +
    'kind that is in the manifests: deploy, ing, netpol, hpa, … An argument that exists as a ' +
    'file, is a pattern or - is input, any other is a name; with -f, -k or --helm, and before ' +
    '".", a bare word is one too (web/ is the directory). Without any input all below the ' +
    'working directory is read. Like kubectl, get reads a directory that is named without ' +
    'what is below it, unless -R is given; a kustomization is built.\n' +
    'Text shows pods by workload: web×3:8080 are three pods of web. JSON and YAML are API ' +
    'objects with stand-ins for what only a cluster gives out: pods named web-predicted-1, ' +
    'addresses from 198.18.0.0/15, the annotation kubeplumb/predicted.',
  examples: [
    ['kubeplumb get endpoints -f k8s/', 'who is behind each Service'],
    ['kubeplumb get ep web -f k8s/ -o yaml', 'the Endpoints object of one'],
    ['kubeplumb get svc,ep overlays/prod', 'of a kustomization'],
    ['kubeplumb get ep -f k8s/ --during rollout', 'who is left while everything is replaced'],
    ['kubeplumb get ep -f k8s/ --without db-0 --replicas min', 'what if'],
    ['helm template charts/web | kubeplumb get svc -', 'of a rendered chart'],
    [
      'kubeplumb get pods -R k8s/ -l app=web -o wide',
      'what pods there would be, with their labels',
    ],
    ["kubeplumb get ep -R k8s/ -o jsonpath='{.items[*].metadata.name}'", 'for a script'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const request = getRequest(line, io.cwd);
  const format = formatOf(line.value('output'));
  const choice: Choice = {
    namespace: line.has('all-namespaces') ? undefined : line.value('namespace'),
    labels: labelFilter(line),
    sortBy: sortPath(line),
  };
  const words = [...request.kinds, ...request.pairs.map(({ kind }) => kind)];
  const applied = await openApplied('get', request.paths, line, io, [], words);
  const { read, shown } = await applied.read();
  refuseIdle(withoutNames(line), shown);
  const asked = askedFor(request, shown, read);
  const headers = !line.has('no-headers');
  const text =
    format.kind === 'table'
      ? tables(asked, choice, {
          wide: format.wide,
          showsLabels: line.has('show-labels'),
          headers,
          allNamespaces: line.has('all-namespaces'),
          width: io.stdout.columns,
        })
      : await objectsText(asked, choice, format, { single: isSingle(asked), headers });
  io.stdout.write(text);
  if (text === '' && format.kind === 'table' && shown.length > 0 && !namesAny(asked))
    io.stderr.write(nothingFound(asked, choice, line));
  io.stderr.write(problemLines(read.inputs.problems));
  if ((format.kind === 'table' || holdNothing(shown)) && tellsNotes(read.inputs, line)) {
    const again = [
      'kubeplumb',
      'get',
      ...line.positionals.filter((one) => !request.paths.includes(one)),
    ];
    for (const note of [
      ...notes(read, shown, again.join(' ')),
      ...withoutObject(asked, shown, choice),
      ...generatedOnly(asked, shown),
    ])
      io.stderr.write(noteLines(note, io.stderr));
  }
  const cwd = line.has('filename') ? undefined : io.cwd;
  const missing = asked.flatMap((one) =>
    one.names
      .filter((name) => !isShownName(one, name, choice))
      .map((name) => notFound(one, name, choice, read, cwd)),
  );
  io.stderr.write(missing.join(''));
  if (failed(read.inputs, line)) return 2;
  return missing.length > 0 ? 1 : 0;
}

/**
 * A misspelt name would show a picture in which nothing is gone.
 * @throws UsageError for what is neither a workload nor a pod of a StatefulSet
 */
function refuseIdle(without: readonly string[], shown: readonly Picture[]): void {
  const sets = shown.flatMap(({ cluster }) => cluster.pods.all);
  const idle = without.find((name) => sets.every((set) => takenAway(name, set) === undefined));
  if (idle !== undefined)
    throw new UsageError(
      `--without ${idle}: no workload is called that, and no pod of a StatefulSet` +
        namesLike(
          idle,
          sets.map(({ workload }) => workload.name),
        ),
      'get',
    );
}

/** @throws UsageError for a kind that is in no table and in no manifest */
function askedFor(
  { kinds, names, pairs }: GetRequest,
  shown: readonly Picture[],
  { manifests, assumed }: ReadProject,
): readonly Asked[] {
  const types = presentTypes(shown, manifests);
  const resources = (kind: string, more = ''): readonly Resource[] => {
    const found = resourcesNamed(kind, types);
    if (found.length === 0 && !isAll(kind))
      throw new UsageError(`${unknownKind(kind, types)}${more}`, 'get');
    return found;
  };
  const asked = new Map<string, Asked & { names: string[] }>();
  const shownOf = ({ kind }: Resource): readonly Picture[] => ownPictures(shown, kind, assumed);
  const add = (resource: Resource, wanted: readonly string[]): void => {
    const known = asked.get(resource.qualified) ?? {
      resource,
      names: [],
      shown: shownOf(resource),
    };
    pushAll(known.names, wanted);
    asked.set(resource.qualified, known);
  };
  const named = kinds.flatMap((kind) => resources(kind));
  // `get ep svc` is not what kubectl understands by it, unless something is called svc.
  const [kindsToo, others] = divided(names, (name) => isMeantAsKind(name, named, shown, types));
  for (const resource of [...named, ...kindsToo.flatMap((kind) => resources(kind))])
    add(resource, others);
  for (const { kind, name } of pairs)
    for (const resource of resources(kind, `; there is no path ${kind}/${name} either`))
      add(resource, [name]);
  return [...asked.values()];
}

function isMeantAsKind(
  name: string,
  named: readonly Resource[],
  shown: readonly Picture[],
  types: readonly Type[],
): boolean {
  if (resourcesNamed(name, types).length === 0) return false;
  return !named.some((resource) =>
    isShownName({ resource, shown }, name, { namespace: undefined }),
  );
}

function divided<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function unknownKind(kind: string, types: readonly Type[]): string {
  const read = types.flatMap((type) => resourcesNamed(type.kind, types).map(({ name }) => name));
  const known = [...new Set([...predictedNames, 'all', ...read])];
  return (
    `unknown kind "${kind}"${didYouMeanKind(kind, [...known, ...tabledNames]) || ';'} there are ` +
    `${known.slice(0, 12).join(', ')}`
  );
}

function isSingle(asked: readonly Asked[]): boolean {
  return asked.reduce((sum, { names }) => sum + (names.length === 0 ? 2 : names.length), 0) === 1;
}

function namesAny(asked: readonly Asked[]): boolean {
  return asked.some(({ names }) => names.length > 0);
}

function nothingFound(asked: readonly Asked[], choice: Choice, line: CommandLine): string {
  const { namespace } = choice;
  const what = asked.map(({ resource }) => resource.name).join(', ') || 'objects';
  const labels = line.list('selector').join(',');
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const elsewhere = asked.flatMap((one) => namespacesOf(one, choice));
  const isMade = asked.some(({ resource }) => resource.kind === 'ReplicaSet');
  const hint =
    inNamespaces(elsewhere, 'there are some') ||
    (isMade ? ' in the manifests; what Deployments make of them is in get deploy,pods' : '');
  return `no ${what} found${where}${labels === '' ? '' : ` with ${labels}`}${hint}\n`;
}

/** Services of which there is no Endpoints object are worth a word: people look for them. */
function withoutObject(
  asked: readonly Asked[],
  shown: readonly Picture[],
  { namespace }: Choice,
): string[] {
  if (!asked.some(({ resource, names }) => resource.kind === 'Endpoints' && names.length === 0))
    return [];
  const services = shown.flatMap(({ cluster }) =>
    cluster.services.filter(
      ({ object, endpoints, manualEndpoints }) =>
        endpoints === undefined &&
        manualEndpoints === undefined &&
        (namespace ?? namespaceOf(object, cluster)) === namespaceOf(object, cluster),
    ),
  );
  if (services.length === 0) return [];
  return [`no Endpoints object belongs to ${firstFew(services.map(whyNoObject), 3)}`];
}

/** ConfigMaps and Secrets that only kustomize writes. */
function generatedOnly(asked: readonly Asked[], shown: readonly Picture[]): string[] {
  const kinds = new Set(asked.map(({ resource }) => resource.kind));
  const made = shown
    .flatMap(({ unit }) => [...(unit.generated?.keys() ?? [])])
    .filter((key) => kinds.has(key.slice(0, key.indexOf('/'))))
    .map((key) => key.replace('/', ' '));
  return made.length === 0
    ? []
    : [
        `what kustomizations generate is not shown: ${firstFew([...new Set(made)], 3)}; ` +
          '-k lets kustomize write it',
      ];
}

function notFound(
  asked: Asked,
  name: string,
  { namespace }: Choice,
  { manifests }: ReadProject,
  cwd: string | undefined,
): string {
  const { namespaces, isNamespace, known } = whereabouts(asked, name);
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const hint =
    namespaces.length > 0
      ? inNamespaces(namespaces)
      : isNamespace
        ? `; ${name} is a namespace: -n ${name} shows what is in it`
        : noSuch(name, known, cwd);
  return (
    `error: ${asked.resource.name} "${name}" not found${where}` +
    `${inFilesRead(manifests.length)}${hint}\n`
  );
}

/** @param cwd where a path would be looked for: one that is not there is taken for a name */
function noSuch(name: string, known: Iterable<string>, cwd: string | undefined): string {
  const near = didYouMean(name, known);
  const nearPath = cwd === undefined ? '' : didYouMeanPath(name, cwd);
  if (near !== '' || nearPath !== '') return near || nearPath;
  if (cwd !== undefined && isPath(name, cwd)) return `; what lies there is ${name}/`;
  const noPath = cwd === undefined ? '' : ', and there is no file or directory of that name';
  return `${noPath}${namesLike(name, known)}`;
}
