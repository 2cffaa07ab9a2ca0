/**
 * The ConfigMaps by which ingress-nginx passes connections on that are no HTTP: `tcp-services` and
 * `udp-services`, or whatever its arguments name.
 *
 * @source kubernetes/ingress-nginx internal/ingress/controller/controller.go `getStreamServices`
 *   @3146b86a
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asJsonObject, asText, fieldAt } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';

export interface StreamService {
  readonly object: ClusterObject;
  /** The port that is opened, which is the key. */
  readonly key: string;
  readonly text: string;
  readonly protocol: 'TCP' | 'UDP';
  /** Undefined where the text has another form than `NAMESPACE/NAME:PORT`. */
  readonly service:
    | { readonly namespace: string; readonly name: string; readonly port: number | string }
    | undefined;
}

const form = /^([^/:\s]+)\/([^/:\s]+):([^/:\s]+)(?::(?:PROXY)?){0,2}$/i;

export function* streamServices(cluster: Cluster): Iterable<StreamService> {
  const named = namedMaps(cluster);
  for (const object of cluster.objects.ofKind('', 'ConfigMap')) {
    const { name, namespace = cluster.options.namespace } = object;
    const protocol = named.get(`${namespace}/${name}`) ?? /^(tcp|udp)-services$/.exec(name)?.[1];
    if (protocol === undefined) continue;
    const data = asJsonObject(fieldAt(object.value, 'data')) ?? {};
    for (const [key, value] of Object.entries(data)) {
      const text = asText(value)?.trim();
      if (text === undefined || !/^\d{1,5}$/.test(key) || isPlaceholder(text)) continue;
      const isUdp = protocol === 'udp';
      yield { object, key, text, protocol: isUdp ? 'UDP' : 'TCP', service: serviceIn(text) };
    }
  }
}

function serviceIn(text: string): StreamService['service'] {
  const [, namespace, name, port = ''] = (text.length <= 400 ? form.exec(text) : null) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  return { namespace, name, port: /^\d+$/.test(port) ? Number(port) : port };
}

/** `--tcp-services-configmap=ingress-nginx/tcp`; the namespace may be that of the pod. */
const flag = /^--(tcp|udp)-services-configmap=(?:(\$\(POD_NAMESPACE\)|[\w.-]+)\/)?([\w.-]+)$/;

function namedMaps(cluster: Cluster): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { spec, namespace } of cluster.pods.all)
    for (const { container } of runningContainers(spec))
      for (const word of container.args ?? []) {
        const [, protocol, written = '', name] =
          (typeof word === 'string' && word.length <= 400 ? flag.exec(word) : null) ?? [];
        if (protocol === undefined || name === undefined) continue;
        found.set(`${/^\w/.test(written) ? written : namespace}/${name}`, protocol);
      }
  return found;
}
