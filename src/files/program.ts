/** Where a program is: on the PATH, and never in the directory that is looked at. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The absolute path of a program, or undefined. Parts of the PATH that count from the working
 * directory are left out, and so is the working directory itself, where Windows would look first: a
 * repository that holds a `git.exe` must not have it run.
 */
export function programPath(name: string, env: Environment): string | undefined {
  const windows = process.platform === 'win32';
  const path = windows ? (env['PATH'] ?? env['Path']) : env['PATH'];
  for (const directory of (path ?? '').split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const file = join(directory, windows ? `${name}.exe` : name);
    if (isProgram(file)) return file;
  }
  return undefined;
}

function isProgram(file: string): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
