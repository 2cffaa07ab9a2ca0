import { describe, expect, test } from 'vitest';
import {
  applyEdits,
  insertAfter,
  originalOffset,
  removeEntry,
} from '../../scripts/mutate/edits.ts';
import { load } from '../../src/index.ts';
import type { TextEdit } from '../../src/lint/diagnostic.ts';
import { entryOf, type MapNode } from '../../src/manifest/node.ts';

/** The labels of one object whose metadata is given. */
function labelsOf(metadata: string): { text: string; labels: MapNode } {
  const text = `apiVersion: v1\nkind: Pod\nmetadata:\n${metadata}`;
  const labels = entryOf(
    entryOf(load([{ path: 'pod.yaml', text }])[0]?.objects[0]?.node, 'metadata')?.value,
    'labels',
  )?.value;
  if (labels?.type !== 'map') throw new Error('no labels');
  return { text, labels };
}

describe('removeEntry', () => {
  test.each([
    [
      'the first of a block',
      '  labels:\n    app: web # us\n    tier: front\n',
      'app',
      '  labels:\n    tier: front\n',
    ],
    [
      'the last of a block',
      '  labels:\n    app: web\n    tier: front',
      'tier',
      '  labels:\n    app: web\n',
    ],
    [
      'the first in braces',
      '  labels: { app: web, tier: front }\n',
      'app',
      '  labels: { tier: front }\n',
    ],
    [
      'the last in braces',
      '  labels: { app: web, tier: front }\n',
      'tier',
      '  labels: { app: web }\n',
    ],
    ['the only one in braces', '  labels: {app: web}\n', 'app', '  labels: {}\n'],
  ])('%s', (_title, before, key, after) => {
    const { text, labels } = labelsOf(before);
    const edit = removeEntry(text, labels, key);
    expect(edit && applyEdits(text, [edit]).slice(text.indexOf('  labels'))).toBe(after);
  });

  test('not what an anchor brought in', () => {
    const { text, labels } = labelsOf(
      '  annotations: &all\n    app: web\n  labels:\n    <<: *all\n    tier: front\n',
    );
    expect(removeEntry(text, labels, 'app')).toBeUndefined();
  });
});

test.each([
  [
    'block style',
    '  labels:\n    app: web # us\n    tier: front\n',
    '  labels:\n    app: web\n    new: one # us\n    tier: front\n',
  ],
  [
    'braces',
    '  labels: { app: web, tier: front }\n',
    '  labels: { app: web, new: one, tier: front }\n',
  ],
])('insertAfter keeps %s', (_title, before, after) => {
  const { text, labels } = labelsOf(before);
  const entry = entryOf(labels, 'app');
  if (entry === undefined) throw new Error('no entry');
  expect(
    applyEdits(text, [insertAfter(text, labels, entry, 'new', 'one')]).slice(
      text.indexOf('  labels'),
    ),
  ).toBe(after);
});

test('originalOffset leads every kept letter back to where it stood', () => {
  const text = 'abcdefghij';
  const edits: TextEdit[] = [
    { range: [7, 9], text: '' },
    { range: [2, 4], text: 'XYZ' },
    { range: [5, 5], text: '++' },
  ];
  const edited = applyEdits(text, edits);
  expect(edited).toBe('abXYZe++fgj');
  for (const letter of 'abefgj')
    expect(text[originalOffset(edited.indexOf(letter), edits)]).toBe(letter);
  for (const letter of 'XYZ')
    expect([2, 3]).toContain(originalOffset(edited.indexOf(letter), edits));
});
