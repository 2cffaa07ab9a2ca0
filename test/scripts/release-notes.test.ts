import { describe, expect, it } from 'vitest';
import { releaseNotes } from '../../scripts/release-notes.ts';

const changelog = `# Changelog

A word to begin with.

## 1.1.0 – 2026-12-01

- more

### Rules

- a rule

## 1.0.0 – 2026-11-01

- the first

## 0.9.0 – unreleased

- too early

## 0.8.0 – 2026-01-01
`;

describe('the notes of a release', () => {
  it('are its section of the changelog', () => {
    expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toBe('- more\n\n### Rules\n\n- a rule\n');
    expect(releaseNotes('v1.0.0', '1.0.0', changelog)).toBe('- the first\n');
  });

  it.each([
    ['v1.0.1', '1.0.0', 'the tag is v1.0.1, but package.json says 1.0.0: npm version sets both'],
    ['v2.0.0', '2.0.0', 'CHANGELOG.md has no section "## 2.0.0 – DATE"'],
    [
      'v0.9.0',
      '0.9.0',
      'CHANGELOG.md says "0.9.0 – unreleased": write the date of the release there',
    ],
    ['v0.8.0', '0.8.0', 'CHANGELOG.md says nothing of 0.8.0'],
  ])('do not come before everything agrees: %s', (tag, version, message) => {
    expect(() => releaseNotes(tag, version, changelog)).toThrow(message);
  });
});
