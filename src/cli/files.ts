/**
 * What a run may read of the disk: what it is about, and nothing that only a file of the repository
 * points to.
 */
import { dirname, resolve } from 'node:path';
import { disk, diskWithin, rootsOf } from '../files/disk.ts';
import type { FileSystem } from '../files/file-system.ts';
import { observed } from '../files/observed.ts';
import { patternBase } from '../files/pattern.ts';
import { isPattern } from '../text/glob.ts';
import { findConfig } from './config.ts';
import type { CommandLine } from './flags.ts';
import type { Io } from './io.ts';

/**
 * The working directory, what was named, the directory of the configuration in force, and the
 * repositories that these lie in; everything with `--allow-outside`.
 * @param inputs as the user typed them
 * @throws UsageError where the configuration that was named is not there
 */
export function filesFor(
  inputs: readonly string[],
  line: CommandLine,
  { cwd, looksAt }: Pick<Io, 'cwd' | 'looksAt'>,
): FileSystem {
  const files = line.has('allow-outside') ? disk : diskWithin(rootsOf(placesOf(inputs, line, cwd)));
  return looksAt === undefined ? files : observed(files, looksAt);
}

function placesOf(inputs: readonly string[], line: CommandLine, cwd: string): string[] {
  const named = inputs
    .filter((input) => input !== '-')
    .map((input) => {
      const whole = resolve(cwd, input);
      return isPattern(input) && !disk.exists(whole) ? resolve(cwd, patternBase(input)) : whole;
    });
  const config = findConfig(inputs, line, cwd);
  const own = config === undefined ? [] : [dirname(config)];
  return [cwd, ...named, ...own];
}
