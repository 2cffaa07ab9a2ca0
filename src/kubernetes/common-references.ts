/**
 * What custom resources name in the fields that most projects call alike: `backendRefs`,
 * `secretKeyRef`, `targetRefs`. Kinds with lines of their own in the table are not asked.
 *
 * The names are those of the API conventions
 * (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#object-references),
 * of k8s.io/api core/v1 `SecretKeySelector`, and of gateway-api apis/v1 `BackendObjectReference`,
 * `LocalPolicyTargetReference`.
 */
import { getOwn } from '../own.ts';
import { gatewayGroup } from './groups.ts';
import {
  type AnyJson,
  asJsonObject,
  asText,
  fieldAt,
  type Json,
  type JsonObject,
  type Path,
} from './json.ts';
import type { Reference } from './reference.ts';

/** What a field with an object that has a `name`, or with a list of them, is about. */
function kindOf(field: string): string | undefined {
  if (field === 'service' || /^(?:backendRefs?|(?:\w{1,40}S|s)erviceRef)$/.test(field))
    return 'Service';
  if (isWritten.test(field)) return undefined;
  if (/^(?:\w{1,40}S|s)ecret(?:Key)?(?:Ref|Selector)$/.test(field)) return 'Secret';
  return /^(?:\w{1,40}C|c)onfigMap(?:Key)?Ref$/.test(field) ? 'ConfigMap' : undefined;
}

/** Fields for what a controller is to write. */
export const isWritten = /^(?:private|write|output|target|destination|generated|connection)/;

/** Fields whose text is a name. */
const plain: ReadonlyMap<string, string> = new Map([
  ['serviceAccountName', 'ServiceAccount'],
  ['secretName', 'Secret'],
  ['configMapName', 'ConfigMap'],
]);

/** What a policy may be attached to → its group. */
const targets: ReadonlyMap<string, string> = new Map([
  ['Service', ''],
  ...['Gateway', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
    (kind) => [kind, gatewayGroup] as const,
  ),
]);

/** Where others are described, or told of as they are called outside of the cluster. */
export const foreignFields: ReadonlySet<string> = new Set([
  'values',
  'valuesObject',
  'parameters',
  'helm',
]);
/** Resources that describe others: deeper than this nobody nests. */
const deepest = 12;

type Namespace = Reference['namespace'];

/** References of an object of a custom kind. @param namespace its own */
export function commonReferencesOf(object: AnyJson, namespace: Namespace): Reference[] {
  const found: Reference[] = [];
  visitSpec(object, (value, path) => {
    const field = path.at(-1);
    if (typeof field === 'string') addNamed(field, value, path, namespace, found);
  });
  return found;
}

/**
 * @param path one for the whole walk, for most places are of no interest: who keeps it copies it
 * @param holder the mapping that the value is a field of, or that the list with it is below
 */
type Visit = (value: Json, path: Path, holder: JsonObject) => void;

/** Shows all values that a custom resource has in its spec, each before those in it. */
export function visitSpec(object: AnyJson, visit: Visit): void {
  const value = fieldAt(object, 'spec');
  const holder = asJsonObject(object);
  if (value !== undefined && holder !== undefined) visitBelow(value, ['spec'], holder, visit);
}

function visitBelow(value: Json, path: (string | number)[], holder: JsonObject, visit: Visit) {
  visit(value, path, holder);
  if (path.length > deepest || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      path.push(index);
      visitBelow(item, path, holder, visit);
      path.pop();
    }
    return;
  }
  for (const [field, child] of Object.entries(value)) {
    if (foreignFields.has(field)) continue;
    path.push(field);
    visitBelow(child, path, value, visit);
    path.pop();
  }
}

function addNamed(
  field: string,
  child: Json,
  at: Path,
  namespace: Namespace,
  found: Reference[],
): void {
  const account = plain.get(field);
  if (account !== undefined && asText(child) !== undefined)
    found.push({ ...local(account, namespace), name: String(child), path: [...at] });
  const kind = kindOf(field);
  const isTarget = field === 'targetRef' || field === 'targetRefs';
  if (kind === undefined && !isTarget) return;
  const items = Array.isArray(child) ? child : [child];
  for (const [index, item] of items.entries()) {
    const holder = asJsonObject(item);
    const path = Array.isArray(child) ? [...at, index] : at;
    const name = asText(fieldAt(item, 'name'));
    if (holder === undefined || name === undefined) continue;
    const type = isTarget ? targetOf(holder) : typeOf(holder, kind ?? '');
    if (type !== undefined) found.push(referenceTo(type, holder, name, path, namespace));
  }
}

const local = (kind: string, namespace: Namespace) => ({
  group: '',
  kind,
  namespace,
  optional: false,
  common: true as const,
});

interface Type {
  readonly group: string;
  readonly kind: string;
}

/** A kind that stands beside the name has to be the usual one. */
function typeOf(holder: JsonObject, kind: string): Type | undefined {
  const said = getOwn(holder, 'kind') ?? kind;
  const group = getOwn(holder, 'group') ?? '';
  // A Service that a resource describes has a name and more than one port, and is not named.
  if (kind === 'Service' && getOwn(holder, 'ports') !== undefined) return undefined;
  return said === kind && group === '' ? { group: '', kind } : undefined;
}

function targetOf(holder: JsonObject): Type | undefined {
  const kind = asText(getOwn(holder, 'kind')) ?? '';
  const group = targets.get(kind);
  const written = asText(getOwn(holder, 'group')) ?? '';
  return group !== undefined && (written === group || (written === 'core' && group === ''))
    ? { group, kind }
    : undefined;
}

function referenceTo(
  type: Type,
  holder: JsonObject,
  name: string,
  path: Path,
  namespace: Namespace,
): Reference {
  const other = asText(getOwn(holder, 'namespace'));
  const port = getOwn(holder, 'port') ?? getOwn(holder, 'servicePort');
  const key = asText(getOwn(holder, 'key'));
  return {
    ...local(type.kind, other ?? namespace),
    group: type.group,
    name,
    path: [...path, 'name'],
    optional: getOwn(holder, 'optional') === true,
    ...(other !== undefined && { namespacePath: [...path, 'namespace'] }),
    ...((typeof port === 'number' || typeof port === 'string') && {
      port: {
        path: [...path, getOwn(holder, 'port') === undefined ? 'servicePort' : 'port'],
        value: port,
      },
    }),
    ...(key !== undefined && { key: { path: [...path, 'key'], value: key } }),
  };
}
