/**
 * One string for all that are equal: `metadata`, `name` and `http` stand in every manifest, and
 * what was cut out of a text is a string of its own each time.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>();

  /** The same text; what is long, or comes when there are many already, is not shared. */
  of(text: string): string {
    if (text.length > 40) return text;
    const shared = this.#texts.get(text);
    if (shared !== undefined) return shared;
    if (this.#texts.size === 4096) return text;
    // As the name of a property it does not hold on to the text that it was cut out of, and V8
    // compares it with other names by address.
    const [own = text] = Object.keys({ [text]: 0 });
    this.#texts.set(own, own);
    return own;
  }
}
