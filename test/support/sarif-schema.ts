/**
 * The schema of SARIF 2.1.0 by OASIS (schemas/sarif-2.1.0.json, from
 * github.com/oasis-tcs/sarif-spec, Schemata/sarif-schema-2.1.0.json).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, 'schemas/sarif-2.1.0.json'), 'utf8'),
) as object;
const ajv = new Ajv({ strict: false, allErrors: true });
/** RFC 3986: nothing but these characters, and `%` only in front of two hexadecimal digits. */
const reference = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
ajv.addFormat('uri', (text: string) => reference.test(text) && /^[a-z][a-z0-9+.-]*:/i.test(text));
// The first part of a relative one has no colon: it would be a scheme.
ajv.addFormat(
  'uri-reference',
  (text: string) => reference.test(text) && !/^(?![a-z][a-z0-9+.-]*:)[^/]*:/i.test(text),
);
ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
const validate = ajv.compile(schema);

export function sarifErrors(log: unknown): ErrorObject[] {
  validate(log);
  return validate.errors ?? [];
}
