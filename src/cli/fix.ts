/** `--fix` and `--diff`: what the fixes make of the files, written back or shown. */
import { resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { decode } from '../files/decode.ts';
import { stdinName } from '../files/inputs.ts';
import { type Place, whyNotWritten, writeWhole } from '../files/write.ts';
import type { LintResult } from '../lint/diagnostic.ts';
import type { Fixed } from '../lint/fixes/fix-all.ts';
import type { SourceFile } from '../manifest/source.ts';
import { getOwn } from '../own.ts';
import { fixAll, type Project, testDataOf } from '../project/project.ts';
import { harmless, jsonText, printable } from '../report/safe-text.ts';
import { counted } from '../report/text.ts';
import type { FixRequest } from './fix-request.ts';
import { failed, problemLines } from './inputs.ts';
import type { ExitCode, Io } from './io.ts';
import type { LintRun } from './lint-run.ts';
import { noteLines } from './note.ts';
import { OutsideError } from './usage-error.ts';

/**
 * Writes what is fixed, or shows it; what is left to say must not get into manifests that are
 * printed.
 */
export function fixed(
  { project, scope: { files, buffer, isShown }, line, io }: LintRun,
  { safety, dryRun }: FixRequest,
  judge: (project: Project) => LintResult,
): { readonly code: ExitCode } | { readonly result: LintResult; readonly shown: Io } {
  const { inputs } = project;
  const place = { files, cwd: io.cwd };
  const isTestData = (file: SourceFile): boolean =>
    !line.has('show-test-data') && testDataOf(project)(file.path) !== undefined;
  const done = fixAll(project, {
    safety,
    mayChange: (file) =>
      buffer === undefined ? mayChange(file, place) && !isTestData(file) : isShown?.(file) === true,
    judge,
  });
  if (dryRun) {
    io.stderr.write(problemLines(inputs.problems));
    writePatch(patchOf(done), io);
    if (done.files.length === 0 && !line.has('quiet')) {
      const isMore = done.result.diagnostics.some(({ fixes }) => fixes.length > 0);
      io.stderr.write(`nothing to fix${isMore ? '; --fix=unsafe --diff shows guesses' : ''}\n`);
    }
    return { code: failed(inputs, line) ? 2 : done.files.length > 0 ? 1 : 0 };
  }
  const pipe = buffer?.shown ?? stdinName;
  io.stderr.write(`${writeFixed(done, place, pipe)}\n`);
  const piped = fixedPipe(done, pipe, inputs.files) ?? buffer?.text.toString('utf8');
  if (piped === undefined) return { result: done.result, shown: io };
  io.stdout.write(piped);
  return { result: done.result, shown: { ...io, stdout: io.stderr } };
}

/**
 * What comes out of a renderer cannot be written back, and what lies elsewhere must not be; what
 * came through a pipe goes on through one.
 */
function mayChange({ path }: SourceFile, place: Place): boolean {
  if (path === stdinName) return true;
  return rawText(resolve(place.cwd, path), place) !== undefined;
}

/**
 * One patch for all files, as `git apply` takes it; the paths are relative to the working
 * directory.
 */
function patchOf({ files }: Fixed): string {
  return files
    .map(({ before: { path, text }, after }) =>
      createTwoFilesPatch(
        patchPath(`a/${path}`),
        patchPath(`b/${path}`),
        text,
        after,
        undefined,
        undefined,
        {
          context: 3,
        },
      ),
    )
    .map((patch) => patch.replace(/^=+\n/, ''))
    .join('');
}

/**
 * A patch is made of what stands in files. Where a terminal or the runner of a CI system reads it,
 * what they would obey is shown and not given to them, and such a patch no longer applies; to a
 * file or a program it goes as it is.
 */
function writePatch(patch: string, { stdout, stderr, env }: Io): void {
  const isObeyed = stdout.isTTY || runners.some((name) => (getOwn(env, name) ?? '') !== '');
  const shown = isObeyed ? harmless(patch.split('\n').map(printableLine).join('\n')) : patch;
  stdout.write(shown);
  if (shown !== patch)
    stderr.write(
      noteLines(
        'the patch holds control characters or commands to CI systems, which are shown here and ' +
          'not given out, so that it does not apply; on a machine of your own, write it to a file',
        stderr,
      ),
    );
}

/** Set where a log is read for commands. */
const runners = ['CI', 'GITHUB_ACTIONS', 'GITLAB_CI', 'TF_BUILD', 'TEAMCITY_VERSION'];

/** Tabs and the end of a line of Windows are as harmless as they are common. */
function printableLine(line: string): string {
  return line.replace(/[^\t\r]+|\r(?!$)/g, printable);
}

/** As git writes it: in quotes where it holds what a line cannot. */
function patchPath(path: string): string {
  return printable(path) === path && !/["\\]/.test(path) ? path : jsonText(path);
}

/**
 * What came through the pipe, fixed or as it was; undefined where nothing did. `pipe` is the path
 * that it goes by.
 */
function fixedPipe(
  { files }: Fixed,
  pipe: string,
  read: readonly SourceFile[],
): string | undefined {
  const before = read.find(({ path }) => path === pipe);
  const fixed = files.find(({ before: { path } }) => path === pipe);
  return fixed?.after ?? before?.text;
}

/**
 * Says which findings are fixed, and where. @throws OutsideError when a file is no longer what was
 * read.
 */
function writeFixed({ files, fixed }: Fixed, place: Place, pipe: string): string {
  for (const { before, after } of files) {
    if (before.path === pipe) continue;
    const path = resolve(place.cwd, before.path);
    const raw = rawText(path, place);
    if (raw === undefined || raw.text !== before.text)
      throw new OutsideError(`${before.path} has changed since it was read; run --fix again`);
    try {
      writeWhole(path, `${raw.mark}${after}`, place);
    } catch (error) {
      throw new OutsideError(`cannot write ${before.path}: ${whyNotWritten(error)}`);
    }
  }
  if (fixed.length === 0) return 'nothing to fix';
  const lines = fixed.map(
    ({ file, range, rule, title }) =>
      `  ${printable(file.path)}:${file.position(range[0]).line}: ${printable(title)} (${rule})\n`,
  );
  return (
    `fixed ${counted(fixed.length, 'finding')} in ` +
    `${counted(files.length, 'file')}:\n${lines.join('').trimEnd()}`
  );
}

/** The text as it was linted, and the byte order mark before it, if there is one. */
function rawText(path: string, { files }: Place): { mark: string; text: string } | undefined {
  try {
    const bytes = files.bytes(path);
    const decoded = decode(bytes);
    if (!('text' in decoded)) return undefined;
    return {
      mark: bytes.length > Buffer.byteLength(decoded.text) ? '\uFEFF' : '',
      text: decoded.text,
    };
  } catch {
    return undefined;
  }
}
