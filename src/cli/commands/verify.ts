/** The prediction against what a cluster lists. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { harmless } from '../../report/safe-text.ts';
import { quoted } from '../../report/summary.ts';
import { compare, type Comparison } from '../../verify/compare.ts';
import { jsonComparison } from '../../verify/report/json.ts';
import { markdownComparison } from '../../verify/report/markdown.ts';
import { prettyComparison } from '../../verify/report/pretty.ts';
import { isDifferent } from '../../verify/report/summary.ts';
import { openApplied } from '../applied.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import { dumpOf } from '../dump-input.ts';
import type { CommandLine } from '../flags.ts';
import { failed, inputFlags, namesInput, problemLines } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { noteLines } from '../note.ts';
import { notes } from '../picture-notes.ts';
import { clusterFlags } from '../settings.ts';
import { unknownValue, UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

const formats = ['pretty', 'json', 'markdown'];

export const verify: Command = {
  name: 'verify',
  summary: 'compare what manifests should give with what a cluster lists, Service by Service',
  usage: ['verify MANIFESTS… DUMP [flags]', 'verify MANIFESTS… --dump FILE [flags]'],
  flags: [
    ...inputFlags,
    'dump',
    'recursive',
    'output',
    'namespace',
    'unit',
    ...clusterFlags.filter((flag) => flag !== 'namespace'),
    'allow-empty',
    'quiet',
  ],
  flagHelp: { namespace: 'the namespace of objects that name none' },
  formats,
  notes:
    'DUMP is what kubectl get deploy,rs,sts,ds,job,po,svc,ep,endpointslices -A -o yaml ' +
    'prints (or -o json): a file, or - for stdin. Services that only the dump has are ' +
    'named, and are no difference.\nThe exit code is 1 where a Service differs: other ' +
    'endpoints, endpoints that are not ready, another selector or other ports than in the ' +
    'manifests.',
  examples: [
    ['kubeplumb verify k8s/ dump.yaml', 'is what runs what is written?'],
    [
      'kubectl get deploy,rs,sts,ds,job,po,svc,ep,endpointslices -A -o yaml | kubeplumb ' +
        'verify k8s/ -',
      'straight from the cluster',
    ],
    ['kubeplumb verify -k overlays/prod dump.yaml -o markdown', 'for a report'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const format = line.value('output') ?? 'pretty';
  if (!formats.includes(format))
    throw new UsageError(unknownValue('format', format, formats), 'verify');
  const given = line.value('dump');
  const dumpPath = given ?? line.positionals.at(-1);
  if (dumpPath === undefined)
    throw new UsageError('verify what? MANIFESTS and the DUMP of a cluster', 'verify');
  const named = line.positionals.slice(1);
  if (given === undefined && !namesInput(named, line) && isDirectory(dumpPath, io))
    throw new UsageError(
      `verify ${dumpPath} with what? The DUMP of a cluster comes last`,
      'verify',
    );
  const paths = given === undefined ? line.positionals.slice(0, -1) : line.positionals;
  const applied = await openApplied('verify', paths, line, io, [dumpPath]);
  const dump = await dumpOf(dumpPath, 'verify', io, applied.files);
  const { read, shown } = await applied.read();
  const comparison = compare(shown, dump);
  io.stdout.write(rendered(comparison, format, line, io));
  io.stderr.write(problemLines(read.inputs.problems));
  if (!line.has('quiet') && format === 'pretty')
    for (const note of notes(read, shown, `kubeplumb verify --dump ${quoted(dumpPath)}`))
      io.stderr.write(noteLines(note, io.stderr));
  if (failed(read.inputs, line)) return 2;
  return comparison.services.some(isDifferent) ? 1 : 0;
}

function isDirectory(path: string, { cwd }: Io): boolean {
  return statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() === true;
}

function rendered(comparison: Comparison, format: string, line: CommandLine, io: Io): string {
  if (format === 'json') return jsonComparison(comparison, { name: 'kubeplumb', version });
  if (format === 'markdown') return harmless(markdownComparison(comparison));
  const width = Math.min(io.stdout.columns ?? 100, 120);
  return harmless(prettyComparison(comparison, { style: stdoutStyle(line, io), width }));
}
