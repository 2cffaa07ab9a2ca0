/**
 * One string for all that are equal: `metadata`, `name` and `http` stand in every manifest, names
 * in every object of an application, and what was cut out of a text is a string of its own each
 * time.
 */
export class SharedTexts {
  #texts = new Map<string, string>();
  /** Those before them, of which the ones that are asked for again are kept. */
  #before = new Map<string, string>();

  /** The same text; what is long is not shared. */
  of(text: string): string {
    if (text.length > 40) return text;
    const shared = this.#texts.get(text) ?? this.#again(text);
    if (shared !== undefined) return shared;
    this.#add(text);
    return text;
  }

  #again(text: string): string | undefined {
    const shared = this.#before.get(text);
    if (shared !== undefined) this.#add(shared);
    return shared;
  }

  #add(text: string): void {
    if (this.#texts.size === 4096) {
      this.#before = this.#texts;
      this.#texts = new Map();
    }
    this.#texts.set(text, text);
  }
}
