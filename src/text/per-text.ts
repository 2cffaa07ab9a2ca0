/** Answers about texts that come again and again: names of settings, labels, images. */

/** Texts whose answers are kept; whoever has more asks anew. */
const mostKept = 4096;

/** The same function, which looks at each text once. What is long is hardly asked for twice. */
export function perText<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    if (text.length > 100) return answer(text);
    let found = known.get(text);
    if (found === undefined) {
      if (known.size === mostKept) known.clear();
      known.set(text, (found = { answer: answer(text) }));
    }
    return found.answer;
  };
}
