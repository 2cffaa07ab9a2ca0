/**
 * `ValidateIngressCreate`, `ValidateIngressClass` (pkg/apis/networking/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { ingressClassAnnotation } from '../../../kubernetes/labels.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import {
  isSet,
  itemsAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
  stringsAt,
} from '../fields.ts';
import { parseIP } from '../ip-address.ts';
import { requireTexts, validateName } from './checks.ts';
import { validateObjectMeta } from './metadata.ts';
import {
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isValidPortName,
  isWildcardDNS1123Subdomain,
} from './names.ts';
import { helpForPortName, validatePortNumber } from './ports.ts';

const specPath = FieldPath.of('spec');
const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

export function validateIngress(errors: FieldErrors, ingress: JsonObject): void {
  validateObjectMeta(errors, ingress, isDNS1123Subdomain);
  const spec = objectAt(ingress, 'spec') ?? {};
  const rules = objectsAt(spec, 'rules');
  const defaultBackend = objectAt(spec, 'defaultBackend');
  if (rules.length === 0 && defaultBackend === undefined && !errors.isIncomplete(specPath)) {
    errors.invalid(
      specPath,
      spec['rules'] ?? null,
      'either `defaultBackend` or `rules` must be specified',
    );
  }
  if (defaultBackend !== undefined)
    validateBackend(errors, defaultBackend, specPath.child('defaultBackend'));
  for (const [index, rule] of rules.entries())
    validateRule(errors, rule, specPath.child('rules').index(index));
  for (const [tls, own] of itemsAt(spec, 'tls', specPath)) validateTLS(errors, tls, own);
  const className = stringAt(spec, 'ingressClassName');
  if (isSet(spec, 'ingressClassName'))
    errors.invalidEach(
      specPath.child('ingressClassName'),
      className,
      isDNS1123Subdomain(className),
    );
  const annotation = stringMapAt(objectAt(ingress, 'metadata'), 'annotations')?.[
    ingressClassAnnotation
  ];
  if (
    annotation !== undefined &&
    isSet(spec, 'ingressClassName') &&
    annotation !== className &&
    !isPlaceholder(className)
  ) {
    const at = FieldPath.of('metadata').child('annotations').key(ingressClassAnnotation);
    const path = FieldPath.of('annotations').child(ingressClassAnnotation);
    errors.invalid(path, annotation, 'must match `ingressClassName` when both are specified', {
      at,
    });
  }
}

/** `validateIngressRules`, for one. */
function validateRule(errors: FieldErrors, rule: JsonObject, path: FieldPath): void {
  const host = stringAt(rule, 'host');
  if (host !== '') {
    if (parseIP(host) !== undefined)
      errors.invalid(path.child('host'), host, 'must be a DNS name, not an IP address');
    errors.invalidEach(
      path.child('host'),
      host,
      host.includes('*') ? isWildcardDNS1123Subdomain(host) : isDNS1123Subdomain(host),
    );
  }
  const http = objectAt(rule, 'http');
  if (http === undefined) return;
  const paths = itemsAt(http, 'paths', path.child('http'));
  if (paths.length === 0) errors.required(path.child('http').child('paths'));
  for (const [each, own] of paths) validatePath(errors, each, own);
}

/** `validateHTTPIngressPath`. */
function validatePath(errors: FieldErrors, value: JsonObject, path: FieldPath): void {
  if (!isSet(value, 'pathType')) {
    errors.required(path.child('pathType'), 'pathType must be specified', {
      help: 'add pathType: Prefix',
    });
    return;
  }
  const pathType = stringAt(value, 'pathType');
  const url = stringAt(value, 'path');
  const urlPath = path.child('path');
  if (!pathTypes.includes(pathType))
    errors.notSupported(path.child('pathType'), pathType, pathTypes);
  else if (pathType === 'ImplementationSpecific') {
    if (url !== '' && !url.startsWith('/'))
      errors.invalid(urlPath, url, 'must be an absolute path');
  } else {
    if (!url.startsWith('/')) errors.invalid(urlPath, url, 'must be an absolute path');
    for (const sequence of ['//', '/./', '/../', '%2f', '%2F']) {
      if (url.includes(sequence)) errors.invalid(urlPath, url, `must not contain '${sequence}'`);
    }
    for (const suffix of ['/..', '/.'])
      if (url.endsWith(suffix)) errors.invalid(urlPath, url, `cannot end with '${suffix}'`);
  }
  validateBackend(errors, objectAt(value, 'backend') ?? {}, path.child('backend'));
}

/** `validateIngressBackend`. */
function validateBackend(errors: FieldErrors, backend: JsonObject, path: FieldPath): void {
  const service = objectAt(backend, 'service');
  const resource = objectAt(backend, 'resource');
  if (resource !== undefined && service !== undefined) {
    errors.invalid(path, '', 'cannot set both resource and service backends');
    return;
  }
  if (resource !== undefined) {
    requireTexts(errors, resource, ['kind', 'name'], path.child('resource'));
    return;
  }
  if (service === undefined) {
    errors.invalid(path, '', 'resource or service backend is required');
    return;
  }
  const name = stringAt(service, 'name');
  const servicePath = path.child('service');
  if (name === '') errors.required(servicePath.child('name'));
  else
    errors.invalidEach(
      servicePath.child('name'),
      name,
      errors.minor >= 36 ? isDNS1123Label(name) : isDNS1035Label(name),
      name.includes('.') ? { code: 'dotted-backend' } : undefined,
    );
  const port = objectAt(service, 'port');
  const portName = stringAt(port, 'name');
  const portNumber = numberAt(port, 'number');
  const portPath = servicePath.child('port');
  if (portName !== '' && portNumber !== 0)
    errors.invalid(path, '', 'cannot set both port name & port number', { at: portPath });
  else if (portName !== '')
    errors.invalidEach(
      portPath.child('name'),
      portName,
      isValidPortName(portName),
      helpForNumericName(portName),
    );
  else if (portNumber !== 0) validatePortNumber(errors, portNumber, portPath.child('number'));
  else errors.required(path, 'port name or number is required', { at: portPath });
}

function helpForNumericName(name: string): { help: string } | undefined {
  return helpForPortName(name) === undefined ? undefined : { help: `write number: ${name}` };
}

/** `validateIngressTLS`, for one. */
function validateTLS(errors: FieldErrors, tls: JsonObject, path: FieldPath): void {
  for (const [index, host] of stringsAt(tls, 'hosts').entries()) {
    const messages = host.includes('*')
      ? isWildcardDNS1123Subdomain(host)
      : isDNS1123Subdomain(host);
    errors.invalidEach(path.child('hosts').index(index), host, messages);
  }
  validateName(errors, tls, 'secretName', path, isDNS1123Subdomain);
}

/** `ValidateIngressClass`, but for its parameters. */
export function validateIngressClass(errors: FieldErrors, ingressClass: JsonObject): void {
  validateObjectMeta(errors, ingressClass, isDNS1123Subdomain, false);
  const controller = stringAt(objectAt(ingressClass, 'spec'), 'controller');
  const path = specPath.child('controller');
  if (controller.length > 250) errors.tooLong(path, 250);
  const slash = controller.indexOf('/');
  if (controller === '') errors.required(path);
  else if (slash <= 0 || slash === controller.length - 1) {
    errors.invalid(path, controller, 'must be a domain-prefixed path (such as "acme.io/foo")');
  } else
    errors.invalidEach(
      path,
      controller.slice(0, slash),
      isDNS1123Subdomain(controller.slice(0, slash)),
    );
}
