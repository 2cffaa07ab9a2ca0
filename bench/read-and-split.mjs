// The floor that reading is measured against: walk a folder, read every manifest, split it at
// document separators, and do nothing else. It is JavaScript, for it is timed under plain node.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
let documents = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    documents += readFileSync(join(entry.parentPath, entry.name), 'utf8').split(/^---/m).length;
}
process.stdout.write(`${documents}\n`);
