/**
 * Services that the API server itself calls: admission webhooks, conversion webhooks, aggregated
 * APIs.
 */
import type { ClusterObject } from '../../cluster/objects.ts';
import { asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { childOf } from '../../manifest/node.ts';
import { prefixedOne } from '../references/prefixed.ts';
import { followService, type ReachedService, reachService } from '../references/reached-service.ts';
import {
  isNowhere,
  lookUp,
  missingMessages,
  namespaceOf,
  reportMissing,
} from '../references/reference.ts';
import { checkServicePort, portNumberMessages } from '../references/service-port.ts';
import type { Place, RuleContext, Words } from '../rule.ts';

export const calledServiceMessages = {
  ...missingMessages,
  ...portNumberMessages,
  headless: ({ service }: { service: string }) =>
    `the API server would dial the cluster IP of Service "${service}", which has none`,
};

/** Of `spec.service` and `clientConfig.service` alike. */
const defaultPort = 443;

export interface CalledService {
  readonly service: ReachedService;
  /** The scalar that names the Service. */
  readonly at: Path;
  readonly port: number;
}

/**
 * Follows a `{ namespace, name, port }` at a path, reports what is wrong, and gives what the API
 * server would call. It dials the cluster IP and the Service port, or the external name (apiserver
 * pkg/util/proxy/proxy.go `ResolveCluster`); with --enable-aggregator-routing, which is off by
 * default, an endpoint.
 */
export function followCalledService(
  context: RuleContext<typeof calledServiceMessages>,
  object: ClusterObject,
  path: Path,
  why: string,
): CalledService | undefined {
  const reference = fieldAt(object.value, ...path);
  const name = asText(fieldAt(reference, 'name'));
  const namespace = asText(fieldAt(reference, 'namespace'));
  const port = fieldAt(reference, 'port') ?? defaultPort;
  if (name === undefined || namespace === undefined || typeof port !== 'number') return undefined;
  const at = [...path, 'name'];
  const moved = movedService(context, name, namespace);
  if (moved === undefined && reportPrefixed(context, { object, at }, name, namespace, why))
    return undefined;
  const service =
    moved === undefined
      ? followService(context, { object, at }, { name, namespace }, { why })
      : reachService(context, object, { name, namespace: moved });
  if (service === undefined || service.picture?.spec.type === 'ExternalName') return undefined;
  if (service.picture?.headless === true) {
    const { object: headless } = service.picture;
    context.report({ object, at, ...ofHeadless(name, headless) });
    return undefined;
  }
  const known = checkServicePort(
    context,
    { object, at: [...path, 'port'] },
    service,
    { number: port },
    { why },
  );
  return known ? { service, at, port } : undefined;
}

/** One of another name and namespace: nothing of the written one was read. */
function reportPrefixed(
  context: RuleContext<typeof calledServiceMessages>,
  place: Place,
  name: string,
  namespace: string,
  why: string,
): boolean {
  const { cluster } = context;
  const wanted = { group: '', kind: 'Service', namespace, name };
  const isUnread =
    cluster.pods.kindsIn(namespace).size === 0 &&
    cluster.objects.inNamespace('', 'Service', namespace).length === 0;
  if (!isUnread || !isNowhere(lookUp(context, place.object, wanted))) return false;
  const object = prefixedOne(cluster, place.object, wanted);
  if (object === undefined) return false;
  const candidate = { object, written: object.name, difference: 'only', certain: false } as const;
  const help = `write name: ${object.name} and namespace: ${namespaceOf(object, cluster)}`;
  reportMissing(context, place, wanted, candidate, { why, help });
  return true;
}

function ofHeadless(service: string, object: ClusterObject): Words<typeof calledServiceMessages> {
  return {
    id: 'headless',
    data: { service },
    severity: 'warning',
    why:
      'kube-apiserver refuses to call a headless Service (cannot route to service with ' +
      'ClusterIP "None"), unless it runs with --enable-aggregator-routing',
    help: 'take "clusterIP: None" out of the Service',
    related: [{ object, at: ['spec', 'clusterIP'], message: 'this makes it headless' }],
  };
}

/**
 * Where a kustomization put a Service that was written for the namespace in question: kustomize
 * changes references to it likewise (kustomize
 * api/internal/konfig/builtinpluginconsts/namereference.go).
 */
function movedService(
  { cluster, unit }: RuleContext<typeof calledServiceMessages>,
  name: string,
  namespace: string,
): string | undefined {
  if (unit.origin !== 'kustomization') return undefined;
  const moved = cluster.objects.named('', 'Service', name).find((service) => {
    const written = childOf(childOf(service.source.node, 'metadata'), 'namespace');
    return (
      service.namespace !== namespace && written?.type === 'scalar' && written.value === namespace
    );
  });
  return moved?.namespace;
}
