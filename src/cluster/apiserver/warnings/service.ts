/** `GetWarningsForService` (pkg/api/service/warnings.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { pushAll } from '../../../lists.ts';
import type { MinorVersion } from '../../options.ts';
import { FieldPath } from '../field-path.ts';
import { objectAt, stringAt, stringMapAt, stringsAt } from '../fields.ts';
import { warningsForCIDR, warningsForIP } from './ip.ts';

const specPath = FieldPath.of('spec');

export function warningsForService(service: JsonObject, minor: MinorVersion): string[] {
  const warnings: string[] = [];
  const spec = objectAt(service, 'spec');
  const annotations = stringMapAt(objectAt(service, 'metadata'), 'annotations');
  if (annotations?.['service.kubernetes.io/topology-aware-hints'] !== undefined && minor >= 27) {
    const [old, current] = [
      'service.kubernetes.io/topology-aware-hints',
      'service.kubernetes.io/topology-mode',
    ];
    warnings.push(`annotation ${old} is deprecated, please use ${current} instead`);
  }
  const type = stringAt(spec, 'type');
  const clusterIP = stringAt(spec, 'clusterIP');
  const headless = type === 'ClusterIP' && clusterIP === 'None';
  const externalIPs = stringsAt(spec, 'externalIPs');
  const loadBalancerIP = stringAt(spec, 'loadBalancerIP');
  if (type !== 'ExternalName' && clusterIP !== '' && clusterIP !== 'None') {
    for (const [index, ip] of stringsAt(spec, 'clusterIPs').entries())
      pushAll(warnings, warningsForIP(specPath.child('clusterIPs').index(index), ip));
  }
  if (headless && minor >= 34) {
    if (loadBalancerIP !== '')
      warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (externalIPs.length > 0) warnings.push('spec.externalIPs is ignored for headless services');
    if (stringAt(spec, 'sessionAffinity') === 'ClientIP')
      warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  for (const [index, ip] of externalIPs.entries())
    pushAll(warnings, warningsForIP(specPath.child('externalIPs').index(index), ip));
  if (externalIPs.length > 0 && !headless && type !== 'ExternalName' && minor >= 36) {
    warnings.push(
      'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    );
  }
  if (loadBalancerIP !== '')
    pushAll(warnings, warningsForIP(specPath.child('loadBalancerIP'), loadBalancerIP));
  for (const [index, range] of stringsAt(spec, 'loadBalancerSourceRanges').entries()) {
    pushAll(
      warnings,
      warningsForCIDR(specPath.child('loadBalancerSourceRanges').index(index), range),
    );
  }
  if (type === 'ExternalName' && externalIPs.length > 0)
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (type !== 'ExternalName' && stringAt(spec, 'externalName') !== '') {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (stringAt(spec, 'trafficDistribution') === 'PreferClose' && minor >= 35) {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}
