/** The executable: the only place that knows the process. */
import type { Output } from './io.ts';
import { main } from './main.ts';

/** Opened when it is first used: most runs have nothing to say on stderr. */
function output(open: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    // A reader that has seen enough (`| head`) is no failure.
    opened ??= open().on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
    return opened;
  };
  return {
    write: (text) => {
      if (text !== '') stream().write(text);
    },
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns;
    },
  };
}

async function readStdin(): Promise<Buffer> {
  if (process.stdin.isTTY)
    process.stderr.write('reading manifests from the terminal; Ctrl-D ends them\n');
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

void main(process.argv.slice(2), {
  stdin: readStdin,
  stdout: output(() => process.stdout),
  stderr: output(() => process.stderr),
  env: process.env,
  cwd: process.cwd(),
}).then((code) => {
  // Set, never exit(): what is still in a pipe has to get through.
  process.exitCode = code;
});
