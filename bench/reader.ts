/**
 * A program of its own, which `readers.ts` bundles: reads every manifest of a folder with one
 * reader, as often as it is told, and prints the milliseconds of CPU time of each pass, the first
 * one with the start of node.
 *
 *   reader.cjs FOLDER READER PASSES
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readManifest } from '../src/manifest/read.ts';
import { SourceFile } from '../src/manifest/source.ts';

const readers: Readonly<Record<string, (path: string, text: string) => void>> = {
  split: (_, text) => void text.split(/^---/m),
  kubeplumb: (path, text) => void readManifest(new SourceFile(path, text)),
  yaml: (_, text) => {
    try {
      for (const document of parseAllDocuments(text, { logLevel: 'silent' }))
        if ('errors' in document) document.toJS();
    } catch {
      // An alias of nothing, mostly of a template.
    }
  },
};

const [, , folder = '.', name = '', passes = '1'] = process.argv;
const times = Array.from({ length: Number(passes) }, (_, pass) => {
  const before = pass === 0 ? { user: 0, system: 0 } : process.cpuUsage();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ya?ml|json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    readers[name]?.(path, readFileSync(path, 'utf8'));
  }
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1000);
});
process.stdout.write(JSON.stringify(times));
