/**
 * `ValidateServiceUpdate` (pkg/apis/core/validation/validation.go), and what becomes of fields that
 * a Service no longer needs.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn, setOwn } from '../../../own.ts';
import type { MinorVersion } from '../../options.ts';
import { isExternallyAccessible } from '../defaults/service.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { goJson } from '../go-format.ts';
import { differ, keepField } from './immutable.ts';

const specPath = FieldPath.of('spec');
const policiesOfTwo = new Set(['PreferDualStack', 'RequireDualStack']);

const isExternal = (spec: JsonObject): boolean => stringAt(spec, 'type') === 'ExternalName';
const isHeadless = (spec: JsonObject): boolean => stringAt(spec, 'clusterIP') === 'None';
const same = (field: string, a: JsonObject, b: JsonObject): boolean =>
  goJson(getOwn(a, field) ?? null) === goJson(getOwn(b, field) ?? null);

/**
 * A patched spec without what was there for its former type alone, unless that was changed too, and
 * with the address it has (pkg/registry/core/service: `dropTypeDependentFields`,
 * `normalizeClusterIPs`, `patchAllocatedValues`, `trimFieldsForDualStackDowngrade`).
 */
export function settledService(
  before: JsonObject,
  patched: JsonObject,
  minor: MinorVersion,
): JsonObject {
  const spec = { ...patched };
  const drop = (field: string): void => {
    if (same(field, before, spec)) delete spec[field];
  };
  if (!isExternal(before) && isExternal(spec))
    ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'].forEach(drop);
  if (!isExternal(before) && !isExternal(spec)) keepAddress(before, spec);
  // No policy that is written means the one there is (`initIPFamilyFields`).
  if (!isExternal(spec) && spec['ipFamilyPolicy'] === undefined)
    if (before['ipFamilyPolicy'] !== undefined) spec['ipFamilyPolicy'] = before['ipFamilyPolicy'];
  if (hasNodePorts(before) && !hasNodePorts(spec)) dropNodePorts(before, spec);
  if (stringAt(before, 'type') === 'LoadBalancer' && stringAt(spec, 'type') !== 'LoadBalancer')
    ['allocateLoadBalancerNodePorts', 'loadBalancerClass', 'healthCheckNodePort'].forEach(drop);
  if (isExternallyAccessible(before, minor) && !isExternallyAccessible(spec, minor))
    drop('externalTrafficPolicy');
  if (
    policiesOfTwo.has(stringAt(before, 'ipFamilyPolicy')) &&
    stringAt(spec, 'ipFamilyPolicy') === 'SingleStack'
  )
    for (const field of ['clusterIPs', 'ipFamilies'])
      if (Array.isArray(getOwn(spec, field)))
        setOwn(spec, field, stringsAt(spec, field).slice(0, 1));
  return spec;
}

/**
 * The list of addresses follows the one address, and none that is written means the one there is.
 */
function keepAddress(before: JsonObject, spec: JsonObject): void {
  const address = stringAt(spec, 'clusterIP');
  if (address !== stringAt(before, 'clusterIP') && same('clusterIPs', before, spec))
    delete spec['clusterIPs'];
  if (address !== '') return;
  for (const field of ['clusterIP', 'clusterIPs']) {
    const had = getOwn(before, field);
    if (had !== undefined && getOwn(spec, field) === undefined) setOwn(spec, field, had);
  }
}

function hasNodePorts(spec: JsonObject): boolean {
  const type = stringAt(spec, 'type');
  return (
    type === 'NodePort' ||
    (type === 'LoadBalancer' && spec['allocateLoadBalancerNodePorts'] !== false)
  );
}

function dropNodePorts(before: JsonObject, spec: JsonObject): void {
  const numbers = (each: JsonObject): string =>
    goJson(
      objectsAt(each, 'ports')
        .flatMap(({ nodePort }) => nodePort ?? [])
        .sort(),
    );
  if (numbers(before) === numbers(spec) && spec['ports'] !== undefined)
    spec['ports'] = objectsAt(spec, 'ports').map(({ nodePort: _port, ...port }) => port);
}

export function validateServiceUpdate(
  errors: FieldErrors,
  before: JsonObject,
  after: JsonObject,
): void {
  const [old, spec] = [objectAt(before, 'spec') ?? {}, objectAt(after, 'spec') ?? {}];
  if (!isExternal(old) && !isExternal(spec)) {
    validateAddress(errors, old, spec);
    validateFamilies(errors, old, spec);
  }
  if ([old, spec].every((each) => stringAt(each, 'type') === 'LoadBalancer')) {
    if (differ(old['loadBalancerClass'], spec['loadBalancerClass']))
      errors.invalid(
        specPath.child('loadBalancerClass'),
        spec['loadBalancerClass'] ?? null,
        'may not change once set',
      );
    if ([old, spec].every((each) => stringAt(each, 'externalTrafficPolicy') === 'Local'))
      if (old['healthCheckNodePort'] !== undefined)
        keepField(errors, specPath, 'healthCheckNodePort', old, spec);
  }
}

/**
 * `validateUpgradeDowngradeClusterIPs`. An address that the cluster chose is hardly the one that is
 * asked for now.
 */
function validateAddress(errors: FieldErrors, old: JsonObject, spec: JsonObject): void {
  const [had, wants] = [stringAt(old, 'clusterIP'), stringAt(spec, 'clusterIP')];
  if (had === wants || wants === '' || isPlaceholder(had) || isPlaceholder(wants)) return;
  errors.invalid(specPath.child('clusterIPs').index(0), [wants], 'may not change once set', {
    at: specPath.child('clusterIP'),
  });
}

/** `validateUpgradeDowngradeIPFamilies`; those of a headless Service may change. */
function validateFamilies(errors: FieldErrors, old: JsonObject, spec: JsonObject): void {
  if (isHeadless(old) || isHeadless(spec)) return;
  const [had, wants] = [stringsAt(old, 'ipFamilies'), stringsAt(spec, 'ipFamilies')];
  if (had.length === 0 || wants.length === 0) return;
  const path = specPath.child('ipFamilies');
  if (differ(had[0], wants[0]) || (had.length === wants.length && differ(had[1], wants[1])))
    errors.invalid(path.index(0), [...wants], 'may not change once set', { at: path });
  else if (had.length > wants.length && stringAt(spec, 'ipFamilyPolicy') !== 'SingleStack')
    errors.invalid(
      specPath.child('ipFamilyPolicy'),
      stringAt(spec, 'ipFamilyPolicy'),
      "must be set to 'SingleStack' when releasing the secondary ipFamily",
    );
}
