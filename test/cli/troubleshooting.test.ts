/**
 * docs/troubleshooting.md and the applications of examples/troubles: what is printed is true, and
 * each trouble is found.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withOutputs } from '../../scripts/generate-console.ts';
import { main } from '../../src/cli/main.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
const troubles = readdirSync(join(root, 'examples/troubles')).sort();
const sections = page.split(/^## (?=\d+\. )/m).slice(1);

async function findings(directory: string): Promise<{ rule: string; severity: string }[]> {
  let text = '';
  const quiet = { write: () => undefined, isTTY: false, columns: undefined };
  await main(['-o', 'json', directory], {
    stdin: async () => Buffer.alloc(0),
    stdout: { ...quiet, write: (part) => void (text += part) },
    stderr: quiet,
    env: {},
    cwd: root,
  });
  return (JSON.parse(text) as { diagnostics: { rule: string; severity: string }[] }).diagnostics;
}

describe('docs/troubleshooting.md', () => {
  it('prints what the commands print', async () => {
    expect(await withOutputs(page), 'npm run generate').toBe(page);
  });

  it('has a section and a folder for each of ten troubles, and for security', () => {
    expect(sections).toHaveLength(11);
    expect(troubles).toHaveLength(11);
    for (const [index, section] of sections.entries())
      expect(section).toContain(`examples/troubles/${troubles[index]}`);
  });

  it.each(troubles.map((name, index) => ({ name, index })))(
    'finds fault with $name, and lists the rules that do',
    async ({ name, index }) => {
      const found = await findings(`examples/troubles/${name}`);
      expect(found.some(({ severity }) => severity !== 'info')).toBe(true);
      const listed = /^\*\*Rules:\*\* ((?:.+\n)+)/m.exec(sections[index] ?? '')?.[1] ?? '';
      for (const { rule } of found) expect(listed).toContain(`[${rule}](rules/${rule}.md)`);
    },
  );

  it('links to what is there', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(60);
    expect(links.filter((path) => !existsSync(join(root, 'docs', path)))).toEqual([]);
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    const titles = sections.map((section) =>
      (section.split('\n')[0] ?? '')
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replace(/ /g, '-'),
    );
    expect(anchors).toEqual(titles);
  });
});
