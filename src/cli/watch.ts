/** What is told of long work while it goes on, and where the time went. */
import { largest } from '../lists.ts';
import { counted } from '../report/text.ts';
import type { Io } from './io.ts';

export interface Watch {
  /** Does a piece of the work, and counts the time for it. */
  timed<T>(what: string, work: () => T): T;
  /** The same for work that others do in between: call what it gives at the end. */
  starts(what: string): () => void;
  /** One more directory is listed. */
  directory(): void;
  /** One more file is read. */
  file(): void;
  /** One more unit is judged. */
  unit(): void;
  /** Brings the line on the terminal up to date, when it is time. */
  show(): void;
  /** Takes the line away: something else is about to be printed. */
  clear(): void;
  /** A table: what, seconds. */
  stats(): string;
}

export const unwatched: Watch = {
  timed: (_, work) => work(),
  starts: () => () => undefined,
  directory: () => undefined,
  file: () => undefined,
  unit: () => undefined,
  show: () => undefined,
  clear: () => undefined,
  stats: () => '',
};

/** Milliseconds after which people begin to wonder, and between two looks at the clock's hand. */
const patience = 2000;
const between = 100;

/** Stages in their order; everything else is the id of a rule. */
const stages = ['read', 'parse', 'units', 'predict', 'report'] as const;

interface Row {
  readonly what: string;
  /** Milliseconds. */
  readonly time: number;
  readonly note: string;
}

interface Wanted {
  /** No line on the terminal. */
  readonly quiet: boolean;
  /** Somebody will ask for the table. */
  readonly stats: boolean;
}

export function watchOf(io: Io, { quiet, stats }: Wanted): Watch {
  const now = io.now ?? (() => 0);
  const began = now();
  const spent = new Map<string, number>();
  let directories = 0;
  let files = 0;
  let units = 0;
  let shownAt: number | undefined;
  const isWatched = !quiet && io.stderr.isTTY && (io.env['CI'] ?? '') === '';
  const add = (what: string, since: number): void => {
    spent.set(what, (spent.get(what) ?? 0) + now() - since);
  };
  const show = (): void => {
    if (!isWatched) return;
    const time = now();
    if (time - began < patience || time - (shownAt ?? -Infinity) < between) return;
    shownAt = time;
    const text =
      files === 0
        ? `${counted(directories, 'directory', 'directories')} looked through`
        : `${counted(files, 'file')} ` +
          `read${units === 0 ? '' : `, ${counted(units, 'unit')} judged`}`;
    io.stderr.write(`\r${text.slice(0, (io.stderr.columns ?? 80) - 1)}\u001B[K`);
  };
  const timed = <T>(what: string, work: () => T): T => {
    const since = now();
    try {
      return work();
    } finally {
      add(what, since);
    }
  };
  const starts = (what: string): (() => void) => {
    const since = now();
    return () => add(what, since);
  };
  return {
    ...(stats ? { timed, starts } : { timed: unwatched.timed, starts: unwatched.starts }),
    directory() {
      directories += 1;
      show();
    },
    file() {
      files += 1;
      show();
    },
    unit() {
      units += 1;
      show();
    },
    show,
    clear() {
      if (shownAt !== undefined) io.stderr.write('\r\u001B[K');
      shownAt = undefined;
    },
    stats() {
      const notes = new Map([
        ['read', counted(files, 'file')],
        ['units', `${counted(units, 'unit')} judged`],
      ]);
      return tableText(rowsOf(spent, now() - began, notes, io.usage?.()));
    },
  };
}

/** Stages, rules with the slowest first, what is left, and the whole. */
function rowsOf(
  spent: ReadonlyMap<string, number>,
  total: number,
  notes: ReadonlyMap<string, string>,
  used: ReturnType<NonNullable<Io['usage']>> | undefined,
): Row[] {
  const row = (what: string, time: number, note = ''): Row => ({ what, time, note });
  const sum = (rows: readonly Row[]): number => rows.reduce((all, { time }) => all + time, 0);
  const known: readonly string[] = stages;
  const ofStages = stages
    .filter((stage) => spent.has(stage))
    .map((stage) => row(stage, spent.get(stage) ?? 0, notes.get(stage)));
  const ofRules = [...spent]
    .filter(([what]) => !known.includes(what))
    .sort((a, b) => b[1] - a[1])
    .map(([id, time]) => row(`  ${id}`, time));
  const rules = sum(ofRules);
  const note =
    used === undefined
      ? ''
      : `${used.cpuSeconds.toFixed(2)} s of CPU, ${Math.round(used.peakBytes / 1e6)} MB at most`;
  return [
    ...ofStages,
    row('rules', rules),
    ...ofRules,
    row('all else', total - sum(ofStages) - rules),
    row('in all', total, note),
  ];
}

function tableText(rows: readonly Row[]): string {
  const width = largest(rows.map(({ what }) => what.length));
  return rows
    .map(({ what, time, note }) => {
      const seconds = (time / 1000).toFixed(3).padStart(8);
      return `${what.padEnd(width)}  ${seconds} s  ${note}`.trimEnd() + '\n';
    })
    .join('');
}
