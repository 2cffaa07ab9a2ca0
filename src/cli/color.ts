/**
 * Whether to colour, by the customs of no-color.org and force-color.org; an explicit flag is
 * stronger.
 */
import { ansiStyle, plainStyle, type Style } from '../report/style.ts';
import type { CommandLine } from './flags.ts';
import type { Io, Output } from './io.ts';

/** What is written to stdout, with links where somebody reads it. */
export function stdoutStyle(line: CommandLine, { stdout, env }: Io): Style {
  return usesColor(line.value('color'), stdout, env) ? ansiStyle(stdout.isTTY) : plainStyle;
}

export function usesColor(
  flag: string | undefined,
  output: Output,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (flag === 'always') return true;
  if (flag === 'never') return false;
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return output.isTTY && env['TERM'] !== 'dumb';
}
