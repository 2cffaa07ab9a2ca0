/** Reading fields of objects whose types are not known. */
import { asJsonObject, type Json, type Path } from '../../src/kubernetes/json.ts';

export interface Field {
  readonly path: Path;
  readonly value: Json;
}

/**
 * All fields that a pattern leads to; `*` is every item of a list. `fieldsAt(ingress,
 * 'spec.rules.*.host')`.
 */
export function fieldsAt(root: unknown, pattern: string): Field[] {
  let fields: Field[] = [{ path: [], value: root as Json }];
  for (const step of pattern.split('.')) {
    fields = fields.flatMap(({ path, value }): Field[] => {
      if (step === '*')
        return Array.isArray(value)
          ? value.map((item, index) => ({ path: [...path, index], value: item }))
          : [];
      const child = asJsonObject(value)?.[step];
      return child === undefined || child === null ? [] : [{ path: [...path, step], value: child }];
    });
  }
  return fields;
}
