/** Command lines of scripts: wrong use ends with the usage, never with a stack trace. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** As `parseArgs`; `--help`, and what nobody knows, print the usage and end the process. */
export function argumentsOf<T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  const args = config.args ?? process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return wrongUse((error as Error).message, usage);
  }
}

/** The path of a directory that is there. */
export function folderOf(path: string, usage: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? resolve(path) : wrongUse(`${path} is no directory`, usage);
}

function wrongUse(message: string, usage: string): never {
  console.error(`${message}\n${usage}`);
  process.exit(2);
}
