/** Patterns over names, in which `*` stands for any characters and `?` for one. Paths have patterns of their own (src/files/pattern.ts). */

export function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

export function matchesGlob(pattern: string, text: string): boolean {
  if (!isPattern(pattern)) return pattern === text;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(text);
}
