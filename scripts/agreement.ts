/**
 * npm run agreement -- FOLDER
 *
 * Asks every way of looking at endpoints about each Service of every repository (direct
 * subdirectory) of FOLDER, and prints where they differ. See docs/quality.md.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { agreementOf } from './agreement/agreement.ts';
import { argumentsOf, folderOf } from './arguments.ts';
import { readRepository } from './triage/repository.ts';

const usage = 'usage: npm run agreement -- FOLDER';
const [named] = argumentsOf(usage, { allowPositionals: true }).positionals;
if (named === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const folder = folderOf(named, usage);
  const names = readdirSync(folder).filter(
    (name) => !name.startsWith('.') && statSync(join(folder, name)).isDirectory(),
  );
  for (const name of names.sort()) {
    const manifests = await readRepository(join(folder, name));
    const { states, wrong } = agreementOf(manifests, false);
    for (const text of wrong) console.log(`${name}/${text}`);
    const services = states.reached + states.unknown + states.none;
    console.log(
      `${name}: ${services} Services, ${states.reached} reached, ${states.unknown} unknown, ` +
        `${states.none} none; ${wrong.length} disagreements`,
    );
    if (wrong.length > 0) process.exitCode = 1;
  }
}
