import type { Path } from '../../kubernetes/json.ts';

/**
 * Where a value is, shown as the API server shows it: `spec.ports[0].name`,
 * `metadata.annotations[key]` (staging/src/k8s.io/apimachinery/pkg/util/validation/field/path.go).
 */
export class FieldPath {
  readonly #parent: FieldPath | undefined;
  readonly #step: string | number;
  /** As the API server spells it; undefined where the step stands in brackets. */
  readonly #name: string | undefined;

  private constructor(parent: FieldPath | undefined, step: string | number, name?: string) {
    this.#parent = parent;
    this.#step = step;
    this.#name = name;
  }

  static of(name: string): FieldPath {
    return new FieldPath(undefined, name, name);
  }

  /** `written`: the field as it stands in the object, where the API server spells it otherwise. */
  child(name: string, written: string = name): FieldPath {
    return new FieldPath(this, written, name);
  }

  index(index: number): FieldPath {
    return new FieldPath(this, index);
  }

  key(key: string): FieldPath {
    return new FieldPath(this, key);
  }

  toString(): string {
    const parent = this.#parent?.toString() ?? '';
    if (this.#name === undefined) return `${parent}[${this.#step}]`;
    return parent === '' ? this.#name : `${parent}.${this.#name}`;
  }

  toPath(): Path {
    const steps: (string | number)[] = [];
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- a walk to the root
    for (let path: FieldPath | undefined = this; path !== undefined; path = path.#parent)
      steps.push(path.#step);
    return steps.reverse();
  }
}

/** A path into an object as the API server shows it: `spec.ports[0].name`. */
export function showPath(path: Path): string {
  let shown = '';
  for (const step of path)
    shown += typeof step === 'number' ? `[${step}]` : shown === '' ? step : `.${step}`;
  return shown;
}
