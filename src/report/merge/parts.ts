/** Whether the reports that are to be joined are all parts of one run, each once. */
import { enumerate } from '../../text/enumerate.ts';

export interface ReportPart {
  /** What it is called in messages: its file. */
  readonly name: string;
  readonly shard?: { readonly index: number; readonly count: number };
  readonly toolVersion: string;
}

/** Why reports cannot be joined: one sentence, lower case, no full stop. */
export class MergeError extends Error {}

/** Reports without shards are of different inputs, and can always be joined. @throws MergeError */
export function checkParts(parts: readonly ReportPart[]): void {
  const [first] = parts;
  if (first === undefined) return;
  const other = parts.find(({ toolVersion }) => toolVersion !== first.toolVersion);
  if (other !== undefined)
    throw new MergeError(
      `${first.name} was written by kubeplumb ${first.toolVersion} and ${other.name} by ` +
        `${other.toolVersion}; one version has to write all of them`,
    );
  const whole = parts.find(({ shard }) => shard === undefined);
  const part = parts.find(({ shard }) => shard !== undefined);
  if (part?.shard === undefined) return;
  if (whole !== undefined)
    throw new MergeError(`${part.name} is a part of a run, and ${whole.name} a whole one`);
  const { count } = part.shard;
  const seen = new Map<number, string>();
  for (const { name, shard } of parts) {
    if (shard === undefined) continue;
    if (shard.count !== count)
      throw new MergeError(
        `${part.name} is one of ${count} parts, and ${name} one of ${shard.count}`,
      );
    const same = seen.get(shard.index);
    if (same !== undefined)
      throw new MergeError(`${same} and ${name} are both part ${shard.index} of ${count}`);
    seen.set(shard.index, name);
  }
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((at) => !seen.has(at));
  if (missing.length > 0)
    throw new MergeError(
      `${missing.length === 1 ? 'part' : 'parts'} ${enumerate(missing.map(String))} of ` +
        `${count} ${missing.length === 1 ? 'is' : 'are'} missing`,
    );
}

/** Those of one report that no earlier one had. */
export function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
