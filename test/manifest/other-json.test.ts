import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/manifest/json.ts';
import { manifest, states } from './support.ts';

const dashboard = '{"title": "a", "panels": [{"kind": "x", "title": "b", "title": "c"}]}';
/** More than is looked at before a text is given to V8. */
const long = `"metadata": {"name": "a", "annotations": {"a": "${'x'.repeat(2000)}"}}`;

describe('JSON of another program', () => {
  it.each([
    ['alone', dashboard],
    ['with blanks and a byte order mark', `\ufeff \n${dashboard}\r\n\t`],
    ['with a number as apiVersion', '{"apiVersion_": 1, "kind": {"a": 1}}'],
    ['with empty names', '{"x": "apiVersion", "kind": ""}'],
  ])('%s is foreign, and has its tree where somebody asks', (_, text) => {
    const read = manifest(text);
    expect(states(read)).toEqual(['foreign']);
    const [document] = read.documents;
    const start = text.indexOf('{');
    const tree = readJson(text, start);
    expect(document?.range).toEqual([start, tree?.end]);
    expect(document?.node).toEqual(tree?.root);
    expect(document?.duplicateKeys).toEqual(tree?.duplicateKeys);
  });

  it('is none where apiVersion or kind stand far behind', () => {
    expect(states(manifest(`{${long}, "apiVersion": "v1", "kind": "Service"}`))).toEqual([
      'objects',
    ]);
    expect(states(manifest(`{${long}, "kind": "Service"}`))).toEqual(['broken: type-meta']);
  });

  it('is none where something follows', () => {
    const service = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}}';
    expect(states(manifest(`${dashboard}\n${service}`))).toEqual(['broken: type-meta', 'objects']);
    expect(states(manifest(`${dashboard}\n---\n${service}`))).toEqual([
      'broken: type-meta',
      'objects',
    ]);
  });
});
