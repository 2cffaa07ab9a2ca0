/** One Service and everything about its endpoints. */
import { isInput } from '../../files/read.ts';
import { resourceName } from '../../kubernetes/resource-names.ts';
import { groupBy } from '../../multimap.ts';
import type { Picture } from '../../project/project.ts';
import { isKnownKind, typeNamed } from '../../report/get/resources.ts';
import { harmless } from '../../report/safe-text.ts';
import { quoted } from '../../report/summary.ts';
import { firstFew } from '../../text/enumerate.ts';
import { compareService } from '../../verify/compare.ts';
import { runningIn } from '../../verify/running.ts';
import { type Applied, openApplied } from '../applied.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import {
  type Described,
  type DescribedKind,
  describedKind,
  describedKinds,
  writtenKind,
} from '../describe-kinds.ts';
import { dumpOf } from '../dump-input.ts';
import type { CommandLine } from '../flags.ts';
import { failed, inputFlags, problemLines, tellsNotes } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { noteLines } from '../note.ts';
import { notes } from '../picture-notes.ts';
import { presentTypes } from '../present-types.ts';
import { clusterFlags } from '../settings.ts';
import { inputTest, kindAndNames, refuseNameless } from '../typed-name.ts';
import {
  didYouMeanKind,
  inFilesRead,
  inNamespaces,
  namesLike,
  unknownValue,
  UsageError,
} from '../usage-error.ts';

export const describe: Command = {
  name: 'describe',
  summary:
    'explain one Service: what backs each port, what dropped out, and why; or what else there is',
  usage: ['describe KIND[,KIND] [NAME…] [PATH…] [flags]', 'describe KIND/NAME [PATH…] [flags]'],
  words: describedKinds,
  flags: [
    ...inputFlags,
    'dump',
    'recursive',
    'namespace',
    'all-namespaces',
    'unit',
    ...clusterFlags.filter((flag) => flag !== 'namespace'),
    'watch',
    'allow-empty',
    'quiet',
  ],
  flagHelp: { namespace: 'the namespace of objects that name none; only that one is shown' },
  notes:
    'KIND is service (svc), endpoints (ep), ingress (ing), pod, deployment or another ' +
    'workload; any other kind is shown as it is written. An argument that exists as a file, ' +
    'is a pattern or - is input, any other is a name, or how one begins; with -f, -k or --helm, ' +
    'and before ".", a bare word is one too (web/ is the directory). Without a name all of the ' +
    'kind are described, without any input all below the working directory is read.',
  examples: [
    ['kubeplumb describe service api -f k8s/', 'why api has these endpoints, or none'],
    ['kubeplumb describe svc api -f k8s/ --dump dump.yaml', 'beside what a cluster lists'],
    ['kubeplumb describe deploy web -f k8s/', 'its pods, and the Services that take them'],
    ['helm template charts/web | kubeplumb describe svc -', 'all Services of a rendered chart'],
  ],
  run,
};

interface Asked {
  /** As written. */
  readonly kind: string;
  /** Names; all of the kind if there are none. */
  readonly wanted: readonly string[];
  readonly paths: readonly string[];
}

/** @throws {UsageError} of no kind */
function askedFor(line: CommandLine, cwd: string): Asked {
  refuseNameless(line, cwd, isKnownKind, 'describe');
  const {
    kind,
    names: named,
    rest,
  } = kindAndNames(
    line.positionals,
    cwd,
    (written, first) => written === first || isSameKind(written, first),
  );
  if (kind === undefined)
    throw new UsageError('describe what? service NAME, deployment NAME, …', 'describe');
  const isPath = inputTest(line, cwd);
  const paths = rest.filter((argument) => isPath(argument));
  const others = rest.filter((argument) => !isPath(argument));
  // Pods go by the name of their workload, and by the one that `get -o name` gives them.
  const wanted = [...named, ...others].map((name) => name.replace(/-predicted-\d+$/, ''));
  if (isInput(kind, cwd) && !isKnownKind(kind))
    throw new UsageError(
      `describe what? Name a kind first: kubeplumb describe service NAME ${quoted(kind)}`,
      'describe',
    );
  return { kind, wanted, paths };
}

function isSameKind(written: string, other: string): boolean {
  const one = typeNamed(written, []);
  return one !== undefined && one === typeNamed(other, []);
}

/** @throws {UsageError} of a kind that is in no table and in no manifest */
function kindsOf({ kind, wanted, paths }: Asked, { read, shown }: Applied): DescribedKind[] {
  const types = presentTypes(shown, read.manifests);
  return kind.split(',').map((word) => {
    const described = describedKind(word) ?? writtenKind(word, types);
    if (described !== undefined) return described;
    // A name in the place of the kind, if there is none behind it.
    const hint =
      wanted.length > 0
        ? ''
        : '; for the Service of that name: ' +
          ['kubeplumb describe service', kind, ...paths.map(quoted)].join(' ');
    const read = types.map((type) => type.kind.toLowerCase());
    const known = [...new Set([...describedKinds, ...read])];
    const told = unknownValue('kind', word, known, didYouMeanKind(word, known));
    throw new UsageError(`${told}${hint}`, 'describe');
  });
}

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const asked = askedFor(line, io.cwd);
  const { wanted, paths } = asked;
  const dumpPath = line.value('dump');
  const dumps = dumpPath === undefined ? [] : [dumpPath];
  const words = asked.kind.split(',');
  const applied = await openApplied('describe', paths, line, io, dumps, words);
  const dump =
    dumpPath === undefined ? undefined : await dumpOf(dumpPath, 'describe', io, applied.files);
  const { read, shown } = await applied.read();
  const kinds = kindsOf(asked, { read, shown });
  const namespace = line.has('all-namespaces') ? undefined : line.value('namespace');
  const views = kinds.map((kind) => viewOf(kind, wanted, namespace, shown));
  const style = stdoutStyle(line, io);
  const width = Math.min(io.stdout.columns ?? 100, 120);
  const found = views.flatMap((view) => view.found);
  const texts = found.map(({ service, picture: { cluster, unseen }, text }) => {
    const running =
      dump !== undefined &&
      service !== undefined &&
      runningIn(compareService(service, cluster, unseen, dump));
    return text({ style, width, ...(running !== false && { running }) });
  });
  io.stdout.write(harmless(texts.join('\n\n')));

  io.stderr.write(problemLines(read.inputs.problems));
  const again = ['kubeplumb', 'describe', asked.kind, ...wanted].join(' ');
  if (tellsNotes(read.inputs, line))
    for (const note of [
      ...notes(read, shown, again),
      ...views.flatMap((view) => severalUnits(view.found)),
    ])
      io.stderr.write(noteLines(note, io.stderr));
  const files = read.manifests.length;
  const missing = views.flatMap((view) => missingLines(view, wanted, namespace, files));
  io.stderr.write(missing.join(''));
  if (found.length === 0 && wanted.length === 0 && files > 0)
    io.stderr.write(nothingFound(views, namespace));
  if (failed(read.inputs, line)) return 2;
  return missing.length > 0 ? 1 : 0;
}

type Item = Described & { readonly unit: string };

interface View {
  readonly kind: DescribedKind;
  /** In any namespace. */
  readonly all: readonly Item[];
  /** Names in the namespace that is asked for. */
  readonly names: readonly string[];
  readonly found: readonly Item[];
}

function viewOf(
  kind: DescribedKind,
  wanted: readonly string[],
  namespace: string | undefined,
  shown: readonly Picture[],
): View {
  const all = shown.flatMap((picture) =>
    kind.items(picture).map((item) => ({ ...item, unit: picture.unit.name })),
  );
  // What belongs to no namespace is shown whichever is asked for.
  const inScope = all.filter(
    ({ namespace: own = namespace }) => namespace === undefined || own === namespace,
  );
  const names = inScope.map(({ name }) => name);
  const found = inScope.filter(
    ({ name, pods }) =>
      wanted.length === 0 ||
      isWanted(name, wanted, names) ||
      wanted.some((one) => pods?.(one) === true),
  );
  return { kind, all, names, found };
}

/** As kubectl has it: where nothing has a name, what begins with it is meant. */
function isWanted(name: string, wanted: readonly string[], names: readonly string[]): boolean {
  return wanted.some((one) => name === one || (name.startsWith(one) && !names.includes(one)));
}

function missingLines(
  { kind, all, names, found }: View,
  wanted: readonly string[],
  namespace: string | undefined,
  files: number,
): string[] {
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  return wanted
    .filter(
      (name) =>
        !names.some((one) => one.startsWith(name)) && !found.some(({ pods }) => pods?.(name)),
    )
    .map((name) => {
      const elsewhere = all.flatMap((item) => (item.name === name ? (item.namespace ?? []) : []));
      const hint = inNamespaces(elsewhere) || namesLike(name, names);
      return `error: ${kind.name} "${name}" not found${where}${inFilesRead(files)}${hint}\n`;
    });
}

function nothingFound(views: readonly View[], namespace: string | undefined): string {
  const what = views.map(({ kind }) => resourceName(kind.type.kind)).join(', ');
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const elsewhere = views.flatMap(({ all }) => all.flatMap((item) => item.namespace ?? []));
  return `no ${what} found${where}${inNamespaces(elsewhere, 'there are some')}\n`;
}

/** What several kustomizations have is described for each of them, in this order. */
function severalUnits(
  found: readonly { readonly namespace?: string; readonly name: string; readonly unit: string }[],
): string[] {
  const byName = groupBy(found, ({ namespace = '', name }) => `${namespace}/${name}`);
  return [...byName].flatMap(([name, all]) => {
    const units = all.map(({ unit }) => unit);
    if (units.length < 2) return [];
    return (
      `${name} is described for each of ${units.length} units, in this order: ` + firstFew(units, 6)
    );
  });
}
