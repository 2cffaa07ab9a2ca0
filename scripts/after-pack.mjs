/**
 * Refuses what `npm pack` has made where a developer forgot the library. Whoever installs from git
 * gets the command alone: there are no tools to build the library with, or, where pre-commit before
 * 4.7 has installed them, nobody who imports it.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const isDeveloper = existsSync('node_modules/tsx') && process.env.NODE_VIRTUAL_ENV === undefined;
if (isDeveloper && !existsSync('dist/index.mjs')) {
  const { npm_config_pack_destination: folder = '.', npm_package_version: version } = process.env;
  rmSync(join(folder, `kubeplumb-${version}.tgz`), { force: true });
  console.error('the library is not built, and the package would lack it: npm run library first');
  process.exitCode = 1;
}
