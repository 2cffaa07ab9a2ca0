/**
 * npx tsx scripts/release-notes.ts v1.4.0
 *
 * What CHANGELOG.md says of a release, for its page on GitHub; fails where tag, package.json and
 * changelog do not agree.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './generated-file.ts';

/** @throws Error that says what has to be done first */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`)
    throw new Error(`the tag is ${tag}, but package.json says ${version}: npm version sets both`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`${version} `));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section "## ${version} – DATE"`);
  const [heading = '', ...lines] = section.split('\n');
  if (!/ – \d{4}-\d{2}-\d{2}$/.test(heading))
    throw new Error(`CHANGELOG.md says "${heading}": write the date of the release there`);
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return `${notes}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const [tag = ''] = process.argv.slice(2);
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  try {
    process.stdout.write(releaseNotes(tag, version, read('CHANGELOG.md')));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
