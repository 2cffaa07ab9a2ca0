/** `--watch`: the same again whenever a file changes. */
import { resolve } from 'node:path';
import type { Changes } from '../files/changes.ts';
import { patternBase } from '../files/pattern.ts';
import { isInput } from '../files/read.ts';
import { isPattern } from '../text/glob.ts';
import { isCommand } from './commands.ts';
import type { CommandLine } from './flags.ts';
import { inputPaths } from './inputs.ts';
import type { ExitCode, Io } from './io.ts';

/**
 * Runs until the process is stopped, or nobody tells of changes any more.
 * @param once never throws; tells what it looks at, which is watched as well
 */
export async function rerun(
  line: CommandLine,
  io: Io,
  once: (looksAt: Changes['looksAt']) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { changes } = io;
  const refusal =
    refused(line) ?? (changes === undefined ? 'nobody tells of changes here' : undefined);
  if (changes === undefined || refusal !== undefined) {
    io.stderr.write(`error: --watch: ${refusal}\n`);
    return 2;
  }
  const paths = line.positionals.filter(
    (path, index) => path !== '-' && isInput(path, io.cwd) && !(index === 0 && isCommand(path)),
  );
  const inputs = inputPaths(paths, line).map((path) =>
    resolve(io.cwd, isPattern(path) ? patternBase(path) : path),
  );
  const written = new Set(
    line.list('output').flatMap((output) => {
      const [, ...file] = output.split('=');
      return file.length === 0 ? [] : resolve(io.cwd, file.join('='));
    }),
  );
  const watched = changes([...inputs, ...namedFiles(line, io.cwd)], (path) => written.has(path));
  try {
    for (;;) {
      if (io.stdout.isTTY) io.stdout.write('\u001B[2J\u001B[H');
      const code = await once(watched.looksAt);
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

/** What cannot be done again and again. */
function refused(line: CommandLine): string | undefined {
  const writes = (['update-baseline', 'prune-baseline'] as const).find((flag) => line.has(flag));
  if (writes !== undefined) return `--${writes} at every change would accept every new finding`;
  const readsPipe =
    line.has('stdin-filename') || [...line.positionals, ...line.list('filename')].includes('-');
  return readsPipe ? 'stdin can be read only once' : undefined;
}

/** Files that flags name, and that are read wherever they lie. */
function namedFiles(line: CommandLine, cwd: string): string[] {
  return (['config', 'baseline', 'values', 'dump'] as const)
    .flatMap((flag) => line.list(flag))
    .map((path) => resolve(cwd, path));
}

function shown(path: string, cwd: string): string {
  if (path === cwd) return '.';
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}
