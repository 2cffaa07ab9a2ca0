/** Custom resources of a namespace by what they make, so that no question looks at all of them. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ClusterObject } from '../objects.ts';
import { type Creation, serviceName } from './operator.ts';

interface Maker {
  readonly object: ClusterObject;
  readonly made: Creation;
}

interface Ranked {
  readonly object: ClusterObject;
  /** In the order read. */
  readonly order: number;
}

/** Something that an operator is known to make, by its name. */
interface Made extends Ranked {
  /** Of a Service, where they are known. */
  readonly ports?: readonly ServicePort[];
}

/** Every answer is the first that was read. */
export class MakersIndex {
  readonly #byService = new Map<string, Made>();
  readonly #bySecret = new Map<string, Made>();
  readonly #servicePatterns: (Ranked & { readonly pattern: RegExp })[] = [];
  /** Of those that may make more than is known. */
  readonly #byPart = new PartsIndex();
  /** Of those of which not all Services are known either. */
  readonly #byPartOfService = new PartsIndex();

  constructor(makers: readonly Maker[]) {
    for (const [order, { object, made }] of makers.entries()) {
      const ranked = { object, order };
      for (const service of made.services ?? []) {
        const name = serviceName(service);
        const ports = typeof service === 'string' ? {} : { ports: service.ports };
        if (!this.#byService.has(name)) this.#byService.set(name, { ...ranked, ...ports });
      }
      for (const name of made.secrets ?? [])
        if (!this.#bySecret.has(name)) this.#bySecret.set(name, ranked);
      if (made.serviceNames !== undefined)
        this.#servicePatterns.push({ ...ranked, pattern: made.serviceNames });
      if (made.nothingElse === true) continue;
      this.#byPart.add(object.name, ranked);
      if (made.allServices !== true) this.#byPartOfService.add(object.name, ranked);
    }
  }

  /** By name what is known to be made of a kind. */
  known(kind: string): ReadonlyMap<string, Made> {
    return kind === 'Service' ? this.#byService : kind === 'Secret' ? this.#bySecret : nothing;
  }

  ofService(name: string): ClusterObject | undefined {
    const named = this.#byService.get(name);
    const matching = this.#servicePatterns.find(({ pattern }) => pattern.test(name));
    return first(named, matching)?.object;
  }

  /** Whose name is a part of this one: operators name what they make after the resource. */
  ofPart(kind: string, name: string): ClusterObject | undefined {
    return (kind === 'Service' ? this.#byPartOfService : this.#byPart).within(name)?.object;
  }
}

const nothing: ReadonlyMap<string, Made> = new Map();

class PartsIndex {
  readonly #byName = new Map<string, Ranked>();
  readonly #lengths = new Set<number>();

  add(name: string, ranked: Ranked): void {
    if (this.#byName.has(name)) return;
    this.#byName.set(name, ranked);
    this.#lengths.add(name.length);
  }

  /** Costs the length of the text for each length of a name, however many names there are. */
  within(text: string): Ranked | undefined {
    let found: Ranked | undefined;
    for (const length of this.#lengths)
      for (let at = 0; at + length <= text.length; at += 1)
        found = first(found, this.#byName.get(text.slice(at, at + length)));
    return found;
  }
}

function first(a: Ranked | undefined, b: Ranked | undefined): Ranked | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.order <= b.order ? a : b;
}
