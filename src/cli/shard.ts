/** `--shard K/N`. */
import type { Shard } from '../units/shards.ts';
import type { CommandLine } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** What has to see everything at once. */
const wholeOnly = ['fix', 'diff', 'update-baseline', 'prune-baseline'] as const;

/** @throws UsageError for one that is none, or where it cannot be a part only */
export function shardOf(line: CommandLine): Shard | undefined {
  const written = line.value('shard');
  if (written === undefined) return undefined;
  const [, k = '', n = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(written) ?? [];
  const [index, count] = [Number(k), Number(n)];
  if (k === '' || index < 1 || index > count)
    throw new UsageError(
      `--shard ${written} is not a part: write K/N, such as 1/4 for the first of four`,
      'lint',
    );
  const other = wholeOnly.find((flag) => line.has(flag));
  if (other !== undefined)
    throw new UsageError(`--${other} needs the whole input, not --shard ${written} of it`, 'lint');
  return { index, count };
}
