/** One Service and everything about its endpoints. */
import { isInput } from '../../files/read.ts';
import { resourceName } from '../../kubernetes/resource-names.ts';
import { groupBy } from '../../multimap.ts';
import { isKnownKind } from '../../report/get/resources.ts';
import { harmless } from '../../report/safe-text.ts';
import { quoted } from '../../report/summary.ts';
import { firstFew } from '../../text/enumerate.ts';
import { compareService } from '../../verify/compare.ts';
import { runningIn } from '../../verify/running.ts';
import { openApplied } from '../applied.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import { type DescribedKind, describedKind, describedKinds } from '../describe-kinds.ts';
import { dumpOf } from '../dump-input.ts';
import type { CommandLine } from '../flags.ts';
import { failed, inputFlags, problemLines } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { noteLines } from '../note.ts';
import { notes } from '../picture-notes.ts';
import { clusterFlags } from '../settings.ts';
import { kindAndNames, splitArguments } from '../typed-name.ts';
import { inFilesRead, inNamespaces, namesLike, unknownValue, UsageError } from '../usage-error.ts';

export const describe: Command = {
  name: 'describe',
  summary:
    'explain one Service: what backs each port, what dropped out, and why; or what else there is',
  usage: ['describe KIND [NAME…] [PATH…] [flags]', 'describe KIND/NAME [PATH…] [flags]'],
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
    'KIND is service (svc), endpoints (ep), ingress (ing), pod, deployment, statefulset or ' +
    'another workload. An argument that exists as a file, is a pattern or - is input, any ' +
    'other is a name; without a name all of the kind are described, without any input all ' +
    'below the working directory is read.',
  examples: [
    ['kubeplumb describe service api -f k8s/', 'why api has these endpoints, or none'],
    ['kubeplumb describe svc api -f k8s/ --dump dump.yaml', 'beside what a cluster lists'],
    ['kubeplumb describe deploy web -f k8s/', 'its pods, and the Services that take them'],
    ['helm template charts/web | kubeplumb describe svc -', 'all Services of a rendered chart'],
  ],
  run,
};

interface Asked {
  readonly described: DescribedKind;
  /** Names; all of the kind if there are none. */
  readonly wanted: readonly string[];
  readonly paths: readonly string[];
}

/** @throws {UsageError} of no kind, and of one that cannot be described */
function askedFor({ positionals }: CommandLine, cwd: string): Asked {
  const {
    kind,
    names: named,
    rest,
  } = kindAndNames(positionals, cwd, (written, first) => {
    const one = describedKind(written);
    return one !== undefined && one === describedKind(first);
  });
  if (kind === undefined)
    throw new UsageError('describe what? service NAME, deployment NAME, …', 'describe');
  const { paths, wanted: others } = splitArguments(rest, cwd);
  // Pods go by the name of their workload, and by the one that `get -o name` gives them.
  const wanted = [...named, ...others].map((name) => name.replace(/-predicted-\d+$/, ''));
  const described = describedKind(kind);
  if (described !== undefined) return { described, wanted, paths };
  if (isInput(kind, cwd))
    throw new UsageError(
      `describe what? Name a kind first: kubeplumb describe service NAME ${quoted(kind)}`,
      'describe',
    );
  // A name in the place of the kind, if there is none behind it.
  if (isKnownKind(kind))
    throw new UsageError(
      `${kind} cannot be described; kubeplumb get ${[kind, ...positionals.slice(1)].join(' ')} ` +
        '-o yaml shows what there is',
      'describe',
    );
  const hint =
    wanted.length > 0
      ? ''
      : '; for the Service of that name: ' +
        ['kubeplumb describe service', kind, ...paths.map(quoted)].join(' ');
  throw new UsageError(`${unknownValue('kind', kind, describedKinds)}${hint}`, 'describe');
}

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const { described, wanted, paths } = askedFor(line, io.cwd);
  const dumpPath = line.value('dump');
  const dumps = dumpPath === undefined ? [] : [dumpPath];
  const applied = await openApplied('describe', paths, line, io, dumps);
  const dump =
    dumpPath === undefined ? undefined : await dumpOf(dumpPath, 'describe', io, applied.files);
  const { read, shown } = await applied.read();
  const namespace = line.has('all-namespaces') ? undefined : line.value('namespace');
  const all = shown.flatMap((picture) =>
    described.items(picture).map((item) => ({ ...item, unit: picture.unit.name })),
  );
  const inScope = all.filter((item) => namespace === undefined || item.namespace === namespace);
  const found = inScope.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const style = stdoutStyle(line, io);
  const width = Math.min(io.stdout.columns ?? 100, 120);
  const texts = found.map(({ service, picture: { cluster, unseen }, text }) => {
    const running =
      dump !== undefined &&
      service !== undefined &&
      runningIn(compareService(service, cluster, unseen, dump));
    return text({ style, width, ...(running !== false && { running }) });
  });
  io.stdout.write(harmless(texts.join('\n\n')));

  io.stderr.write(problemLines(read.inputs.problems));
  const again = ['kubeplumb', 'describe', described.name, ...wanted].join(' ');
  if (!line.has('quiet'))
    for (const note of [...notes(read, shown, again), ...severalUnits(found)])
      io.stderr.write(noteLines(note, io.stderr));
  const names = inScope.map(({ name }) => name);
  const missing = wanted.filter((name) => !names.includes(name));
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  for (const name of missing) {
    const elsewhere = all.filter((item) => item.name === name).map((item) => item.namespace);
    const hint = inNamespaces(elsewhere) || namesLike(name, names);
    io.stderr.write(
      `error: ${described.name} "${name}" not found${where}` +
        `${inFilesRead(read.manifests.length)}${hint}\n`,
    );
  }
  if (found.length === 0 && wanted.length === 0 && read.manifests.length > 0)
    io.stderr.write(
      `no ${resourceName(described.type.kind)} found${where}` +
        `${inNamespaces(
          all.map((item) => item.namespace),
          'there are some',
        )}\n`,
    );
  if (failed(read.inputs, line)) return 2;
  return missing.length > 0 ? 1 : 0;
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
