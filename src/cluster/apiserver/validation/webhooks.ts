/**
 * Whom the API server calls: admission webhooks (pkg/apis/admissionregistration/validation/
 * validation.go) but for their match conditions, and APIServices (kube-aggregator
 * pkg/apis/apiregistration/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import { base64Length } from '../base64.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import {
  booleanAt,
  isSet,
  itemsAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringsAt,
} from '../fields.ts';
import { requireTexts, validateOneOf } from './checks.ts';
import { validateObjectMeta } from './metadata.ts';
import {
  isDNS1035Label,
  isDNS1123Subdomain,
  isPathSegmentName,
  isValidPortNumber,
} from './names.ts';
import { validateLabelSelector } from './selectors.ts';

const reviewVersions = ['v1', 'v1beta1'];
const sideEffects = ['None', 'NoneOnDryRun'];
const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

/** `ValidateValidatingWebhookConfiguration`, `ValidateMutatingWebhookConfiguration`. */
export function validateWebhookConfiguration(errors: FieldErrors, configuration: JsonObject): void {
  validateObjectMeta(errors, configuration, isDNS1123Subdomain, false);
  const names = new Set<string>();
  for (const [index, webhook] of objectsAt(configuration, 'webhooks').entries()) {
    const path = FieldPath.of('webhooks').index(index);
    validateWebhook(errors, webhook, path);
    validateReviewVersions(errors, webhook, path.child('admissionReviewVersions'));
    const name = stringAt(webhook, 'name');
    if (name !== '' && names.has(name)) errors.duplicate(path.child('name'), name);
    names.add(name);
  }
}

function validateWebhook(errors: FieldErrors, webhook: JsonObject, path: FieldPath): void {
  validateFullyQualifiedName(errors, stringAt(webhook, 'name'), path.child('name'));
  for (const [rule, own] of itemsAt(webhook, 'rules', path)) validateRule(errors, rule, own);
  validateOneOf(errors, webhook, 'failurePolicy', ['Fail', 'Ignore'], path);
  validateOneOf(errors, webhook, 'matchPolicy', ['Equivalent', 'Exact'], path);
  const effects = getOwn(webhook, 'sideEffects');
  const effectsPath = path.child('sideEffects');
  if (effects === undefined)
    errors.required(effectsPath, `must specify one of ${sideEffects.join(', ')}`);
  else if (!sideEffects.includes(effects as string))
    errors.notSupported(effectsPath, effects, sideEffects);
  const seconds = isSet(webhook, 'timeoutSeconds') ? numberAt(webhook, 'timeoutSeconds') : 10;
  if (seconds !== undefined && (seconds > 30 || seconds < 1))
    errors.invalid(
      path.child('timeoutSeconds'),
      seconds,
      'the timeout value must be between 1 and 30 seconds',
    );
  for (const field of ['namespaceSelector', 'objectSelector'])
    validateLabelSelector(errors, objectAt(webhook, field), path.child(field));
  validateOneOf(errors, webhook, 'reinvocationPolicy', ['IfNeeded', 'Never'], path);
  validateClientConfig(errors, objectAt(webhook, 'clientConfig'), path.child('clientConfig'));
}

/** `IsFullyQualifiedName` (apimachinery pkg/util/validation/validation.go). */
function validateFullyQualifiedName(errors: FieldErrors, name: string, path: FieldPath): void {
  if (name === '') return errors.required(path);
  const messages = isDNS1123Subdomain(name);
  if (messages.length > 0) errors.invalid(path, name, messages.join(','));
  else if (name.split('.').length < 3)
    errors.invalid(path, name, 'should be a domain with at least three segments separated by dots');
}

/** `validateAdmissionReviewVersions`. */
function validateReviewVersions(errors: FieldErrors, webhook: JsonObject, path: FieldPath): void {
  const versions = stringsAt(webhook, 'admissionReviewVersions');
  if (versions.length === 0)
    return errors.required(path, `must specify one of ${reviewVersions.join(', ')}`);
  const seen = new Set<string>();
  for (const [index, version] of versions.entries()) {
    if (seen.has(version)) errors.invalid(path.index(index), version, 'duplicate version');
    else errors.invalidEach(path.index(index), version, isDNS1035Label(version));
    seen.add(version);
  }
  if (!versions.some((version) => reviewVersions.includes(version) || isPlaceholder(version)))
    errors.invalid(
      path,
      [...versions],
      `must include at least one of ${reviewVersions.join(', ')}`,
    );
}

/** `validateRuleWithOperations`, but for what subresources rule out. */
function validateRule(errors: FieldErrors, rule: JsonObject, path: FieldPath): void {
  const listed = stringsAt(rule, 'operations');
  if (listed.length === 0) errors.required(path.child('operations'));
  refuseMoreThanAll(errors, rule, 'operations', 'operations', path);
  for (const [index, operation] of listed.entries())
    if (!operations.includes(operation))
      errors.notSupported(path.child('operations').index(index), operation, operations);
  for (const [field, others] of [
    ['apiGroups', 'API groups'],
    ['apiVersions', 'API versions'],
  ] as const) {
    if (stringsAt(rule, field).length === 0) errors.required(path.child(field));
    refuseMoreThanAll(errors, rule, field, others, path);
  }
  const resources = stringsAt(rule, 'resources');
  if (resources.length === 0) errors.required(path.child('resources'));
  if (resources.includes('*') && resources.some((name) => name !== '*' && !name.includes('/')))
    errors.invalid(
      path.child('resources'),
      [...resources],
      "if '*' is present, must not specify other resources without subresources",
    );
  validateOneOf(errors, rule, 'scope', ['*', 'Cluster', 'Namespaced'], path);
}

function refuseMoreThanAll(
  errors: FieldErrors,
  rule: JsonObject,
  field: string,
  others: string,
  path: FieldPath,
): void {
  const values = stringsAt(rule, field);
  if (values.length > 1 && values.includes('*'))
    errors.invalid(
      path.child(field),
      [...values],
      `if '*' is present, must not specify other ${others}`,
    );
}

function validateClientConfig(
  errors: FieldErrors,
  config: JsonObject | undefined,
  path: FieldPath,
): void {
  if (isSet(config, 'url') === isSet(config, 'service')) {
    if (!errors.isIncomplete(path))
      errors.required(path, 'exactly one of url or service is required');
    return;
  }
  const service = objectAt(config, 'service');
  if (service === undefined) validateUrl(errors, stringAt(config, 'url'), path.child('url'));
  else validateCalledService(errors, service, path.child('service'));
}

/** `ValidateWebhookURL` (apiserver pkg/util/webhook/validation.go), the scheme alone. */
function validateUrl(errors: FieldErrors, url: string, path: FieldPath): void {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1] ?? '';
  if (scheme !== 'https' && !isPlaceholder(url))
    errors.invalid(
      path,
      scheme,
      "'https' is the only allowed URL scheme; desired format: https://host[/path]",
    );
}

/** `ValidateWebhookService`. */
function validateCalledService(errors: FieldErrors, service: JsonObject, path: FieldPath): void {
  requireTexts(errors, service, ['name', 'namespace'], path);
  validatePort(errors, service, path);
  validatePath(errors, stringAt(service, 'path'), path.child('path'));
}

function validatePath(errors: FieldErrors, called: string, own: FieldPath): void {
  if (called === '' || called === '/') return;
  if (!called.startsWith('/')) errors.invalid(own, called, "must start with a '/'");
  const steps = called.slice(1).replace(/\/$/, '').split('/');
  for (const [index, step] of steps.entries()) {
    const messages = step === '' ? [] : isDNS1123Subdomain(step);
    if (step === '') errors.invalid(own, called, `segment[${index}] may not be empty`);
    for (const message of messages) errors.invalid(own, called, `segment[${index}]: ${message}`);
  }
}

function validatePort(errors: FieldErrors, service: JsonObject, path: FieldPath): void {
  const port = isSet(service, 'port') ? numberAt(service, 'port') : 443;
  const messages = port === undefined ? [] : isValidPortNumber(port);
  if (messages.length > 0)
    errors.invalid(path.child('port'), port, `port is not valid: ${messages.join(', ')}`);
}

/** `ValidateAPIService`. */
export function validateAPIService(errors: FieldErrors, apiService: JsonObject): void {
  const spec = objectAt(apiService, 'spec') ?? {};
  const path = FieldPath.of('spec');
  const [version, group] = [stringAt(spec, 'version'), stringAt(spec, 'group')];
  const required = `${version}.${group}`;
  validateObjectMeta(errors, apiService, isPathSegmentName, false);
  const name = stringAt(objectAt(apiService, 'metadata'), 'name');
  const isOpen = isPlaceholder(version) || isPlaceholder(group);
  if (name !== required && name !== '' && isPathSegmentName(name).length === 0 && !isOpen)
    errors.invalid(
      FieldPath.of('metadata').child('name'),
      name,
      `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(required)}`,
      required === '.' ? { at: path } : {},
    );
  if (group === '' && version !== 'v1')
    errors.required(
      path.child('group'),
      'only v1 may have an empty group and it better be legacy kube',
    );
  if (group !== '') errors.invalidEach(path.child('group'), group, isDNS1123Subdomain(group));
  errors.invalidEach(path.child('version'), version, isDNS1035Label(version));
  for (const [field, most] of [
    ['groupPriorityMinimum', 20_000],
    ['versionPriority', 1000],
  ] as const) {
    const priority = numberAt(spec, field);
    if (priority !== undefined && (priority <= 0 || priority > most))
      errors.invalid(path.child(field), priority, `must be positive and less than ${most}`);
  }
  validateServer(errors, spec, path);
}

/** Who answers: the API server itself, or a Service. */
function validateServer(errors: FieldErrors, spec: JsonObject, path: FieldPath): void {
  const service = objectAt(spec, 'service');
  const bundle = stringAt(spec, 'caBundle');
  const skips = booleanAt(spec, 'insecureSkipTLSVerify') === true;
  const skipPath = path.child('insecureSkipTLSVerify');
  if (service === undefined) {
    if (isSet(spec, 'service') || errors.isIncomplete(path)) return;
    if (bundle !== '')
      errors.invalid(
        path.child('caBundle'),
        `${base64Length(bundle)} bytes`,
        'local APIServices may not have a caBundle',
      );
    if (skips)
      errors.invalid(skipPath, true, 'local APIServices may not have insecureSkipTLSVerify');
    return;
  }
  const own = path.child('service');
  requireTexts(errors, service, ['namespace', 'name'], own);
  validatePort(errors, service, own);
  if (skips && bundle !== '')
    errors.invalid(skipPath, true, 'may not be true if caBundle is present');
}
