/**
 * Fields of Gateways and routes that the API server does not know: kubectl asks it to refuse them.
 * Known are those of the experimental channel, which has all of the standard one and more.
 *
 * @source kubernetes-sigs/gateway-api apis/v1 `HTTPRouteSpec`, `GatewaySpec` @v1.6.1
 */
import { asJsonObject, asList, fieldAt } from '../../kubernetes/json.ts';
import type { Json, Path } from '../../manifest/node.ts';
import { isSlip } from '../../text/slip.ts';

interface Field {
  /** The fields below it; undefined where there are none, or any. */
  readonly below?: Fields;
}
type Fields = ReadonlyMap<string, Field>;

/** Fields with nothing below them, and those with more. */
function fields(names: string, deep: Readonly<Record<string, Fields>> = {}): Fields {
  const plain = names.split(' ').filter((name) => name !== '');
  return new Map<string, Field>([
    ...plain.map((name): [string, Field] => [name, {}]),
    ...Object.entries(deep).map(([name, below]): [string, Field] => [name, { below }]),
  ]);
}

const secret = fields('group kind name namespace');
const parent = fields('group kind name namespace port sectionName');
const backend = fields('group kind name namespace port');
const selector = fields('matchLabels', { matchExpressions: fields('key operator values') });
const namespaces = fields('from', { selector });
const validation = fields('mode', { caCertificateRefs: secret });
const match = fields('name type value');

const gateway = fields('defaultScope gatewayClassName', {
  addresses: fields('type value'),
  allowedListeners: fields('', { namespaces }),
  infrastructure: fields('annotations labels', { parametersRef: fields('group kind name') }),
  listeners: fields('hostname name port protocol', {
    allowedRoutes: fields('', { kinds: fields('group kind'), namespaces }),
    tls: fields('mode options', { certificateRefs: secret }),
  }),
  tls: fields('', {
    backend: fields('', { clientCertificateRef: secret }),
    frontend: fields('', {
      default: fields('', { validation }),
      perPort: fields('port', { tls: fields('', { validation }) }),
    }),
  }),
});

const headers = fields('remove', { add: fields('name value'), set: fields('name value') });
const rewritten = fields('replaceFullPath replacePrefixMatch type');
const filters = fields('type', {
  cors: fields('allowCredentials allowHeaders allowMethods allowOrigins exposeHeaders maxAge'),
  extensionRef: fields('group kind name'),
  externalAuth: fields('protocol', {
    backendRef: backend,
    forwardBody: fields('maxSize'),
    grpc: fields('allowedHeaders'),
    http: fields('allowedHeaders allowedResponseHeaders path'),
  }),
  requestHeaderModifier: headers,
  requestMirror: fields('percent', {
    backendRef: backend,
    fraction: fields('denominator numerator'),
  }),
  requestRedirect: fields('hostname port scheme statusCode', { path: rewritten }),
  responseHeaderModifier: headers,
  urlRewrite: fields('hostname', { path: rewritten }),
});
const sessionPersistence = fields('absoluteTimeout idleTimeout sessionName type', {
  cookieConfig: fields('lifetimeType'),
});
const weighted = 'group kind name namespace port weight';

/** A route with rules of these fields. */
function route(rules: Fields): Fields {
  return fields('hostnames useDefaultGateways', { parentRefs: parent, rules });
}

const streams = route(fields('name', { backendRefs: fields(weighted) }));
const requests = { backendRefs: fields(weighted, { filters }), filters, sessionPersistence };
const specs: ReadonlyMap<string, Fields> = new Map([
  ['Gateway', gateway],
  [
    'HTTPRoute',
    route(
      fields('name', {
        ...requests,
        matches: fields('method', {
          headers: match,
          path: fields('type value'),
          queryParams: match,
        }),
        retry: fields('attempts backoff codes'),
        timeouts: fields('backendRequest request'),
      }),
    ),
  ],
  [
    'GRPCRoute',
    route(
      fields('name', {
        ...requests,
        matches: fields('', { headers: match, method: fields('method service type') }),
      }),
    ),
  ],
  ['TCPRoute', streams],
  ['TLSRoute', streams],
  ['UDPRoute', streams],
]);

export interface StrayField {
  readonly at: Path;
  readonly field: string;
  /** The field that was meant. */
  readonly known: string;
}

/** Those that are a typo away from a field: a later release may have others. */
export function strayFields(kind: string, value: Json): StrayField[] {
  const known = specs.get(kind);
  return known === undefined ? [] : straysIn(fieldAt(value, 'spec'), known, ['spec']);
}

function straysIn(value: Json | undefined, known: Fields, at: Path): StrayField[] {
  if (Array.isArray(value))
    return asList(value).flatMap((item, index) => straysIn(item, known, [...at, index]));
  return Object.entries(asJsonObject(value) ?? {}).flatMap(([field, below]): StrayField[] => {
    const place = [...at, field];
    const found = known.get(field);
    if (found !== undefined)
      return found.below === undefined ? [] : straysIn(below, found.below, place);
    const meant = [...known.keys()].find((one) => isSlip(field, one));
    return meant === undefined ? [] : [{ at: place, field, known: meant }];
  });
}
