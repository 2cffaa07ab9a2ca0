/** The executable: the only place that knows the process. */
import { fstatSync, type Stats, statSync, writeSync } from 'node:fs';
import { changesOf } from '../files/changes.ts';
import { whyNotWritten } from '../files/write.ts';
import { mostStdinBytes } from '../text/limits.ts';
import type { Arrival, Output } from './io.ts';
import { main } from './main.ts';
import { UsageError } from './usage-error.ts';

/** What was to be printed was not, or not all of it. */
let cut = false;

/** A stream may still hold what was given to it. */
let streams = false;

/** What could not be written, told once: a stack trace would help nobody. */
function failed(error: NodeJS.ErrnoException, name: 'stdout' | 'stderr'): void {
  // A reader that has seen enough (`| head`) is not a failure.
  if (error.code === 'EPIPE' || cut) return;
  cut = true;
  process.exitCode = 2;
  streams = true;
  if (name === 'stderr') return;
  process.stderr.once('error', () => undefined);
  process.stderr.write(`error: cannot write to stdout: ${whyNotWritten(error)}\n`);
}

/**
 * Files and pipes are written to as they are: opening a stream takes longer than all that most runs
 * have to say.
 */
function output(name: 'stdout' | 'stderr'): Output {
  const fd = name === 'stdout' ? 1 : 2;
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    streams = true;
    opened ??= process[name].on('error', (error: NodeJS.ErrnoException) => failed(error, name));
    return opened;
  };
  return {
    write(text) {
      if (text === '') return;
      try {
        const left = opened === undefined && isPlain(fd) ? writeNow(fd, text) : text;
        if (left.length > 0) stream().write(left);
      } catch (error) {
        failed(error as NodeJS.ErrnoException, name);
      }
    },
    get isTTY() {
      return !isPlain(fd) && stream().isTTY === true;
    },
    get columns() {
      // A terminal that does not know its width says 0.
      return isPlain(fd) ? undefined : stream().columns || undefined;
    },
  };
}

/** A file, a pipe or nothing at all: no terminal, and written to without a stream. */
function isPlain(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    const isDevice = stats.isCharacterDevice();
    return isDevice ? stats.rdev === statSync('/dev/null').rdev : stats.isFile() || stats.isFIFO();
  } catch {
    return false;
  }
}

/** What is left once a pipe that does not wait takes no more. */
function writeNow(fd: number, text: string): Buffer | string {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return bytes.subarray(written);
      throw error;
    }
  }
  return '';
}

async function readStdin(): Promise<Buffer> {
  if (process.stdin.isTTY)
    process.stderr.write('reading manifests from the terminal; Ctrl-D ends them\n');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostStdinBytes)
      throw new UsageError(`stdin gives more than ${mostStdinBytes / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Runners give their commands a pipe with nothing in it: GitHub Actions and pre-commit close it as
 * a command starts, GitLab's scripts run behind `: |`, cron's pipe holds what follows a `%`. So it
 * matters what comes. A socket is what sshd and Node's `exec` give, open as long as a terminal.
 */
async function comesThroughStdin(): Promise<Arrival> {
  const stats = statsOf(0);
  if (stats?.isFile() === true) return stats.size > 0 ? 'something' : 'nothing';
  if (stats?.isFIFO() !== true && stats?.isSocket() !== true) return 'no pipe';
  const { stdin } = process;
  const came = await new Promise<Arrival>((resolve) => {
    const timer = setTimeout(resolve, stats.isFIFO() ? 5000 : 250, 'not yet');
    const tell = (arrival: Arrival): void => {
      clearTimeout(timer);
      resolve(arrival);
    };
    stdin.once('readable', () => tell(stdin.read() === null ? 'nothing' : 'something'));
    stdin.once('error', () => tell('nothing'));
  });
  // Whoever holds the other end may keep it open: nothing waits for it any longer.
  stdin.destroy();
  return came === 'not yet' && stats.isSocket() ? 'nothing' : came;
}

function statsOf(fd: number): Stats | undefined {
  try {
    return fstatSync(fd);
  } catch {
    return undefined;
  }
}

void main(process.argv.slice(2), {
  stdin: readStdin,
  stdout: output('stdout'),
  stderr: output('stderr'),
  env: process.env,
  cwd: process.cwd(),
  comesThroughStdin,
  changes: changesOf,
  now: () => process.uptime() * 1000,
  usage: () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 };
  },
}).then((code) => {
  process.exitCode = cut ? 2 : code;
  // What is still in a pipe has to get through. Where nothing is, the heap need not be taken apart.
  if (!streams) process.exit();
});
