import { expect, test } from 'vitest';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: production
`;

test('values that were released are read again', () => {
  const [object] = readManifest(new SourceFile('settings.yaml', text)).objects;
  const before = object?.value;
  object?.content.release?.();
  expect(object?.value).not.toBe(before);
  expect(object?.value).toStrictEqual(before);
  expect(object?.value).toBe(object?.value);
});
