/** What `--fix` and `--diff` ask for. */
import type { Fix } from '../lint/diagnostic.ts';
import type { CommandLine } from './flags.ts';

export interface FixRequest {
  readonly safety: Fix['safety'];
  /** Show what would change, and change nothing. */
  readonly dryRun: boolean;
}

export function fixRequest(line: CommandLine): FixRequest | undefined {
  if (!line.has('fix') && !line.has('diff')) return undefined;
  const value = line.value('fix');
  return { safety: value === 'unsafe' ? 'unsafe' : 'safe', dryRun: line.has('diff') };
}
