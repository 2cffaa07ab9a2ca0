/**
 * What the API server refuses of routes of Gateway API: by lists of words, by what must be there
 * and by what may stand once. An API server with the definitions of v1.7.0 was asked.
 *
 * @source kubernetes-sigs/gateway-api apis/v1 `ParentReference`, `BackendObjectReference`,
 *   `HTTPPathMatch`, `HTTPRouteMatch`, `HTTPRouteRule`, `GRPCMethodMatch` @v1.4.0
 */
import type { ClusterObject } from '../../cluster/objects.ts';
import {
  type AnyJson,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { filterRefusals } from './filter-refusals.ts';
import { hostRefusals, type Problem, wordRefusals } from './refused-values.ts';
import { itemsAt } from './route-backends.ts';

export function* routeRefusals({ kind, apiVersion, value }: ClusterObject): Iterable<Problem> {
  yield* ofEmpty(kind, apiVersion, value);
  yield* ofParents(value);
  for (const [index, name] of asList(fieldAt(value, 'spec', 'hostnames')).entries())
    yield* hostRefusals(name, ['spec', 'hostnames', index]);
  for (const rule of itemsAt(value, ['spec', 'rules'])) {
    for (const { path, value: backend } of itemsAt(value, [...rule.path, 'backendRefs']))
      yield* ofBackend(backend, path);
    for (const { path, value: match } of itemsAt(value, [...rule.path, 'matches']))
      yield* ofPath(fieldAt(match, 'path'), [...path, 'path']);
    yield* ofWords(value, rule.path);
    yield* ofRepeated(value, rule.path);
    yield* filterRefusals(rule.value, rule.path);
    yield* ofTimeouts(rule.value, [...rule.path, 'timeouts']);
  }
}

/** `rules: []` and, where the host is all that tells routes apart, no host. */
function* ofEmpty(kind: string, apiVersion: string, value: AnyJson): Iterable<Problem> {
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

/** References to one Gateway must each name a listener, or none but one may be there. */
function* ofParents(value: AnyJson): Iterable<Problem> {
  const seen = new Map<string, (string | undefined)[]>();
  for (const { path, value: parent } of itemsAt(value, ['spec', 'parentRefs'])) {
    const text = (field: string): string | undefined => asText(fieldAt(parent, field));
    const key = [text('group'), text('kind'), text('namespace'), text('name')].join('/');
    const port = fieldAt(parent, 'port');
    const own = text('sectionName') ?? (port === undefined ? undefined : String(port));
    const others = seen.get(key) ?? [];
    seen.set(key, [...others, own]);
    if (others.length === 0 || isPlaceholder(own)) continue;
    if (own !== undefined && !others.includes(undefined) && !others.includes(own)) continue;
    yield {
      at: [...path, 'name'],
      problem: `${text('name') ?? ''} is named twice, and no sectionName tells the two apart`,
      help: 'write the sectionName of a listener to each, or leave one of them',
    };
  }
}

/** Its port is for a rule of its own. */
function* ofBackend(backend: Json | undefined, path: Path): Iterable<Problem> {
  const weight = fieldAt(backend, 'weight');
  if (typeof weight === 'number' && (weight < 0 || weight > 1_000_000))
    yield { at: [...path, 'weight'], problem: `${weight} is no weight`, help: 'write 0 or more' };
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

function* ofWords(value: AnyJson, rule: Path): Iterable<Problem> {
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
function* ofRepeated(value: AnyJson, rule: Path): Iterable<Problem> {
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

function* ofPath(match: Json | undefined, at: Path): Iterable<Problem> {
  const types = ['Exact', 'PathPrefix', 'RegularExpression'];
  yield* wordRefusals(match, at, ['type'], types);
  const type = asText(fieldAt(match, 'type')) ?? 'PathPrefix';
  const value = asText(fieldAt(match, 'value')) ?? '/';
  if (isPlaceholder(value) || type === 'RegularExpression') return;
  const place = [...at, 'value'];
  if (!value.startsWith('/'))
    yield { at: place, problem: `path "${value}" does not begin with /`, help: `write /${value}` };
  else if (value.includes('//'))
    yield { at: place, problem: `path "${value}" has // in it`, help: 'write a single /' };
  const strange = strangeInPath(value);
  if (strange !== undefined)
    yield {
      at: place,
      problem: `path "${value.slice(0, 60)}" cannot be: ${strange}`,
      help: 'write it without, or with type: RegularExpression if it is a pattern',
    };
}

/** What each part of a path may not have, whatever the rest of it is. */
const strangers: readonly (readonly [RegExp, string])[] = [
  [/\/\.\.?(?=\/|$)/, 'steps . and .. are not followed'],
  [/%2f/i, 'an encoded / is no part of a name'],
  [/[?#]/, 'a path ends where ? or # begins'],
  [/[^-A-Za-z0-9/._~!$&'()*+,;=:@%]/, 'it has a character that a path can only hold encoded'],
];

/** Undefined where the API server takes the path. */
function strangeInPath(path: string): string | undefined {
  return path.length > 1024
    ? 'it is longer than 1024 characters'
    : strangers.find(([pattern]) => pattern.test(path))?.[1];
}

const durations = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;
const milliseconds: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** `GEP-2257`: no fractions, no days. */
function* ofTimeouts(rule: Json | undefined, at: Path): Iterable<Problem> {
  const lengths = new Map<string, number>();
  for (const field of ['request', 'backendRequest']) {
    const written = asText(fieldAt(rule, 'timeouts', field));
    if (written === undefined || isPlaceholder(written)) continue;
    if (!durations.test(written))
      yield {
        at: [...at, field],
        problem: `"${written}" is no duration`,
        help: 'write whole numbers with h, m, s or ms, such as 1m30s',
      };
    const parts = [...written.matchAll(/(\d{1,5})(ms|[hms])/g)];
    lengths.set(
      field,
      parts.reduce(
        (sum, [, number, unit = '']) => sum + Number(number) * (milliseconds.get(unit) ?? 0),
        0,
      ),
    );
  }
  const [request = 0, backend = 0] = [lengths.get('request'), lengths.get('backendRequest')];
  if (request > 0 && backend > request)
    yield {
      at: [...at, 'backendRequest'],
      problem: 'the time for the backend is longer than that for the whole request',
      help: 'write a longer request, or a shorter backendRequest',
    };
}
