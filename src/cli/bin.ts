/** The executable: the only place that knows the process. */
import { fstatSync, writeFileSync } from 'node:fs';
import { changesOf } from '../files/changes.ts';
import { whyNotWritten } from '../files/write.ts';
import { mostStdinBytes } from '../text/limits.ts';
import type { Output } from './io.ts';
import { main } from './main.ts';
import { UsageError } from './usage-error.ts';

/** What was to be printed was not, or not all of it. */
let cut = false;

/** What could not be written, told once: a stack trace would help nobody. */
function failed(error: NodeJS.ErrnoException, name: 'stdout' | 'stderr'): void {
  // A reader that has seen enough (`| head`) is not a failure.
  if (error.code === 'EPIPE' || cut) return;
  cut = true;
  process.exitCode = 2;
  if (name === 'stderr') return;
  process.stderr.once('error', () => undefined);
  process.stderr.write(`error: cannot write to stdout: ${whyNotWritten(error)}\n`);
}

/** Opened when it is first used: most runs have nothing to say on stderr. */
function output(name: 'stdout' | 'stderr'): Output {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    opened ??= process[name].on('error', (error: NodeJS.ErrnoException) => failed(error, name));
    return opened;
  };
  return {
    write(text) {
      if (text === '') return;
      const fd = name === 'stdout' ? 1 : 2;
      stream();
      if (!isFile(fd)) stream().write(text);
      // The stream of a file takes no notice of a write that a full disk has cut short.
      else
        try {
          writeFileSync(fd, text);
        } catch (error) {
          failed(error as NodeJS.ErrnoException, name);
        }
    },
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns;
    },
  };
}

function isFile(fd: number): boolean {
  return fstatSync(fd).isFile();
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

void main(process.argv.slice(2), {
  stdin: readStdin,
  stdout: output('stdout'),
  stderr: output('stderr'),
  env: process.env,
  cwd: process.cwd(),
  isPiped: () => {
    try {
      const stdin = fstatSync(0);
      return stdin.isFIFO() || stdin.isFile();
    } catch {
      return false;
    }
  },
  changes: changesOf,
  now: () => performance.now(),
  usage: () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 };
  },
}).then((code) => {
  // Set, never exit(): what is still in a pipe has to get through.
  process.exitCode = cut ? 2 : code;
});
