/** What processes take, each as a whole. */
import { spawnSync } from 'node:child_process';

export interface Contestant {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Done before each run, and not counted. */
  readonly before?: () => void;
}

export interface Measured {
  readonly name: string;
  /** Milliseconds of both processors together, user and system. */
  readonly cpu: number;
  /** CPU time by that of the first contestant, run by run. */
  readonly ratio: number;
  /** Milliseconds on the clock. */
  readonly wall: number;
  /** KiB at most; undefined where GNU time is not installed. */
  readonly memory: number | undefined;
}

interface Sample {
  readonly cpu: number;
  readonly wall: number;
}

/**
 * Medians over so many runs, after two that are not counted: a second one keeps what was compiled,
 * a third takes it. The contestants run in turn (A B C A B
 * C …), so that drift of the machine hits all alike.
 */
export function measured(contestants: readonly Contestant[], runs: number): Measured[] {
  const samples = contestants.map((): Sample[] => []);
  for (let run = -2; run < runs; run += 1)
    for (const [index, contestant] of contestants.entries()) {
      const sample = once(contestant);
      if (run >= 0) samples[index]?.push(sample);
    }
  const floor = samples[0] ?? [];
  return contestants.map((contestant, index) => {
    const own = samples[index] ?? [];
    return {
      name: contestant.name,
      cpu: median(own.map(({ cpu }) => cpu)),
      ratio: median(own.map(({ cpu }, run) => cpu / (floor[run]?.cpu ?? NaN))),
      wall: median(own.map(({ wall }) => wall)),
      memory: peak(contestant),
    };
  });
}

/** bash tells milliseconds of what it has run; GNU time only hundredths of a second. */
const timing = 'TIMEFORMAT="%3U %3S"; time "$@"';

function once(contestant: Contestant): Sample {
  contestant.before?.();
  const start = performance.now();
  const told = run(['bash', '-c', timing, 'bash', ...contestant.command], contestant);
  const wall = performance.now() - start;
  const [user = NaN, system = NaN] = told.split(' ').map(Number);
  return { cpu: (user + system) * 1000, wall };
}

const hasTime = spawnSync('/usr/bin/time', ['-f', '%M', 'true']).status === 0;

function peak(contestant: Contestant): number | undefined {
  if (!hasTime) return undefined;
  contestant.before?.();
  return Number(run(['/usr/bin/time', '-f', '%M', ...contestant.command], contestant));
}

/** The last line on stderr. */
function run([program, ...args]: readonly [string, ...string[]], { env }: Contestant): string {
  const { stderr, error } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env, LC_ALL: 'C' },
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return String(stderr).trim().split('\n').at(-1) ?? '';
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
