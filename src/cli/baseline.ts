/** `--baseline`: the file of known findings, read, applied and rewritten. */
import { dirname, relative, resolve, sep } from 'node:path';
import { disk } from '../files/disk.ts';
import type { FileSystem } from '../files/file-system.ts';
import { systemProblem } from '../files/system-problem.ts';
import { type Place, whyNotWritten, writeWhole } from '../files/write.ts';
import { baselineName } from '../files/own-files.ts';
import {
  applyBaseline,
  type BaselineEntry,
  formatBaseline,
  parseBaseline,
} from '../lint/baseline.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { counted } from '../report/text.ts';
import type { CommandLine } from './flags.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

export const defaultBaseline = baselineName;

/**
 * Marks known findings as suppressed, or rewrites the file (`--update-baseline`, `--prune-baseline`) first.
 * @param configured the absolute path that the configuration names
 * @throws UsageError when the file cannot be read or written
 */
export function withBaseline(
  diagnostics: readonly Diagnostic[],
  line: CommandLine,
  configured: string | undefined,
  io: Io,
  files: FileSystem,
): readonly Diagnostic[] {
  const named = line.value('baseline');
  const updates = line.has('update-baseline');
  const path =
    named !== undefined
      ? resolve(io.cwd, named)
      : (configured ?? (updates ? resolve(io.cwd, defaultBaseline) : undefined));
  if (path === undefined) {
    if (line.has('prune-baseline'))
      throw new UsageError(
        '--prune-baseline needs --baseline FILE, or baseline in the configuration',
      );
    return diagnostics;
  }
  const pathOf = ({ file }: Diagnostic): string =>
    slashed(relative(dirname(path), resolve(io.cwd, file.path)));
  const shown = slashed(relative(io.cwd, path));
  if (updates) {
    const text = formatBaseline(diagnostics, pathOf);
    write(path, shown, text, { files, cwd: io.cwd });
    const entries = parseBaseline(text);
    io.stderr.write(
      `${shown}: ${counted(
        entries.reduce((sum, { count = 1 }) => sum + count, 0),
        'finding',
      )} written; use it with --baseline ${shown}\n`,
    );
    return applyBaseline(diagnostics, entries, pathOf).diagnostics;
  }
  const entries = read(path, shown, named === undefined ? files : undefined);
  const { diagnostics: judged, stale } = applyBaseline(diagnostics, entries, pathOf);
  if (line.has('prune-baseline'))
    write(
      path,
      shown,
      formatBaseline(
        judged.filter(({ suppressed }) => suppressed?.kind === 'baseline'),
        pathOf,
      ),
      { files, cwd: io.cwd },
    );
  else if (stale.length > 0) io.stderr.write(staleNote(stale, shown));
  return judged;
}

function staleNote(stale: readonly BaselineEntry[], shown: string): string {
  const [first] = stale;
  const what = [first?.rule, first?.object ?? first?.file]
    .filter((part) => part !== undefined)
    .join(' at ');
  const more = stale.length > 1 ? ` and ${stale.length - 1} more` : '';
  return `${shown}: ${what}${more} is reported no longer; --prune-baseline takes it out\n`;
}

/** Without `files` it is one that was named. */
function read(path: string, shown: string, files: FileSystem | undefined): BaselineEntry[] {
  let text: string;
  try {
    const bytes = files === undefined ? disk.bytes(path, true) : files.bytes(path);
    text = bytes.toString('utf8');
  } catch (error) {
    const { code, message } = systemProblem(shown, error, true);
    throw new UsageError(
      code === 'missing'
        ? `baseline ${shown} cannot be read; --update-baseline writes one`
        : `baseline ${shown} ${message}`,
    );
  }
  try {
    return parseBaseline(text);
  } catch (error) {
    throw new UsageError(`baseline ${shown} ${(error as Error).message}`);
  }
}

function write(path: string, shown: string, text: string, place: Place): void {
  try {
    writeWhole(path, text, place);
  } catch (error) {
    throw new UsageError(`cannot write ${shown}: ${whyNotWritten(error)}`);
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
