import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Builds as `npm run build -- FLAGS` does, of the sources that lie here; throws with what was said
 * where there was anything: an error, or a warning that a module cannot be loaded late.
 */
export function build(...flags: readonly string[]): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/build.ts', ...flags],
    { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' },
  );
  if (status !== 0 || stderr !== '') throw new Error(`the build failed: ${stderr}`);
}
