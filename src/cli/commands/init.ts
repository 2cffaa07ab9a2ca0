/** Writes a first kubeplumb.yaml. */
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { describeSurvey, initialConfig } from '../../config/initial.ts';
import { readConfig } from '../../config/read.ts';
import { survey } from '../../config/survey.ts';
import { diskWithin, rootsOf } from '../../files/disk.ts';
import { configNames } from '../../files/own-files.ts';
import { readInputs } from '../../files/read.ts';
import { whyNotWritten, writeWhole } from '../../files/write.ts';
import { readManifest } from '../../manifest/read.ts';
import { SourceFile } from '../../manifest/source.ts';
import type { Command } from '../command.ts';
import type { CommandLine } from '../flags.ts';
import type { ExitCode, Io } from '../io.ts';
import { OutsideError, UsageError } from '../usage-error.ts';

export const init: Command = {
  name: 'init',
  summary: `write a commented ${configNames[0]} that fits the repository`,
  usage: ['init [DIR] [flags]'],
  flags: ['stdout', 'force'],
  notes:
    'It looks at the manifests below the directory: address families, custom resources ' +
    'with pods, directories of test data.',
  examples: [
    ['kubeplumb init', `write ${configNames[0]} to the working directory`],
    ['kubeplumb init --stdout', 'only print it'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const [argument = '.', ...more] = line.positionals.filter((positional) => positional !== '-');
  if (more.length > 0) throw new UsageError('init takes one directory', 'init');
  const directory = resolve(io.cwd, argument);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`${argument} is not a directory`, 'init');
  const printed = line.has('stdout') || line.positionals.includes('-');
  const present = configNames.find((name) => existsSync(join(directory, name)));
  if (present !== undefined && !printed && !line.has('force'))
    throw new UsageError(
      `${shown(join(directory, present), io)} exists already; --force overwrites it, ` +
        '--stdout only prints',
      'init',
    );

  const { files, charts } = await readInputs(['.'], {
    cwd: directory,
    recursive: true,
    gitignore: true,
    stdin: io.stdin,
    files: diskWithin(rootsOf([directory])),
  });
  const found = survey(
    files.map((file) => readManifest(file)),
    charts,
  );
  const text = initialConfig(found);
  const name = present ?? configNames[0];
  const check = readConfig(new SourceFile(name, text), rules);
  if ('problems' in check)
    throw new Error(
      `init wrote what config refuses: ${check.problems.map(({ message }) => message).join('; ')}`,
    );
  if (printed) io.stdout.write(text);
  else {
    const file = join(directory, name);
    try {
      writeWhole(file, text, { files: diskWithin(rootsOf([directory])), cwd: directory });
    } catch (error) {
      throw new OutsideError(`cannot write ${shown(file, io)}: ${whyNotWritten(error)}`);
    }
    io.stdout.write(
      `wrote ${shown(join(directory, name), io)}\n${describeSurvey(found)
        .map((fact) => `  ${fact}\n`)
        .join('')}`,
    );
  }
  return 0;
}

function shown(path: string, { cwd }: Io): string {
  return relative(cwd, path).split(sep).join('/');
}
