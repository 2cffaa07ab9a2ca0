import type { Path } from '../../manifest/node.ts';

/**
 * Where a value is, shown as the API server shows it: `spec.ports[0].name`,
 * `metadata.annotations[key]` (staging/src/k8s.io/apimachinery/pkg/util/validation/field/path.go).
 */
export class FieldPath {
  readonly #parent: FieldPath | undefined;
  readonly #step: string | number;
  readonly #text: string;

  private constructor(parent: FieldPath | undefined, step: string | number, text: string) {
    this.#parent = parent;
    this.#step = step;
    this.#text = text;
  }

  static of(name: string): FieldPath {
    return new FieldPath(undefined, name, name);
  }

  /** `written`: the field as it stands in the object, where the API server spells it otherwise. */
  child(name: string, written: string = name): FieldPath {
    return new FieldPath(this, written, `.${name}`);
  }

  index(index: number): FieldPath {
    return new FieldPath(this, index, `[${index}]`);
  }

  key(key: string): FieldPath {
    return new FieldPath(this, key, `[${key}]`);
  }

  toString(): string {
    return this.#parent === undefined ? this.#text : this.#parent.toString() + this.#text;
  }

  toPath(): Path {
    const steps: (string | number)[] = [];
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- a walk to the root
    for (let path: FieldPath | undefined = this; path !== undefined; path = path.#parent)
      steps.push(path.#step);
    return steps.reverse();
  }
}
