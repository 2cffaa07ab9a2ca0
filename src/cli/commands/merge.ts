/** Joins the reports of several runs. */
import { resolve } from 'node:path';
import { disk } from '../../files/disk.ts';
import { systemProblem } from '../../files/system-problem.ts';
import { severities } from '../../lint/diagnostic.ts';
import { isJsonReport, type JsonReport, mergeJson } from '../../report/merge/json.ts';
import { MergeError } from '../../report/merge/parts.ts';
import { reportOf } from '../../report/merge/report.ts';
import { isSarifLog, mergeSarif, type SarifLog } from '../../report/merge/sarif.ts';
import { reportFormats } from '../../report/render.ts';
import { jsonText } from '../../report/safe-text.ts';
import { plainStyle } from '../../report/style.ts';
import { ciOf } from '../ci.ts';
import type { Command } from '../command.ts';
import { filesFor } from '../files.ts';
import type { CommandLine } from '../flags.ts';
import type { ExitCode, Io } from '../io.ts';
import { outputsOf, rendered, writeReport } from '../outputs.ts';
import { UsageError } from '../usage-error.ts';

/** A report does not hold the text of the files, which pretty shows. */
const formats = reportFormats.filter((format) => format !== 'pretty');

export const merge: Command = {
  name: 'merge',
  summary: 'join the reports of lint --shard, or of several inputs',
  usage: ['merge FILE… [flags]'],
  flags: ['output', 'fail-on', 'test-data'],
  flagHelp: { output: 'FORMAT, or FORMAT=FILE to write to a file; json or sarif if left out' },
  formats,
  notes:
    'All reports are JSON, or all are SARIF. Of SARIF comes SARIF, of JSON every format that ' +
    'shows no text of the files. What lint --shard wrote must be complete: every part ' +
    'once.\nExit codes: as lint with all of it ' +
    'would have had.',
  examples: [
    ['kubeplumb lint --shard 1/2 -o json=1.json k8s/', 'on one machine'],
    ['kubeplumb lint --shard 2/2 -o json=2.json k8s/', 'on another'],
    ['kubeplumb merge 1.json 2.json > report.json', 'what one run would have written'],
    ['kubeplumb merge -o github -o junit=junit.xml 1.json 2.json', 'the same in other formats'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  if (line.positionals.length === 0)
    throw new UsageError('merge needs the reports that are to be joined', 'merge');
  const reports = new Map<string, JsonReport>();
  const logs = new Map<string, SarifLog>();
  for (const name of new Set(line.positionals)) {
    const value = await read(name, io);
    if (isJsonReport(value)) reports.set(name, value);
    else if (isSarifLog(value)) logs.set(name, value);
    else throw new UsageError(`${name} is not a JSON or SARIF report of kubeplumb lint`, 'merge');
  }
  const [json] = reports.keys();
  const [sarif] = logs.keys();
  if (json !== undefined && sarif !== undefined)
    throw new UsageError(`${json} is JSON and ${sarif} is SARIF; they cannot be joined`, 'merge');
  const targets = targetsOf(line, json === undefined ? 'sarif' : 'json');
  try {
    const merged = json === undefined ? mergeSarif(logs) : mergeJson(reports);
    for (const [file, format] of targets) {
      const text = textOf(merged, format, line, io);
      if (file === undefined) io.stdout.write(text);
      else if (!writeReport(file, text, io, filesFor([], line, io))) return 2;
    }
    return exitCode(merged, line.value('fail-on') ?? 'error', line.value('test-data') === 'fail');
  } catch (error) {
    if (error instanceof MergeError) throw new UsageError(error.message, 'merge');
    throw error;
  }
}

/** By what is to be written to: a file, or stdout (undefined). @throws UsageError */
function targetsOf(line: CommandLine, usual: 'json' | 'sarif'): [string | undefined, Format][] {
  const written = line.list('output');
  const outputs = outputsOf(written, formats, usual, 'merge');
  const targets: [string | undefined, Format][] = [...outputs.files];
  const toStdout = written.length === 0 || written.some((one) => !one.includes('='));
  for (const [, format] of [...targets, [undefined, outputs.stdout] as const])
    if (usual === 'sarif' ? format !== 'sarif' : format === 'sarif')
      throw new UsageError(
        `the reports are ${usual.toUpperCase()}, which -o ${format} cannot be made of: write ` +
          `the parts with -o ${format === 'sarif' ? 'sarif' : 'json'}=FILE`,
        'merge',
      );
  return [...targets, ...(toStdout ? [[undefined, outputs.stdout] as [undefined, Format]] : [])];
}

type Format = (typeof formats)[number];

function textOf(merged: JsonReport | SarifLog, format: Format, line: CommandLine, io: Io): string {
  if ('runs' in merged || format === 'json') return `${jsonText(merged)}\n`;
  return rendered(
    reportOf(merged),
    format,
    {
      rules: [],
      style: plainStyle,
      width: 100,
      showUnknown: false,
      showTestData: line.value('test-data') === 'fail',
      statistics: false,
      quiet: false,
    },
    ciOf(io.env, io.cwd),
  );
}

async function read(name: string, io: Io): Promise<unknown> {
  let text: string;
  try {
    text = (name === '-' ? await io.stdin() : disk.bytes(resolve(io.cwd, name), true)).toString();
  } catch (error) {
    const { message } = systemProblem(name, error, true);
    throw new UsageError(`${name} ${message}`, 'merge');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(
      `${name} is no JSON: reports of parts are written with -o json=FILE`,
      'merge',
    );
  }
}

function exitCode(merged: JsonReport | SarifLog, failOn: string, allCount: boolean): ExitCode {
  const [found, failed] =
    'runs' in merged
      ? [
          merged.runs[0].results
            .filter(
              ({ suppressions = [], properties }) =>
                suppressions.length === 0 && (allCount || properties?.testData === undefined),
            )
            .map(({ level }) => (level === 'note' ? 'info' : level)),
          !merged.runs[0].invocations.every(({ executionSuccessful }) => executionSuccessful),
        ]
      : [
          merged.diagnostics
            .filter(
              ({ suppressed, testData }) =>
                suppressed === undefined && (allCount || testData === undefined),
            )
            .map(({ severity }) => severity),
          merged.problems.some(({ fails }) => fails),
        ];
  if (failed) return 2;
  const least = severities.findIndex((severity) => severity === failOn);
  return found.some((severity) => {
    const rank = severities.findIndex((known) => known === severity);
    return rank !== -1 && rank <= least;
  })
    ? 1
    : 0;
}
