import { briefValue } from '../text/brief.ts';

/** Which object is meant, by what identifies it in a cluster. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * `Service shop/api`, `Namespace shop`: for messages, so a name that no cluster would take is cut
 * off. The API server makes up the name of an object that has a `generateName`.
 */
export function describeObject(object: ObjectReference): string {
  const name = object.name === '' ? '(unnamed)' : object.name;
  return `${briefValue(object.kind)} ${briefValue(qualifiedName({ ...object, name }))}`;
}

/** `Deployment shop/a, Deployment shop/b`; of more than three how many there are more. */
export function listObjects(objects: readonly ObjectReference[]): string {
  const shown = objects.slice(0, 3).map((object) => describeObject(object));
  return `${shown.join(', ')}${objects.length > 3 ? ` and ${objects.length - 3} more` : ''}`;
}

/** `shop/api`; of a cluster-scoped object its name alone. */
export function qualifiedName({
  namespace,
  name,
}: Pick<ObjectReference, 'namespace' | 'name'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
