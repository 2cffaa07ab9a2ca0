/** What `kubectl get` would show. */
import { rules } from '../../../rules/index.ts';
import {
  type ApiObject,
  endpointSliceObjects,
  endpointsObjects,
  podObjects,
  serviceObjects,
} from '../../cluster/api-objects.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { isInput } from '../../files/read.ts';
import { whyNoObject } from '../../lint/why-none.ts';
import type { World } from '../../lint/world.ts';
import type { Picture } from '../../project/project.ts';
import { endpointsView } from '../../report/get/endpoints.ts';
import { endpointSlicesView } from '../../report/get/endpointslices.ts';
import { podsView } from '../../report/get/pods.ts';
import type { Row, View } from '../../report/get/row.ts';
import { servicesView } from '../../report/get/services.ts';
import { harmless, jsonText, printable, yamlText } from '../../report/safe-text.ts';
import { table } from '../../report/table.ts';
import { counted } from '../../report/text.ts';
import { notes, ownPods, shownPictures } from '../clusters.ts';
import type { Command } from '../command.ts';
import { loadConfig } from '../config.ts';
import { filesFor } from '../files.ts';
import type { CommandLine } from '../flags.ts';
import {
  failed,
  inputFlags,
  inputPaths,
  problemLines,
  type ReadProject,
  readProject,
} from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { noteLines } from '../note.ts';
import { clusterFlags, settingsOf } from '../settings.ts';
import { kindAndNames } from '../typed-name.ts';
import { didYouMean, unknownValue, UsageError } from '../usage-error.ts';

interface Resource {
  readonly name: string;
  readonly spellings: readonly string[];
  /** As `-o name` prints it. */
  readonly qualified: string;
  readonly objects: (cluster: Cluster) => readonly ApiObject[];
  readonly view: (cluster: Cluster, world: World, wide: boolean) => View;
}

const resources: readonly Resource[] = [
  {
    name: 'endpoints',
    spellings: ['ep', 'endpoint'],
    qualified: 'endpoints',
    objects: endpointsObjects,
    view: endpointsView,
  },
  {
    name: 'endpointslices',
    spellings: ['endpointslice', 'eps', 'endpointslices.discovery.k8s.io'],
    qualified: 'endpointslice.discovery.k8s.io',
    objects: endpointSliceObjects,
    view: endpointSlicesView,
  },
  {
    name: 'services',
    spellings: ['svc', 'service'],
    qualified: 'service',
    objects: serviceObjects,
    view: (cluster) => servicesView(cluster),
  },
  {
    name: 'pods',
    spellings: ['po', 'pod'],
    qualified: 'pod',
    objects: podObjects,
    view: (cluster, _world, wide) => podsView(cluster, wide),
  },
];
const names = resources.map(({ name }) => name);
const formats = ['wide', 'name', 'yaml', 'json'];

export const get: Command = {
  name: 'get',
  summary: 'show endpoints, endpointslices, services or pods as a cluster would have them',
  usage: [`get ${names.join('|')} [NAME…] [PATH…] [flags]`, 'get TYPE/NAME [PATH…] [flags]'],
  flags: [
    ...inputFlags,
    'recursive',
    'output',
    'namespace',
    'all-namespaces',
    'unit',
    ...clusterFlags.filter((flag) => flag !== 'namespace'),
    'allow-empty',
    'quiet',
  ],
  formats,
  words: names,
  notes: `Short names: ep, eps, svc, po. An argument that exists as a file, is a pattern or - is input, any other is a name; without any input the working directory is read. Like kubectl, get reads a directory without what is below it, unless -R is given.\nText shows pods by workload: web×3:8080 are three pods of web. JSON and YAML are API objects with stand-ins for what only a cluster gives out: pods named web-predicted-1, addresses from 198.18.0.0/15, the annotation kubeplumb/predicted.`,
  examples: [
    ['kubeplumb get endpoints -f k8s/', 'who is behind each Service'],
    ['kubeplumb get ep web -f k8s/ -o yaml', 'the Endpoints object of one'],
    ['helm template charts/web | kubeplumb get svc -', 'of a rendered chart'],
    ['kubeplumb get pods -R k8s/ -o wide', 'what pods there would be, with their labels'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const {
    kind,
    names: named,
    rest,
  } = kindAndNames(
    line.positionals,
    io.cwd,
    (a, b) => resourceOf(a) !== undefined && resourceOf(a) === resourceOf(b),
  );
  const resource = checkedResource(kind);
  const format = line.value('output');
  if (format !== undefined && !formats.includes(format))
    throw new UsageError(unknownValue('format', format, formats), 'get');
  const { paths, wanted: others } = splitArguments(rest, io.cwd);
  const wanted = [...named, ...others];
  const files = filesFor(inputPaths(paths, line), line, io.cwd);
  const config = await loadConfig(inputPaths(paths, line), rules, line, io, {
    files,
    runsRules: false,
  });
  const settings = settingsOf(line, 'get', config, 'all');
  const read = await readProject(paths, line, io, {
    recursive: line.has('recursive'),
    gitignore: false,
    config,
    settings,
    files,
  });
  const shown = shownPictures(read).map((picture) =>
    resource.name === 'pods'
      ? { ...picture, cluster: ownPods(picture.cluster, read.assumed) }
      : picture,
  );
  const text = format === undefined || format === 'wide';
  const missing = text
    ? printTable(resource, wanted, shown, line, io)
    : await printObjects(resource, wanted, shown, format, line, io);
  io.stderr.write(problemLines(read.inputs.problems, io.cwd));
  if (text && !line.has('quiet')) {
    const again = ['kubeplumb', 'get', resource.name, ...wanted].join(' ');
    for (const note of [...notes(read, shown, again), ...withoutObject(resource, shown)])
      io.stderr.write(noteLines(note, io.stderr));
  }
  for (const name of missing) io.stderr.write(notFound(resource, name, shown, read));
  if (failed(read.inputs, line)) return 2;
  return missing.length > 0 ? 1 : 0;
}

function resourceOf(kind: string): Resource | undefined {
  const lower = kind.toLowerCase();
  return resources.find(({ name, spellings }) => name === lower || spellings.includes(lower));
}

function checkedResource(kind: string | undefined): Resource {
  if (kind === undefined) throw new UsageError(`get what? ${names.join(', ')}`, 'get');
  const resource = resourceOf(kind);
  if (resource === undefined) throw new UsageError(unknownValue('kind', kind, names), 'get');
  return resource;
}

/** Names cannot hold a slash or end like a file, so such an argument is a path even where there is none. */
export function splitArguments(
  args: readonly string[],
  cwd: string,
): { paths: string[]; wanted: string[] } {
  const paths: string[] = [];
  const wanted: string[] = [];
  for (const argument of args)
    (isInput(argument, cwd) || argument.includes('/') || /\.(ya?ml|json)$/.test(argument)
      ? paths
      : wanted
    ).push(argument);
  return { paths, wanted };
}

/** Namespace, then name, as etcd hands them out. */
function byName(a: Pick<Row, 'namespace' | 'name'>, b: Pick<Row, 'namespace' | 'name'>): number {
  return a.namespace !== b.namespace
    ? a.namespace < b.namespace
      ? -1
      : 1
    : a.name < b.name
      ? -1
      : a.name > b.name
        ? 1
        : 0;
}

/** @returns the wanted names that are not there. */
function printTable(
  resource: Resource,
  wanted: readonly string[],
  shown: readonly Picture[],
  line: CommandLine,
  io: Io,
): string[] {
  const views = shown.map(({ cluster, world }) =>
    resource.view(cluster, world, line.value('output') === 'wide'),
  );
  const namespace = line.value('namespace');
  const all = views
    .flatMap(({ rows }) => rows)
    .filter(
      (row) => namespace === undefined || line.has('all-namespaces') || row.namespace === namespace,
    );
  const rows = all
    .filter(({ name }) => wanted.length === 0 || wanted.some((other) => isNamed(name, other)))
    .sort(byName);
  const columns = views[0]?.columns ?? [];
  const several = line.has('all-namespaces') || new Set(rows.map((row) => row.namespace)).size > 1;
  if (rows.length > 0) {
    const cells = rows.map((row) => [...(several ? [row.namespace] : []), row.name, ...row.cells]);
    io.stdout.write(
      harmless(
        table([...(several ? ['NAMESPACE'] : []), 'NAME', ...columns], cells, io.stdout.columns),
      ),
    );
  } else if (wanted.length === 0 && shown.length > 0)
    io.stderr.write(
      `no ${resource.name} found${namespace === undefined ? '' : ` in namespace ${namespace}`}\n`,
    );
  return wanted.filter((name) => !all.some((row) => isNamed(row.name, name)));
}

/** Pods are shown by workload (`Deployment/web`) and slices by Service: both go by the plain name too. */
function isNamed(name: string, wanted: string): boolean {
  return (
    name === wanted ||
    name.slice(name.indexOf('/') + 1) === wanted ||
    name.replace(/-predicted-\d+$/, '') === wanted
  );
}

/** @returns the wanted names that are not there. */
async function printObjects(
  resource: Resource,
  wanted: readonly string[],
  shown: readonly Picture[],
  format: string,
  line: CommandLine,
  io: Io,
): Promise<string[]> {
  const namespace = line.value('namespace');
  const all = shown
    .flatMap(({ cluster }) => resource.objects(cluster))
    .filter(
      ({ metadata }) =>
        namespace === undefined || line.has('all-namespaces') || metadata.namespace === namespace,
    );
  const key = ({ metadata }: ApiObject): Row => ({
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    cells: [],
  });
  const items = all
    .filter(
      (object) =>
        wanted.length === 0 ||
        wanted.some((name) => isNamed(key(object).name, name) || workloadOf(object) === name),
    )
    .sort((a, b) => byName(key(a), key(b)));
  const missing = wanted.filter(
    (name) => !all.some((object) => isNamed(key(object).name, name) || workloadOf(object) === name),
  );
  if (format === 'name')
    io.stdout.write(
      items
        .map(({ metadata }) => `${printable(`${resource.qualified}/${metadata.name}`)}\n`)
        .join(''),
    );
  else {
    const single = wanted.length === 1 && items.length === 1 ? items[0] : undefined;
    if (wanted.length > 0 && items.length === 0) return missing;
    const result = single ?? {
      apiVersion: 'v1',
      kind: 'List',
      metadata: { resourceVersion: '' },
      items,
    };
    io.stdout.write(format === 'json' ? `${jsonText(result, 4)}\n` : await toYaml(result));
  }
  return missing;
}

function workloadOf({ metadata }: ApiObject): string | undefined {
  return metadata.annotations?.['kubeplumb/workload']?.split('/').at(-1);
}

/** Keys sorted, as kubectl prints them; strings that YAML 1.1 would read as something else are quoted. */
async function toYaml(value: unknown): Promise<string> {
  const { stringify } = await import('yaml');
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return yamlText((more) =>
    stringify(plain, {
      version: '1.1',
      sortMapEntries: true,
      lineWidth: 0,
      indentSeq: false,
      aliasDuplicateObjects: false,
      ...more,
    }),
  );
}

/** Services of which there is no Endpoints object are worth a word: people look for them. */
function withoutObject({ name }: Resource, shown: readonly Picture[]): string[] {
  if (name !== 'endpoints') return [];
  const services = shown
    .flatMap(({ cluster }) => cluster.services)
    .filter(
      ({ endpoints, manualEndpoints }) => endpoints === undefined && manualEndpoints === undefined,
    );
  if (services.length === 0) return [];
  const named = services.slice(0, 3).map(whyNoObject);
  return [
    `no Endpoints object belongs to ${named.join(', ')}${services.length > 3 ? ` and ${services.length - 3} more` : ''}`,
  ];
}

function notFound(
  { name: kind, objects }: Resource,
  wanted: string,
  shown: readonly Picture[],
  { manifests }: ReadProject,
): string {
  const known = shown
    .flatMap(({ cluster }) => objects(cluster))
    .map(
      (object) => workloadOf(object) ?? (object.metadata.name ?? '').replace(/-predicted-\d+$/, ''),
    );
  return `error: ${kind} "${wanted}" not found in the ${counted(manifests.length, 'file')} read${didYouMean(wanted, known)}\n`;
}
