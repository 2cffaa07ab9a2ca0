/**
 * What the API server refuses of the filters of a rule of a route.
 *
 * @source kubernetes-sigs/gateway-api apis/v1 `HTTPRouteFilter`, `HTTPRouteRule` @v1.4.0
 */
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { Problem } from './refused-values.ts';

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

export function* filterRefusals(rule: Json | undefined, at: Path): Iterable<Problem> {
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
  yield* ofTypes(filters, at);
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

/** Filters that may stand more than once in a rule. */
const repeatable: readonly string[] = ['RequestMirror', 'ExtensionRef'];

function* ofTypes(filters: readonly Json[], at: Path): Iterable<Problem> {
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
        problem: `a filter of type ${type} needs ${field}, which is not there`,
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
