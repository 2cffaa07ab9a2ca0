/** What `lint` reads, and of which of its files findings are shown. */
import type { FileSystem } from '../files/file-system.ts';
import { withText } from '../files/overlay.ts';
import { type EditorBuffer, editorBuffer } from './buffer.ts';
import { filesFor } from './files.ts';
import type { CommandLine } from './flags.ts';
import { inputPaths, refusePipe } from './inputs.ts';
import type { Io } from './io.ts';
import { checkWithin, type ReportFilter, reportFilter } from './report-filter.ts';

export interface LintScope {
  readonly paths: readonly string[];
  readonly files: FileSystem;
  /** Undefined: of all. */
  readonly isShown: ReportFilter | undefined;
  /** Findings with their other side in such a file are shown, too. */
  readonly showsOtherSides: boolean;
  readonly buffer?: EditorBuffer;
}

/** @throws UsageError */
export async function lintScope(line: CommandLine, io: Io): Promise<LintScope> {
  const buffer = await editorBuffer(line, io);
  if (buffer !== undefined) {
    const { paths, path, shown, text } = buffer;
    const files = withText(filesFor([...inputPaths(paths, line), path], line, io), path, text);
    return { paths, files, isShown: (file) => file.path === shown, showsOtherSides: false, buffer };
  }
  const within = line.list('within');
  const paths = within.length === 0 ? line.positionals : within;
  if (within.length > 0) checkWithin(line.positionals, within, io.cwd, line.has('allow-empty'));
  else await refusePipe('lint', line.positionals, line, io);
  return {
    paths,
    files: filesFor(inputPaths(paths, line), line, io),
    isShown: within.length === 0 ? undefined : reportFilter(line.positionals, io.cwd),
    showsOtherSides: true,
  };
}
