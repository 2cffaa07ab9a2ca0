/** `--watch`: the same again whenever a file changes. */
import { resolve } from 'node:path';
import { patternBase } from '../files/pattern.ts';
import { isInput } from '../files/read.ts';
import { isPattern } from '../text/glob.ts';
import { isCommand } from './commands.ts';
import { findConfig } from './config.ts';
import type { CommandLine } from './flags.ts';
import { inputPaths } from './inputs.ts';
import type { ExitCode, Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs until the process is stopped, or nobody tells of changes any more.
 * @param once never throws
 */
export async function rerun(
  line: CommandLine,
  io: Io,
  once: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const { changes } = io;
  if (changes === undefined) throw new UsageError('--watch cannot be told of changes here');
  const paths = line.positionals.filter(
    (path, index) => path !== '-' && isInput(path, io.cwd) && !(index === 0 && isCommand(path)),
  );
  const inputs = inputPaths(paths, line).map((path) =>
    resolve(io.cwd, isPattern(path) ? patternBase(path) : path),
  );
  const config = findConfig(inputs, line, io.cwd);
  const written = new Set(
    line.list('output').flatMap((output) => {
      const [, ...file] = output.split('=');
      return file.length === 0 ? [] : resolve(io.cwd, file.join('='));
    }),
  );
  const own = config === undefined ? [] : [config];
  const watched = changes([...inputs, ...own], (path) => written.has(path));
  try {
    for (;;) {
      if (io.stdout.isTTY) io.stdout.write('\u001B[2J\u001B[H');
      const code = await once();
      io.stderr.write(
        `watching ${inputs.map((path) => shown(path, io.cwd)).join(', ')}; Ctrl-C ends it\n`,
      );
      if (!(await watched.next())) return code;
      if (io.stdout.isTTY) continue;
      io.stderr.write('a file has changed\n');
      io.stdout.write('\n');
    }
  } finally {
    watched.close();
  }
}

function shown(path: string, cwd: string): string {
  if (path === cwd) return '.';
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}
