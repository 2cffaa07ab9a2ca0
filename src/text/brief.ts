/** Text of strangers in messages, as long as anybody reads it. */
import { mostMessageLength, mostValueLength } from './limits.ts';

const longWord = new RegExp(`\\S{${mostValueLength + 1},}`, 'g');

/** A value that holds spaces. */
const longQuoted = new RegExp(`"([^"]{${mostValueLength + 1},})"`, 'g');

/**
 * The same text, with an end, and with what is longer than any name cut off: words, what stands in
 * double quotes, and the given values, whose spaces nothing else tells from those of the sentence.
 */
export function brief(text: string, values: () => Iterable<string> = () => []): string {
  if (text.length <= mostValueLength) return text;
  let whole = text;
  for (const value of values())
    if (value.length > mostValueLength) whole = whole.replaceAll(value, () => briefValue(value));
  const shown = whole.length > mostMessageLength ? whole.slice(0, mostMessageLength) : whole;
  const words = shown
    .replace(longQuoted, (_, value: string) => `"${briefValue(value)}"`)
    .replace(longWord, (word) => cut(word));
  return shown === whole ? words : `${words}…`;
}

/** One value, as much of it as a message shows. */
export function briefValue(value: string): string {
  return value.length > mostValueLength ? `${value.slice(0, mostValueLength)}…` : value;
}

/** What closes the word stays: the quote, and the colon behind it. */
function cut(word: string): string {
  let end = word.length;
  while (end > mostValueLength && `"'\`:;,)]`.includes(word[end - 1] ?? ' ')) end -= 1;
  return `${word.slice(0, mostValueLength)}…${word.slice(Math.max(end, word.length - 3))}`;
}
