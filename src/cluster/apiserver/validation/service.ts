/**
 * `ValidateServiceCreate` (pkg/apis/core/validation/validation.go), on a Service with defaults and
 * address families.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { isExternallyAccessible } from '../defaults/service.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import {
  isSet,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
  stringsAt,
} from '../fields.ts';
import { goQuote } from '../go-format.ts';
import { requireOneOf, validateOneOf } from './checks.ts';
import { validateClusterIPs } from './cluster-ips.ts';
import { validateEndpointIP, validateLegacyCIDR, validateLegacyIP } from './ip.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1035Label, isDNS1123Label, isDNS1123Subdomain, isLabelKey } from './names.ts';
import {
  validateAppProtocol,
  validatePortNumber,
  validatePortNumberOrName,
  validateProtocol,
} from './ports.ts';
import { validateLabels } from './selectors.ts';

const specPath = FieldPath.of('spec');
const portsPath = specPath.child('ports');
const annotationsPath = FieldPath.of('metadata').child('annotations');

export function validateService(errors: FieldErrors, service: JsonObject): void {
  validateObjectMeta(errors, service, errors.minor >= 36 ? isDNS1123Label : isDNS1035Label);
  const spec = objectAt(service, 'spec') ?? {};
  const annotations = stringMapAt(objectAt(service, 'metadata'), 'annotations') ?? {};
  const type = stringAt(spec, 'type');
  const clusterIPs = stringsAt(spec, 'clusterIPs');
  const headless = clusterIPs.length === 1 && clusterIPs[0] === 'None';
  const ports = objectsAt(spec, 'ports');

  validateTopologyAnnotations(errors, annotations);
  // A clusterIP or type that is not known may yet turn out to need no ports.
  if (
    ports.length === 0 &&
    !headless &&
    type !== 'ExternalName' &&
    !isPlaceholder(type) &&
    !clusterIPs.some(isPlaceholder)
  )
    errors.required(portsPath);
  if (headless && (type === 'LoadBalancer' || type === 'NodePort')) {
    const at = specPath.child('clusterIP');
    errors.invalid(
      specPath.child('clusterIPs').index(0),
      'None',
      `may not be set to 'None' for ${type} services`,
      { at },
    );
  }
  if (type === 'ExternalName') validateExternalName(errors, spec);

  const names = new Set<string>();
  for (const [index, port] of ports.entries())
    validateServicePort(errors, port, ports.length > 1, names, portsPath.index(index));
  validateLabels(errors, stringMapAt(spec, 'selector'), specPath.child('selector'));
  validateSessionAffinity(errors, spec);
  if (type !== 'ExternalName') validateClusterIPs(errors, spec);
  for (const [index, ip] of stringsAt(spec, 'externalIPs').entries()) {
    const path = specPath.child('externalIPs').index(index);
    if (validateLegacyIP(errors, path, ip)) validateEndpointIP(errors, path, ip);
  }
  const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
  requireOneOf(errors, spec, 'type', types, specPath);
  validateUniquePorts(errors, ports, type);
  if (!isPlaceholder(type)) validateLoadBalancerFields(errors, spec, annotations, type);
  if (!isPlaceholder(type)) validateExternalTrafficPolicy(errors, spec, type);
  validateOneOf(errors, spec, 'internalTrafficPolicy', ['Cluster', 'Local'], specPath);
  validateTrafficDistribution(errors, spec);
}

function validateTopologyAnnotations(
  errors: FieldErrors,
  annotations: Readonly<Record<string, string>>,
): void {
  const hints = annotations['service.kubernetes.io/topology-aware-hints'];
  const mode = annotations['service.kubernetes.io/topology-mode'];
  if (hints === undefined || mode === undefined || hints === mode) return;
  const path = annotationsPath.key('service.kubernetes.io/topology-mode');
  errors.invalid(
    path,
    mode,
    'must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified',
  );
}

function validateExternalName(errors: FieldErrors, spec: JsonObject): void {
  const detail = 'may not be set for ExternalName services';
  if (stringsAt(spec, 'clusterIPs').length > 0) {
    errors.forbidden(
      specPath.child('clusterIPs'),
      detail,
      isSet(spec, 'clusterIP') ? { at: specPath.child('clusterIP') } : undefined,
    );
  }
  if (stringsAt(spec, 'ipFamilies').length > 0)
    errors.forbidden(specPath.child('ipFamilies'), detail);
  if (isSet(spec, 'ipFamilyPolicy')) errors.forbidden(specPath.child('ipFamilyPolicy'), detail);
  // The name may end in a dot, as a fully qualified one does.
  const name = stringAt(spec, 'externalName').replace(/\.$/, '');
  const path = specPath.child('externalName');
  if (name === '') errors.required(path);
  else errors.invalidEach(path, name, isDNS1123Subdomain(name));
}

/** `validateServicePort`. */
function validateServicePort(
  errors: FieldErrors,
  port: JsonObject,
  requireName: boolean,
  names: Set<string>,
  path: FieldPath,
): void {
  const name = stringAt(port, 'name');
  if (name !== '') {
    errors.invalidEach(path.child('name'), name, isDNS1123Label(name));
    if (names.has(name)) errors.duplicate(path.child('name'), name);
    names.add(name);
  } else if (requireName)
    errors.required(path.child('name'), '', {
      help: 'name every port of a Service with more than one',
    });
  validatePortNumber(errors, numberAt(port, 'port'), path.child('port'));
  validateProtocol(errors, stringAt(port, 'protocol'), path.child('protocol'));
  validatePortNumberOrName(errors, port['targetPort'], path.child('targetPort'));
  validateAppProtocol(errors, port['appProtocol'], path.child('appProtocol'));
}

/**
 * `validateClientIPAffinityConfig`; defaulting has removed a config that is not wanted and made one
 * that is missing.
 */
function validateSessionAffinity(errors: FieldErrors, spec: JsonObject): void {
  const affinity = stringAt(spec, 'sessionAffinity');
  requireOneOf(errors, spec, 'sessionAffinity', ['ClientIP', 'None'], specPath);
  if (affinity !== 'ClientIP') return;
  const timeout = numberAt(
    objectAt(objectAt(spec, 'sessionAffinityConfig'), 'clientIP'),
    'timeoutSeconds',
  );
  if (timeout === undefined || (timeout > 0 && timeout <= 86400)) return;
  const path = specPath.child('sessionAffinityConfig').child('clientIP').child('timeoutSeconds');
  errors.invalid(path, timeout, 'must be greater than 0 and less than 86400');
}

/**
 * (protocol, nodePort) and (protocol, port) may be there once each; ClusterIP Services have no node
 * ports.
 */
function validateUniquePorts(
  errors: FieldErrors,
  ports: readonly JsonObject[],
  type: string,
): void {
  const nodePorts = new Set<string>();
  const numbers = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const nodePort = numberAt(port, 'nodePort');
    if (type === 'ClusterIP' && (nodePort ?? 0) !== 0) {
      const help = 'set type: NodePort, or drop nodePort';
      errors.forbidden(
        portsPath.index(index).child('nodePort'),
        "may not be used when `type` is 'ClusterIP'",
        { help },
      );
    }
  }
  for (const [index, port] of ports.entries()) {
    const nodePort = numberAt(port, 'nodePort');
    if (nodePort === undefined || nodePort === 0) continue;
    const key = `${stringAt(port, 'protocol')}/${nodePort}`;
    if (nodePorts.has(key)) errors.duplicate(portsPath.index(index).child('nodePort'), nodePort);
    nodePorts.add(key);
  }
  for (const [index, port] of ports.entries()) {
    const number = numberAt(port, 'port');
    const protocol = stringAt(port, 'protocol');
    if (number === undefined || isPlaceholder(protocol)) continue;
    const key = `${protocol}/${number}`;
    if (numbers.has(key)) {
      const shown =
        `{"Name":"","Protocol":${goQuote(protocol)},"AppProtocol":null,"Port":${number},` +
        '"TargetPort":0,"NodePort":0}';
      errors.duplicate(portsPath.index(index), new GoText(shown), {
        at: portsPath.index(index).child('port'),
      });
    }
    numbers.add(key);
  }
}

function validateLoadBalancerFields(
  errors: FieldErrors,
  spec: JsonObject,
  annotations: Readonly<Record<string, string>>,
  type: string,
): void {
  const only = "may only be used when `type` is 'LoadBalancer'";
  const ranges = stringsAt(spec, 'loadBalancerSourceRanges');
  const annotation = annotations['service.beta.kubernetes.io/load-balancer-source-ranges'];
  if (ranges.length > 0) {
    const path = specPath.child('LoadBalancerSourceRanges', 'loadBalancerSourceRanges');
    if (type !== 'LoadBalancer') errors.forbidden(path, only);
    for (const [index, range] of ranges.entries())
      validateLegacyCIDR(errors, path.index(index), range.trim());
  } else if (annotation !== undefined) {
    const path = annotationsPath.key('service.beta.kubernetes.io/load-balancer-source-ranges');
    if (type !== 'LoadBalancer') errors.forbidden(path, only);
    if (annotation.trim() !== '')
      for (const range of annotation.split(',')) validateLegacyCIDR(errors, path, range.trim());
  }
  if (isSet(spec, 'allocateLoadBalancerNodePorts') && type !== 'LoadBalancer')
    errors.forbidden(specPath.child('allocateLoadBalancerNodePorts'), only);
  if (!isSet(spec, 'loadBalancerClass')) return;
  const loadBalancerClass = stringAt(spec, 'loadBalancerClass');
  const path = specPath.child('loadBalancerClass');
  if (type === 'LoadBalancer')
    errors.invalidEach(path, loadBalancerClass, isLabelKey(loadBalancerClass));
  else errors.forbidden(path, only);
}

/** `validateServiceExternalTrafficPolicy`. */
function validateExternalTrafficPolicy(errors: FieldErrors, spec: JsonObject, type: string): void {
  const policy = stringAt(spec, 'externalTrafficPolicy');
  const path = specPath.child('externalTrafficPolicy');
  if (!isExternallyAccessible(spec, errors.minor)) {
    if (policy !== '')
      errors.invalid(path, policy, 'may only be set for externally-accessible services');
  } else if (policy !== 'Cluster' && policy !== 'Local')
    errors.notSupported(path, policy, ['Cluster', 'Local']);
  const healthCheck = numberAt(spec, 'healthCheckNodePort');
  const healthPath = specPath.child('healthCheckNodePort');
  if (healthCheck === undefined || healthCheck === 0 || isPlaceholder(policy)) return;
  if (type === 'LoadBalancer' && policy === 'Local')
    validatePortNumber(errors, healthCheck, healthPath);
  else {
    const detail =
      "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.invalid(healthPath, healthCheck, detail);
  }
}

/** `validateServiceTrafficDistribution`; up to 1.30 the field is dropped unless its gate is on. */
function validateTrafficDistribution(errors: FieldErrors, spec: JsonObject): void {
  if (!isSet(spec, 'trafficDistribution') || errors.minor < 31) return;
  const supported =
    errors.minor < 34 ? ['PreferClose'] : ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
  requireOneOf(errors, spec, 'trafficDistribution', supported, specPath);
}
