/** What is left unknown of a place in an object. */
import type { ObjectReference } from '../manifest/object-reference.ts';
import type { Range, SourceFile } from '../manifest/source.ts';
import type { Unknown } from './diagnostic.ts';
import { locateIn, type PlaceInSource, referenceTo } from './draft.ts';
import type { Place } from './rule.ts';

/**
 * Most questions are only counted, and to tell where one stands in the text its document is read
 * once more: that is done when somebody asks. Until then the manifest is kept, not the object of
 * the picture, which goes with its unit.
 */
export class OpenQuestion implements Unknown {
  readonly rule: string;
  readonly file: SourceFile;
  readonly object: ObjectReference;
  readonly reason: string;
  readonly #place: PlaceInSource;
  #range: Range | undefined;

  constructor(rule: string, { object, at, part, within }: Place, reason: string) {
    const { source } = object;
    this.rule = rule;
    this.#place = { object: { source }, at, part, within };
    this.file = source.content.file ?? locateIn(this.#place).file;
    this.object = referenceTo(object);
    this.reason = reason;
  }

  get range(): Range {
    this.#range ??= locateIn(this.#place).range;
    return this.#range;
  }
}
