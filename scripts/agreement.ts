/**
 * npm run agreement -- FOLDER
 *
 * Asks every way of looking at endpoints about each Service of every repository (direct
 * subdirectory) of FOLDER, and prints where they differ. See docs/quality.md.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { agreementOf } from './agreement/agreement.ts';
import { readRepository } from './triage/repository.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npm run agreement -- FOLDER');
  process.exitCode = 2;
} else {
  const names = readdirSync(resolve(folder)).filter(
    (name) => !name.startsWith('.') && statSync(join(resolve(folder), name)).isDirectory(),
  );
  for (const name of names.sort()) {
    const manifests = await readRepository(join(resolve(folder), name));
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
