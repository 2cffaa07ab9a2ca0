/**
 * Of every Service in the fixtures: lint, the summary, get, describe and diff say the same of its
 * endpoints.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../scripts/agreement/agreement.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { isEverything } from '../support/runs.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

const files = ['ok', 'bad', 'conformance'].flatMap((folder) =>
  readdirSync(join(fixtures, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.endsWith('.fixed.yaml'))
    .map((path) => join(folder, path)),
);

/** A third of them, each time another one. */
const part = Math.floor(Math.random() * 3);
const asked = files.filter((_, index) => isEverything || index % 3 === part);

describe('endpoints of the Services in the fixtures', () => {
  it('are the same whoever is asked', () => {
    const told: string[] = [];
    let services = 0;
    let empty = 0;
    for (const path of asked) {
      const text = readFileSync(join(fixtures, path), 'utf8');
      const { states, wrong } = agreementOf([readManifest(new SourceFile(path, text))], true);
      told.push(...wrong);
      services += states.reached + states.unknown + states.none;
      empty += states.none;
    }
    expect(told).toEqual([]);
    // Enough of them, or the test says nothing.
    expect(services).toBeGreaterThan(isEverything ? 500 : 150);
    expect(empty).toBeGreaterThan(isEverything ? 30 : 8);
  });
});
