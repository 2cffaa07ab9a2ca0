/**
 * What RE2 cannot read in a pattern: brackets that do not end, a quantifier of nothing, and what
 * other engines have and it has not. Undefined where nothing of this is in it.
 *
 * @source google/re2 doc/syntax.txt @0a38cba1
 */
export function regexFault(pattern: string): string | undefined {
  // What stands between \\Q and \\E is text.
  if (pattern.includes('\\Q')) return undefined;
  let depth = 0;
  // Nothing stands before that could be repeated.
  let isFresh = true;
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    if (letter === '\\') {
      const next = pattern.charAt(at + 1);
      if (next === '') return 'it ends with a backslash';
      // Three digits are a character by its octal number.
      if (/^\\[1-9](?!\d)/.test(pattern.slice(at, at + 3)))
        return `RE2 has no references to groups (\\${next})`;
      at += 1;
    } else if (letter === '[') {
      const end = endOfClass(pattern, at);
      if (end === -1) return 'a [ is not closed';
      at = end;
    } else if (letter === '(') {
      const [look] = /^\(\?<?[=!]/.exec(pattern.slice(at, at + 4)) ?? [];
      if (look !== undefined) return `RE2 does not look ahead or behind (${look})`;
      depth += 1;
      // Flags and names of a group stand where a quantifier might.
      if (pattern.charAt(at + 1) === '?') at += 1;
    } else if (letter === ')') {
      if (depth === 0) return 'a ) closes nothing';
      depth -= 1;
    } else if (isFresh && '*+?'.includes(letter)) return `there is nothing that ${letter} repeats`;
    isFresh = letter === '(' || letter === '|';
  }
  return depth > 0 ? 'a ( is not closed' : undefined;
}

/** Where the `]` of a class stands; one that comes first is a letter. */
function endOfClass(pattern: string, start: number): number {
  let at = pattern.startsWith('[^', start) ? start + 2 : start + 1;
  for (let first = true; at < pattern.length; at += 1, first = false) {
    const letter = pattern.charAt(at);
    if (letter === ']' && !first) return at;
    if (letter === '\\') at += 1;
    // [[:alpha:]]
    else if (pattern.startsWith('[:', at)) {
      const end = pattern.indexOf(':]', at);
      if (end !== -1) at = end + 1;
    }
  }
  return -1;
}
