/**
 * What the API server refuses of Gateways and routes, by the schemas of their definitions and the
 * rules in them. Fields that they do not have are held against the table of all custom resources.
 *
 * @source kubernetes-sigs/gateway-api apis/v1 `Listener`, `ParentReference`,
 *   `BackendObjectReference`, `HTTPPathMatch`, `HTTPRouteRule` @v1.4.0
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import { type AnyJson, asJsonObject, asList, asText, fieldAt } from '../../kubernetes/json.ts';
import type { Json, Path } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { itemsAt, routeKinds } from './route-backends.ts';
import {
  emptyRefusals,
  filterRefusals,
  strangeInPath,
  twiceRefusals,
  wordRefusals,
} from './route-refusals.ts';

export const gatewayKinds: readonly string[] = ['Gateway', ...routeKinds];

export interface Refused {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly part?: 'key';
  /** One sentence, lower case, no full stop. */
  readonly problem: string;
  readonly help: string;
}

type Problem = Omit<Refused, 'object'>;

export function* gatewayRefusals({ objects }: Cluster): Iterable<Refused> {
  for (const object of objects.ofKind(gatewayGroup, 'Gateway'))
    for (const problem of ofGateway(object.value)) yield { object, ...problem };
  for (const kind of routeKinds)
    for (const object of objects.ofKind(gatewayGroup, kind))
      for (const problem of [
        ...emptyRefusals(kind, object.apiVersion, object.value),
        ...ofRoute(object.value),
      ])
        yield { object, ...problem };
}

const host = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function* ofHost(value: Json | undefined, at: Path): Iterable<Problem> {
  if (typeof value !== 'string' || isPlaceholder(value) || host.test(value)) return;
  const help = /:\d+$/.test(value)
    ? 'take the port out: the listener has it'
    : value === '*'
      ? 'leave it out: that is every host'
      : 'write a name in lower case, such as shop.example.com or *.example.com';
  yield { at, problem: `"${value}" is no name of a host`, help };
}

/** The pattern of `ProtocolType`: a plain name, or one behind a domain and a slash. */
const protocols = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]\/[A-Za-z0-9]+$/;

function* ofGateway(value: AnyJson): Iterable<Problem> {
  const listeners = fieldAt(value, 'spec', 'listeners');
  // ListenerSets may bring them.
  const mayGrow = fieldAt(value, 'spec', 'allowedListeners') !== undefined;
  if (Array.isArray(listeners) && listeners.length === 0 && !mayGrow)
    yield { at: ['spec', 'listeners'], problem: 'there is no listener', help: 'add one' };
  for (const { path, value: listener } of itemsAt(value, ['spec', 'listeners'])) {
    const hostname = fieldAt(listener, 'hostname');
    const protocol = asText(fieldAt(listener, 'protocol')) ?? '';
    if (protocol !== '' && !isPlaceholder(protocol) && !protocols.test(protocol))
      yield {
        at: [...path, 'protocol'],
        problem: `"${protocol}" is no protocol`,
        help: 'write HTTP, HTTPS, TLS, TCP or UDP, or a name with a domain in front',
      };
    yield* ofHost(hostname, [...path, 'hostname']);
    if (hostname !== undefined && hostname !== '' && ['TCP', 'UDP'].includes(protocol))
      yield {
        at: [...path, 'hostname'],
        problem: `a listener for ${protocol} has no hostname: its bytes do not say which is meant`,
        help: 'take it out',
      };
    const port = fieldAt(listener, 'port');
    if (typeof port === 'number' && (port < 1 || port > 65_535))
      yield {
        at: [...path, 'port'],
        problem: `${port} is no port: 1 to 65535 are`,
        help: 'write another number',
      };
    const from = ['allowedRoutes', 'namespaces', 'from'];
    yield* oneOf(listener, path, from, ['All', 'Selector', 'Same']);
  }
}

function* oneOf(
  value: Json | undefined,
  at: Path,
  field: readonly string[],
  allowed: readonly string[],
): Iterable<Problem> {
  const written = fieldAt(value, ...field);
  if (typeof written !== 'string' || isPlaceholder(written) || allowed.includes(written)) return;
  yield {
    at: [...at, ...field],
    problem: `"${written}" is none of ${allowed.join(', ')}`,
    help: `write one of ${allowed.join(', ')}`,
  };
}

function* ofRoute(value: AnyJson): Iterable<Problem> {
  yield* ofParents(value);
  for (const [index, name] of asList(fieldAt(value, 'spec', 'hostnames')).entries())
    yield* ofHost(name, ['spec', 'hostnames', index]);
  for (const rule of itemsAt(value, ['spec', 'rules'])) {
    for (const { path, value: backend } of itemsAt(value, [...rule.path, 'backendRefs']))
      yield* ofBackend(backend, path);
    for (const { path, value: match } of itemsAt(value, [...rule.path, 'matches']))
      yield* ofPath(fieldAt(match, 'path'), [...path, 'path']);
    yield* wordRefusals(value, rule.path);
    yield* twiceRefusals(value, rule.path);
    yield* ofFilters(rule.value, rule.path);
    yield* ofTimeouts(rule.value, [...rule.path, 'timeouts']);
  }
}

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

function* ofPath(match: Json | undefined, at: Path): Iterable<Problem> {
  const types = ['Exact', 'PathPrefix', 'RegularExpression'];
  yield* oneOf(match, at, ['type'], types);
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

/** The field that each type of filter has. */
const fields: ReadonlyMap<string, string> = new Map([
  ['RequestHeaderModifier', 'requestHeaderModifier'],
  ['ResponseHeaderModifier', 'responseHeaderModifier'],
  ['RequestMirror', 'requestMirror'],
  ['RequestRedirect', 'requestRedirect'],
  ['URLRewrite', 'urlRewrite'],
  ['ExtensionRef', 'extensionRef'],
  ['CORS', 'cors'],
  ['ExternalAuth', 'externalAuth'],
]);

function* ofFilters(rule: Json | undefined, at: Path): Iterable<Problem> {
  const filters = asList(fieldAt(rule, 'filters'));
  const typeOf = (filter: Json): string => asText(fieldAt(filter, 'type')) ?? '';
  for (const [index, filter] of filters.entries()) {
    const field = fields.get(typeOf(filter));
    const path = [...at, 'filters', index, 'type'];
    const other = Object.keys(asJsonObject(filter) ?? {}).find(
      (one) => one !== 'type' && one !== field,
    );
    if (field === undefined || other === undefined) continue;
    yield {
      at: path,
      problem: `a filter of type ${typeOf(filter)} has ${field}, and not ${other}`,
      help: `write ${field} below it, or the type of ${other}`,
    };
  }
  yield* filterRefusals(filters, at, fields);
  const redirect = filters.findIndex((filter) => typeOf(filter) === 'RequestRedirect');
  const rewrite = filters.findIndex((filter) => typeOf(filter) === 'URLRewrite');
  if (redirect >= 0 && rewrite >= 0)
    yield {
      at: [...at, 'filters', rewrite, 'type'],
      problem: 'a rule redirects or rewrites, not both',
      help: 'take one of them out',
    };
  if (redirect >= 0 && asList(fieldAt(rule, 'backendRefs')).length > 0)
    yield {
      at: [...at, 'filters', redirect, 'type'],
      problem: 'a rule that redirects has no backendRefs: the request ends there',
      help: 'take backendRefs out, or put the redirect into a rule of its own',
    };
  yield* ofPrefixes(rule, filters, at);
}

/** What replaces a prefix needs one, in the only match of the rule. */
function* ofPrefixes(
  rule: Json | undefined,
  filters: readonly Json[],
  at: Path,
): Iterable<Problem> {
  const matches = asList(fieldAt(rule, 'matches'));
  const isPrefix =
    matches.length === 0 ||
    (matches.length === 1 &&
      (fieldAt(matches[0], 'path', 'type') ?? 'PathPrefix') === 'PathPrefix');
  for (const [index, filter] of filters.entries())
    for (const field of ['urlRewrite', 'requestRedirect']) {
      const path = [...at, 'filters', index, field, 'path', 'type'];
      if (isPrefix || fieldAt(filter, field, 'path', 'type') !== 'ReplacePrefixMatch') continue;
      yield {
        at: path,
        problem: 'ReplacePrefixMatch needs exactly one match, of type PathPrefix',
        help: 'write ReplaceFullPath, or a rule for each prefix',
      };
    }
}
