/** Text of strangers in messages, as long as anybody reads it. */
import { mostMessageLength, mostValueLength } from './limits.ts';

const longWord = new RegExp(`\\S{${mostValueLength + 1},}`, 'g');

/** A value that holds spaces. */
const longQuoted = new RegExp(`"([^"]{${mostValueLength + 1},})"`, 'g');

/** The same text, with words cut off that are longer than any name, and an end. */
export function brief(text: string): string {
  if (text.length <= mostValueLength) return text;
  const shown = text.length > mostMessageLength ? text.slice(0, mostMessageLength) : text;
  const words = shown
    .replace(longQuoted, (_, value: string) => `"${value.slice(0, mostValueLength)}…"`)
    .replace(longWord, (word) => cut(word));
  return shown === text ? words : `${words}…`;
}

/** What closes the word stays: the quote, and the colon behind it. */
function cut(word: string): string {
  let end = word.length;
  while (end > mostValueLength && `"'\`:;,)]`.includes(word[end - 1] ?? ' ')) end -= 1;
  return `${word.slice(0, mostValueLength)}…${word.slice(Math.max(end, word.length - 3))}`;
}
