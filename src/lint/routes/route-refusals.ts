/**
 * What the definitions of routes refuse by lists of words, by what must be there and by what may
 * stand once: asked of an API server with the definitions of v1.7.0.
 *
 * @source kubernetes-sigs/gateway-api apis/v1 `HTTPPathMatch`, `HTTPRouteMatch`,
 *   `HTTPRouteFilter`, `GRPCMethodMatch` @v1.4.0
 */
import {
  type AnyJson,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { itemsAt } from './route-backends.ts';

interface Problem {
  readonly at: Path;
  readonly part?: 'key';
  readonly problem: string;
  readonly help: string;
}

/** Fields that hold one of a few words, by where they stand in a rule. */
const words: readonly (readonly [list: string, field: string, allowed: readonly string[]])[] = [
  [
    'matches',
    'method',
    ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'],
  ],
  ['matches.headers', 'type', ['Exact', 'RegularExpression']],
  ['matches.queryParams', 'type', ['Exact', 'RegularExpression']],
  ['filters.requestRedirect', 'scheme', ['http', 'https']],
  ['filters.requestRedirect', 'statusCode', ['301', '302', '303', '307', '308']],
];

export function* wordRefusals(value: AnyJson, rule: Path): Iterable<Problem> {
  for (const [list, field, allowed] of words)
    for (const { path, value: holder } of stepsOf(value, rule, list.split('.'))) {
      const written = fieldAt(holder, field);
      // A method of gRPC is a mapping.
      if (typeof written !== 'string' && typeof written !== 'number') continue;
      if (isPlaceholder(written) || allowed.includes(String(written))) continue;
      yield {
        at: [...path, field],
        problem: `"${written}" is none of ${allowed.join(', ')}`,
        help: `write one of ${allowed.join(', ')}`,
      };
    }
}

/** The items of the lists, and the fields, that the names lead to. */
function stepsOf(
  value: AnyJson,
  at: Path,
  names: readonly string[],
): readonly { readonly path: Path; readonly value: Json | undefined }[] {
  const [name, ...rest] = names;
  if (name === undefined) return [{ path: at, value: fieldAt(value, ...at) }];
  const path = [...at, name];
  const found = fieldAt(value, ...path);
  if (found === undefined) return [];
  return Array.isArray(found)
    ? found.flatMap((_, index) => stepsOf(value, [...path, index], rest))
    : stepsOf(value, path, rest);
}

/** Headers and parameters are told apart by their names. */
export function* twiceRefusals(value: AnyJson, rule: Path): Iterable<Problem> {
  for (const { path: match } of itemsAt(value, [...rule, 'matches']))
    for (const list of ['headers', 'queryParams']) {
      const seen = new Set<string>();
      for (const { path, value: one } of itemsAt(value, [...match, list])) {
        const name = asText(fieldAt(one, 'name')) ?? '';
        if (seen.has(name))
          yield {
            at: [...path, 'name'],
            problem: `"${name}" stands here a second time`,
            help: 'write one condition for it, or a match of its own',
          };
        seen.add(name);
      }
    }
}

/** What each part of a path may not have, whatever the rest of it is. */
const strangers: readonly (readonly [RegExp, string])[] = [
  [/\/\.\.?(?=\/|$)/, 'steps . and .. are not followed'],
  [/%2f/i, 'an encoded / is no part of a name'],
  [/[?#]/, 'a path ends where ? or # begins'],
  [/[^-A-Za-z0-9/._~!$&'()*+,;=:@%]/, 'it has a character that a path can only hold encoded'],
];

/** Undefined where the API server takes the path. */
export function strangeInPath(path: string): string | undefined {
  return path.length > 1024
    ? 'it is longer than 1024 characters'
    : strangers.find(([pattern]) => pattern.test(path))?.[1];
}

/** Filters that may stand more than once in a rule. */
const repeatable: readonly string[] = ['RequestMirror', 'ExtensionRef'];

/** @param fields the field of each type of filter */
export function* filterRefusals(
  filters: readonly Json[],
  at: Path,
  fields: ReadonlyMap<string, string>,
): Iterable<Problem> {
  const seen = new Set<string>();
  for (const [index, filter] of filters.entries()) {
    const type = asText(fieldAt(filter, 'type'));
    if (isPlaceholder(type)) continue;
    const path = [...at, 'filters', index];
    const field = fields.get(type ?? '');
    if (type === undefined)
      yield {
        at: path,
        problem: 'a filter has no type',
        help: `write one of ${[...fields.keys()].join(', ')}`,
      };
    else if (field === undefined)
      yield {
        at: [...path, 'type'],
        problem: `"${type}" is none of ${[...fields.keys()].join(', ')}`,
        help: 'write one of these',
      };
    else if (fieldAt(filter, field) === undefined && Object.keys(filter as object).length === 1)
      yield {
        at: [...path, 'type'],
        problem: `a filter of type ${type} has ${field}, which is not there`,
        help: `write ${field} below it`,
      };
    else if (seen.has(type) && !repeatable.includes(type))
      yield {
        at: [...path, 'type'],
        problem: `a second filter of type ${type}`,
        help: 'write all that it changes into one filter',
      };
    seen.add(type ?? '');
  }
}

/** `rules: []` and, where the host is all that tells routes apart, no host. */
export function* emptyRefusals(
  kind: string,
  apiVersion: string,
  value: AnyJson,
): Iterable<Problem> {
  const rules = fieldAt(value, 'spec', 'rules');
  if (Array.isArray(rules) && rules.length === 0 && streams.includes(kind))
    yield { at: ['spec', 'rules'], problem: 'there is no rule', help: 'add one' };
  const hosts = asList(fieldAt(value, 'spec', 'hostnames'));
  if (kind === 'TLSRoute' && apiVersion.endsWith('/v1') && hosts.length === 0)
    yield {
      at: ['spec'],
      part: 'key',
      problem: 'there are no hostnames: a TLSRoute is found by them alone',
      help: 'add hostnames',
    };
}

/** Of HTTPRoutes the rules may be left out in older releases. */
const streams: readonly string[] = ['TLSRoute', 'TCPRoute', 'UDPRoute'];
