/**
 * Fixes until nothing is left to fix: what one fix makes of a manifest may bring another finding to
 * light.
 */
import { pushAll } from '../../lists.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { readManifest } from '../../manifest/read.ts';
import { SourceFile } from '../../manifest/source.ts';
import type { Diagnostic, Fix, LintResult } from '../diagnostic.ts';
import { applyFixes } from './fixes.ts';

export interface Fixed {
  /** What is left to say of the fixed manifests. */
  readonly result: LintResult;
  /** Files whose text has changed. */
  readonly files: readonly { readonly before: SourceFile; readonly after: string }[];
  /** Whose fixes were applied, in the order they were. */
  readonly fixed: readonly Diagnostic[];
}

/** Two fixes that undo each other would go on for ever. */
const maximumPasses = 10;

/**
 * @param judge lints manifests; called once more than there are passes that change something
 * @param mayChange files for which it answers no stay as they are
 */
export function fixAll(
  manifests: readonly Manifest[],
  judge: (manifests: readonly Manifest[]) => LintResult,
  safety: Fix['safety'],
  mayChange: (file: SourceFile) => boolean,
): Fixed {
  const before = new Map(manifests.map(({ file }) => [file.path, file]));
  const changed = new Map<string, string>();
  const fixed: Diagnostic[] = [];
  let current = manifests;
  let result = judge(current);
  for (let pass = 0; pass < maximumPasses; pass += 1) {
    const fixable = result.diagnostics.filter(({ file }) => mayChange(file));
    const files = applyFixes(fixable, safety);
    if (files.length === 0) break;
    const texts = new Map(files.map(({ file, text }) => [file.path, text]));
    for (const { file, text, fixed: own } of files) {
      changed.set(file.path, text);
      pushAll(
        fixed,
        own.map(({ diagnostic }) => diagnostic),
      );
    }
    current = current.map((manifest) => {
      const text = texts.get(manifest.file.path);
      return text === undefined ? manifest : readManifest(new SourceFile(manifest.file.path, text));
    });
    result = judge(current);
  }
  const files = [...changed].flatMap(([path, after]) => {
    const file = before.get(path);
    return file === undefined || file.text === after ? [] : [{ before: file, after }];
  });
  return { result, files, fixed };
}
