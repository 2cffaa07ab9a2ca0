import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import type { Files } from './lint-files.ts';

const comment = /[ \t]*# expect: ([\w-]+(?:, *[\w-]+)*)[ \t]*$/;

/**
 * What the files say themselves: `path:line rule` for every rule named in an `# expect:` comment,
 * sorted.
 */
export function expectations(files: Files): string[] {
  const expected: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    for (const [index, line] of text.split('\n').entries()) {
      const [, ids] = comment.exec(line) ?? [];
      if (ids !== undefined)
        expected.push(...ids.split(',').map((id) => `${path}:${index + 1} ${id.trim()}`));
      else if (/#\s*expect/i.test(line))
        throw new Error(
          `${path}:${index + 1}: an expectation reads "# expect: rule-id", several ids with commas; this line has: ${line.trim()}`,
        );
    }
  }
  return expected.sort();
}

/** The same of what was reported and not silenced. */
export function findings(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ file, range, rule }) => `${file.path}:${file.position(range[0]).line} ${rule}`)
    .sort();
}

/** A text without its expectations, as a fixed one is. */
export function withoutExpectations(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(comment, ''))
    .join('\n');
}
