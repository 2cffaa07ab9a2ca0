// The floor that reading is measured against: walk a folder, read every manifest, split it at
// document separators, and do nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

let documents = 0;
for (const path of readdirSync(process.argv[2] ?? '.', { recursive: true })) {
  if (/\.(ya?ml|json)$/.test(path))
    documents += readFileSync(join(process.argv[2] ?? '.', path), 'utf8').split(/^---/m).length;
}
process.stdout.write(`${documents}\n`);
