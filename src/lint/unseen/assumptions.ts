/** What a user says exists elsewhere: objects that no manifest of the input shows. */
import { isWorkloadKind } from '../../kubernetes/kinds.ts';
import { isPattern, matchesGlob } from '../../text/glob.ts';

/**
 * One line of `assume`. `namespace` and `name` may hold `*`; without a namespace it is every one.
 */
export interface Assumption {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Of a Service: the ports that may be referred to, by number or name; absent: any. */
  readonly ports?: readonly (number | string)[];
}

/**
 * `Service/monitoring/prometheus:9090`, `Service/web:80,metrics`, `Deployment/shop/*`; undefined
 * where it is none of these. A kind without a slash behind it names nothing.
 */
export function parseAssumption(text: string): Assumption | undefined {
  const [, kind, namespace, name, ports] =
    /^([A-Za-z]+)\/(?:([a-z0-9.*-]+)\/)?([A-Za-z0-9.*:_-]*?[A-Za-z0-9.*_-])(?::([a-z0-9,-]+))?$/.exec(
      text,
    ) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  const list = ports?.split(',').filter((port) => port !== '');
  return {
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(list !== undefined && {
      ports: list.map((port) => (/^\d+$/.test(port) ? Number(port) : port)),
    }),
  };
}

/** Finds assumptions by kind and name; patterns are few and tried in turn. */
export class Assumptions {
  readonly #exact = new Map<string, Assumption[]>();
  readonly #patterns: Assumption[] = [];

  constructor(assumptions: readonly Assumption[]) {
    for (const assumption of assumptions) {
      if (isPattern(assumption.name) || isPattern(assumption.namespace ?? ''))
        this.#patterns.push(assumption);
      else {
        const key = `${assumption.kind}/${assumption.name}`;
        this.#exact.set(key, [...(this.#exact.get(key) ?? []), assumption]);
      }
    }
  }

  /** `namespace` is undefined for kinds that have none. */
  find(kind: string, namespace: string | undefined, name: string): Assumption | undefined {
    const inNamespace = (assumption: Assumption): boolean =>
      assumption.namespace === undefined ||
      namespace === undefined ||
      matchesGlob(assumption.namespace, namespace);
    return (
      this.#exact.get(`${kind}/${name}`)?.find(inNamespace) ??
      this.#patterns.find(
        (pattern) =>
          pattern.kind === kind && inNamespace(pattern) && matchesGlob(pattern.name, name),
      )
    );
  }

  /** Whether workloads of a namespace are among them: then pods exist that no manifest shows. */
  workloadsIn(namespace: string): Assumption | undefined {
    const all = [...this.#exact.values()].flat();
    return [...all, ...this.#patterns].find(
      (assumption) =>
        isWorkloadKind(assumption.kind) &&
        (assumption.namespace === undefined || matchesGlob(assumption.namespace, namespace)),
    );
  }
}
