/**
 * What `text.replace(/[…]+$/, '')` would give. Such an expression looks at each of many letters
 * again for every one of them where something else comes behind; this looks once.
 *
 * @param letters one of each letter that goes
 */
export function withoutTrailing(text: string, letters: string): string {
  let end = text.length;
  while (end > 0 && letters.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}
