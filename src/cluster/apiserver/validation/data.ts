/** What pods read: ConfigMaps and Secrets (pkg/apis/core/validation/validation.go). */
import type { Json, JsonObject } from '../../../kubernetes/json.ts';
import { placeholderIn } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import { utf8Length } from '../../../text/utf8-length.ts';
import { base64Length, decodeBase64 } from '../base64.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, objectAt, stringAt, stringMapAt } from '../fields.ts';
import { validateObjectMeta } from './metadata.ts';
import { isConfigMapKey, isDNS1123Subdomain } from './names.ts';

/** Bytes (pkg/apis/core/types.go `MaxSecretSize`). */
const maximumSize = 1024 * 1024;

const redacted = new GoText('"<secret contents redacted>"');

const dataPath = FieldPath.of('data');
const binaryDataPath = FieldPath.of('binaryData');
const stringDataPath = FieldPath.of('stringData');
const annotationsPath = FieldPath.of('metadata').child('annotations');

/** `ValidateConfigMap`. */
export function validateConfigMap(errors: FieldErrors, configMap: JsonObject): void {
  validateObjectMeta(errors, configMap, isDNS1123Subdomain);
  const data = stringMapAt(configMap, 'data');
  const binaryData = stringMapAt(configMap, 'binaryData');
  for (const key in data) {
    validateKey(errors, key, dataPath);
    if (isSet(binaryData, key))
      errors.invalid(dataPath.key(key), key, 'duplicate of key present in binaryData', {
        part: 'key',
      });
  }
  for (const key in binaryData) validateKey(errors, key, binaryDataPath);
  if (sizeOf(data, utf8Length) + sizeOf(binaryData, base64Length) > maximumSize)
    errors.tooLong(FieldPath.of('[]'), maximumSize, { at: dataPath });
}

/**
 * `ValidateSecret`, of a Secret whose `stringData` was put into `data` as
 * `Convert_v1_Secret_To_core_Secret` does (pkg/apis/core/v1/conversion.go).
 */
export function validateSecret(errors: FieldErrors, secret: JsonObject): void {
  validateObjectMeta(errors, secret, isDNS1123Subdomain);
  const data = stringMapAt(secret, 'data');
  const stringData = stringMapAt(secret, 'stringData');
  for (const key in data) if (!isSet(stringData, key)) validateKey(errors, key, dataPath);
  for (const key in stringData) validateKey(errors, key, dataPath, stringDataPath);
  if (sizeOf(data, base64Length) + sizeOf(stringData, utf8Length) > maximumSize)
    errors.tooLong(dataPath, maximumSize);
  if (!errors.isIncomplete(dataPath) && !errors.isIncomplete(stringDataPath))
    validateType(errors, secret);
}

function validateKey(errors: FieldErrors, key: string, path: FieldPath, at = path): void {
  const messages = isConfigMapKey(key);
  errors.invalidEach(path.key(key), key, messages, { at: at.key(key), part: 'key' });
}

function validateType(errors: FieldErrors, secret: JsonObject): void {
  const type = stringAt(secret, 'type');
  const found = (key: string): Json | undefined =>
    getOwn(objectAt(secret, 'stringData'), key) ?? getOwn(objectAt(secret, 'data'), key);
  const demand = (...keys: string[]): void => {
    for (const key of keys)
      if (found(key) === undefined) errors.required(dataPath.key(key), '', { at: dataPath });
  };
  switch (type) {
    case 'kubernetes.io/tls':
      return demand('tls.crt', 'tls.key');
    case 'kubernetes.io/ssh-auth':
      if (found('ssh-privatekey') === '') errors.required(dataPath.key('ssh-privatekey'));
      return demand('ssh-privatekey');
    case 'kubernetes.io/basic-auth':
      if ((found('username') ?? found('password')) === undefined) demand('username', 'password');
      return;
    case 'kubernetes.io/dockercfg':
      return validateDockerConfig(errors, secret, '.dockercfg');
    case 'kubernetes.io/dockerconfigjson':
      return validateDockerConfig(errors, secret, '.dockerconfigjson');
    case 'kubernetes.io/service-account-token': {
      const annotation = 'kubernetes.io/service-account.name';
      const annotations = stringMapAt(objectAt(secret, 'metadata'), 'annotations');
      if (stringAt(annotations, annotation) === '')
        errors.required(annotationsPath.key(annotation));
    }
  }
}

/** The contents must be a mapping in JSON. */
function validateDockerConfig(errors: FieldErrors, secret: JsonObject, key: string): void {
  const text = getOwn(objectAt(secret, 'stringData'), key);
  const encoded = getOwn(objectAt(secret, 'data'), key);
  const path = dataPath.key(key);
  if (text === undefined && encoded === undefined)
    return errors.required(path, '', { at: dataPath });
  if (placeholderIn(text ?? encoded ?? '') !== undefined) return;
  const at = text === undefined ? path : stringDataPath.key(key);
  const problem = mappingProblem(text === undefined ? decodeBase64(String(encoded)) : String(text));
  if (problem !== undefined) errors.invalid(path, redacted, problem, { at });
}

/** Why encoding/json would not read a text into a map; of a syntax error, how it begins. */
function mappingProblem(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const start = text.trimStart().charAt(0);
    if (start === '') return 'unexpected end of JSON input';
    return /[{["\d\-tfn]/.test(start)
      ? 'invalid character in JSON'
      : `invalid character '${start}' looking for beginning of value`;
  }
  if (typeof value === 'object' && !Array.isArray(value)) return undefined;
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
}

function sizeOf(
  data: Readonly<Record<string, string>> | undefined,
  size: (text: string) => number,
): number {
  let sum = 0;
  for (const key in data) sum += size(getOwn(data, key) ?? '');
  return sum;
}
