/**
 * The examples on the pages of the rules are what they say: bad ones report that rule and nothing
 * else, good ones nothing at all.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import {
  lintExample,
  pageExamples,
  pagePath,
  regeneratePage,
  ruleList,
} from '../../scripts/generate-rule-docs.ts';

const root = join(import.meta.dirname, '../..');
const sections = [
  'What it finds',
  'Why it matters',
  'Bad',
  'Good',
  'How to fix',
  'When to ignore it',
];

describe.each(rules.map(({ meta }) => ({ id: meta.id, meta })))('$id', ({ id, meta }) => {
  const page = readFileSync(join(root, pagePath(id)), 'utf8');
  const examples = pageExamples(page);
  const ofSection = (wanted: string): string[] =>
    examples.filter(({ section }) => section === wanted).map(({ yaml }) => yaml);

  it('has the sections of a page, in order', () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(sections);
    for (const part of page.split(/^## /m).slice(1))
      expect(part.slice(part.indexOf('\n')).trim(), 'an empty section').not.toBe('');
  });

  it('is fresh (npm run generate)', () => {
    expect(regeneratePage(page, meta)).toBe(page);
  });

  it('links to Kubernetes, to the docs or the source at a tag', () => {
    const links = [...page.matchAll(/\]\((https:[^)]+)\)/g)].map(([, url = '']) => url);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links)
      expect(link).toMatch(
        /^https:\/\/(kubernetes\.io\/docs\/|github\.com\/(kubernetes|kubernetes-sigs|istio|prometheus-operator)\/[\w-]+\/blob\/v?\d)/,
      );
  });

  it('has lines that fit a screen', () => {
    const prose = page
      .replace(/^```[\s\S]*?^```$/gm, '')
      .split('\n')
      .filter((line) => !line.startsWith('|') && !line.includes('](https://'));
    for (const line of prose) expect(line.length, line).toBeLessThanOrEqual(140);
  });

  it.each(ofSection('Bad').map((yaml, index) => ({ yaml, number: index + 1 })))(
    'bad example $number reports it and nothing else',
    ({ yaml }) => {
      const { diagnostics } = lintExample(yaml, id);
      expect(
        [...new Set(diagnostics.map(({ rule }) => rule))],
        diagnostics.map(({ message }) => message).join('\n'),
      ).toEqual([id]);
    },
  );

  it.each(ofSection('Good').map((yaml, index) => ({ yaml, number: index + 1 })))(
    'good example $number is silent',
    ({ yaml }) => {
      const { diagnostics, summary } = lintExample(yaml, id);
      const open = diagnostics.filter(({ suppressed }) => suppressed === undefined);
      expect(open.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
      expect(summary.objects).toBeGreaterThan(0);
    },
  );

  it('has a bad and a good example', () => {
    expect(ofSection('Bad').length).toBeGreaterThan(0);
    expect(ofSection('Good').length).toBeGreaterThan(0);
  });
});

describe('the list of rules', () => {
  it('is fresh (npm run generate)', () => {
    expect(readFileSync(join(root, 'docs/rules/README.md'), 'utf8')).toBe(ruleList());
  });
});
