/**
 * The grammars of names, with the API server's complaints: apimachinery
 * pkg/util/validation/validation.go and apimachinery pkg/api/validate/content/kube.go. Each test
 * gives a list of messages, empty if the name is good; lengths are in bytes there and in characters
 * here, for anything but ASCII is refused anyway.
 */
import { perText } from '../../../text/per-text.ts';

const good: readonly string[] = [];

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const wildcardSubdomain = `\\*\\.${subdomain}`;
const labelKeyName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${labelKeyName})?`;
const percent = '[0-9]+%';
const configMapKey = '[-._a-zA-Z0-9]+';
const headerName = '[-A-Za-z0-9]+';
const envName = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const label_ = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomain_ = `${label_}(\\.${label_})*`;

const labelRegex = new RegExp(`^${label}$`);
const subdomainRegex = new RegExp(`^${subdomain}$`);
const label1035Regex = new RegExp(`^${label1035}$`);
const wildcardSubdomainRegex = new RegExp(`^${wildcardSubdomain}$`);
const labelKeyNameRegex = new RegExp(`^${labelKeyName}$`);
const percentRegex = new RegExp(`^${percent}$`);
const headerNameRegex = new RegExp(`^${headerName}$`);
const envNameRegex = new RegExp(`^${envName}$`);
const configMapKeyRegex = new RegExp(`^${configMapKey}$`);
const portCharsetRegex = /^[-a-z0-9]+$/;
const plainPortNameRegex = /^[a-z][a-z0-9]*$/;
const letterRegex = /[a-z]/;
const relaxedEnvNameRegex = /^[\x20-\x3c\x3e-\x7e]*$/;
const subdomainRegex_ = new RegExp(`^${subdomain_}$`);

const labelAllowed =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', " +
  'and must start and end with an alphanumeric character';
const subdomainAllowed =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' " +
  "or '.', and must start and end with an alphanumeric character";
const label1035Allowed =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with " +
  'an alphabetic character, and end with an alphanumeric character';
const wildcardAllowed =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, " +
  "which must consist of lower case alphanumeric characters, '-' or '.' and end with an " +
  'alphanumeric character';
const labelKeyAllowed =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with " +
  'an alphanumeric character';
const configMapKeyAllowed =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
const labelValueAllowed =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' " +
  "or '.', and must start and end with an alphanumeric character";

function regexError(allowed: string, format: string, ...examples: string[]): string {
  const list = examples.map((example) => `'${example}', `).join(' or ');
  return examples.length === 0
    ? `${allowed} (regex used for validation is '${format}')`
    : `${allowed} (e.g. ${list}regex used for validation is '${format}')`;
}

function tooLong(maximum: number, unit: 'characters' | 'bytes' = 'characters'): string {
  return `must be no more than ${maximum} ${unit}`;
}

/** `IsDNS1123Label`. */
export function isDNS1123Label(value: string): readonly string[] {
  if (value.length <= 63 && labelRegex.test(value)) return good;
  const messages: string[] = [];
  if (value.length > 63) messages.push(tooLong(63));
  if (!labelRegex.test(value)) {
    messages.push(
      subdomainRegex.test(value)
        ? 'must not contain dots'
        : regexError(labelAllowed, label, 'my-name', '123-abc'),
    );
  }
  return messages;
}

/** `IsDNS1123Subdomain`. */
export function isDNS1123Subdomain(
  value: string,
  unit: 'characters' | 'bytes' = 'characters',
): readonly string[] {
  if (value.length <= 253 && subdomainRegex.test(value)) return good;
  const messages: string[] = [];
  if (value.length > 253) messages.push(tooLong(253, unit));
  if (!subdomainRegex.test(value))
    messages.push(regexError(subdomainAllowed, subdomain, 'example.com'));
  return messages;
}

/** `IsDNS1123SubdomainWithUnderscore`. */
export function isDNS1123SubdomainWithUnderscore(value: string): readonly string[] {
  const messages: string[] = [];
  if (value.length > 253) messages.push(tooLong(253));
  if (!subdomainRegex_.test(value)) {
    messages.push(
      regexError(subdomainAllowed.replace("'-' or", "'_', '-' or"), subdomain_, 'example.com'),
    );
  }
  return messages;
}

/** `IsDNS1035Label`. */
export function isDNS1035Label(value: string): readonly string[] {
  const messages: string[] = [];
  if (value.length > 63) messages.push(tooLong(63));
  if (!label1035Regex.test(value))
    messages.push(regexError(label1035Allowed, label1035, 'my-name', 'abc-123'));
  return messages;
}

/** `IsWildcardDNS1123Subdomain`. */
export function isWildcardDNS1123Subdomain(value: string): readonly string[] {
  const messages: string[] = [];
  if (value.length > 253) messages.push(tooLong(253));
  if (!wildcardSubdomainRegex.test(value))
    messages.push(regexError(wildcardAllowed, wildcardSubdomain, '*.example.com'));
  return messages;
}

/** `IsValidPortName`: IANA_SVC_NAME of RFC 6335. */
export function isValidPortName(name: string): readonly string[] {
  if (name.length <= 15 && plainPortNameRegex.test(name)) return good;
  const messages: string[] = [];
  if (name.length > 15) messages.push(tooLong(15));
  if (!portCharsetRegex.test(name))
    messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!letterRegex.test(name)) messages.push('must contain at least one letter (a-z)');
  if (name.includes('--')) messages.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-'))
    messages.push('must not begin or end with a hyphen');
  return messages;
}

/** `IsValidPortNum`. */
export function isValidPortNumber(port: number): readonly string[] {
  return port >= 1 && port <= 65535 ? good : ['must be between 1 and 65535, inclusive'];
}

/** `IsLabelKey`, formerly `IsQualifiedName`. */
export const isLabelKey = perText(labelKeyProblems);

function labelKeyProblems(value: string): readonly string[] {
  if (value.length <= 63 && labelKeyNameRegex.test(value)) return good;
  const messages: string[] = [];
  const parts = value.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) {
    const format = regexError(labelKeyAllowed, labelKeyName, 'MyName', 'my.name', '123-abc');
    return [
      `a valid label key ${format} with an optional DNS subdomain prefix and '/' (e.g. ` +
        `'example.com/MyName')`,
    ];
  }
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') messages.push('prefix part must be non-empty');
    else
      for (const message of isDNS1123Subdomain(prefix, 'bytes'))
        messages.push(`prefix part ${message}`);
  }
  if (name === '') messages.push('name part must be non-empty');
  else if (name.length > 63) messages.push(`name part ${tooLong(63, 'bytes')}`);
  if (!labelKeyNameRegex.test(name))
    messages.push(
      `name part ${regexError(labelKeyAllowed, labelKeyName, 'MyName', 'my.name', '123-abc')}`,
    );
  return messages;
}

/** `IsLabelValue`. */
export function isLabelValue(value: string): readonly string[] {
  if (value === '' || (value.length <= 63 && labelKeyNameRegex.test(value))) return good;
  const messages: string[] = [];
  if (value.length > 63) messages.push(tooLong(63, 'bytes'));
  if (!labelKeyNameRegex.test(value))
    messages.push(regexError(labelValueAllowed, labelValue, 'MyValue', 'my_value', '12345'));
  return messages;
}

/** `IsValidPercent`. */
export function isValidPercent(value: string): readonly string[] {
  if (percentRegex.test(value)) return good;
  return [
    regexError(
      "a valid percent string must be a numeric string followed by an ending '%'",
      percent,
      '1%',
      '93%',
    ),
  ];
}

/** `IsHTTPHeaderName`. */
export function isHTTPHeaderName(value: string): readonly string[] {
  if (headerNameRegex.test(value)) return good;
  return [
    regexError(
      "a valid HTTP header must consist of alphanumeric characters or '-'",
      headerName,
      'X-Header-Name',
    ),
  ];
}

/** `IsRelaxedEnvVarName`, from 1.32 on; before, `IsEnvVarName`. */
export function isEnvVarName(value: string, relaxed: boolean): readonly string[] {
  if (relaxed) {
    if (value === '') return ['environment variable name must be non-empty'];
    return relaxedEnvNameRegex.test(value)
      ? good
      : [
          'a valid environment variable name must consist only of printable ASCII ' +
            "characters other than '='",
        ];
  }
  const messages: string[] = [];
  if (!envNameRegex.test(value)) {
    const allowed =
      'a valid environment variable name must consist of alphabetic characters, digits, ' +
      "'_', '-', or '.', and must not start with a digit";
    messages.push(regexError(allowed, envName, 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1'));
  }
  return [...messages, ...directoryProblems(value)];
}

/** `hasChDirPrefix`. */
function directoryProblems(value: string): readonly string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : good;
}

/** `IsConfigMapKey`. */
export function isConfigMapKey(value: string): readonly string[] {
  const messages: string[] = [];
  if (value.length > 253) messages.push(tooLong(253));
  if (!configMapKeyRegex.test(value))
    messages.push(
      regexError(configMapKeyAllowed, configMapKey, 'key.name', 'KEY_NAME', 'key-name'),
    );
  return [...messages, ...directoryProblems(value)];
}

/** `IsPathSegmentName` (apimachinery pkg/api/validate/content/path.go). */
export function isPathSegmentName(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%']
    .filter((part) => name.includes(part))
    .map((part) => `may not contain '${part}'`);
}

/** `IsFullyQualifiedDomainName`: the faulty part and what is wrong with it. */
export function fullyQualifiedDomainNameProblems(
  name: string,
): readonly (readonly [value: string, message: string])[] {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  const messages = isDNS1123Subdomain(bare);
  if (messages.length > 0) return [[bare, messages.join(',')]];
  const parts = bare.split('.');
  if (parts.length < 2)
    return [[bare, 'should be a domain with at least two segments separated by dots']];
  const problems: [string, string][] = [];
  for (const part of parts) {
    const partMessages = isDNS1123Label(part);
    if (partMessages.length > 0) problems.push([part, partMessages.join(',')]);
  }
  return problems;
}
