/**
 * Objects of apiVersions that are no longer served, as their successors have them: what the API
 * server's own conversions made of them while both were served.
 */
import { inFile, withEntry, without } from '../../manifest/edit.ts';
import {
  childOf,
  type Entry,
  entryOf,
  locateAcross,
  type MapNode,
  type Node,
} from '../../manifest/node.ts';
import type { SourceFile } from '../../manifest/source.ts';
import { getOwn } from '../../own.ts';
import { added, edited, renamed, scalarAt } from './tree-edit.ts';

export interface Converted {
  readonly node: MapNode;
  /** What has to be written otherwise besides the apiVersion: `serviceName is service.name`. */
  readonly changes: readonly string[];
}

/**
 * `node`, of an object in `file`, as the newest version of its kind has it; every value keeps its
 * place in the text.
 */
export function convert(
  apiVersion: string,
  kind: string,
  node: MapNode,
  file: SourceFile,
): Converted {
  switch (`${apiVersion} ${kind}`) {
    case 'extensions/v1beta1 Ingress':
    case 'networking.k8s.io/v1beta1 Ingress':
      return convertIngress(node);
    case 'extensions/v1beta1 Deployment':
    case 'extensions/v1beta1 ReplicaSet':
    case 'extensions/v1beta1 DaemonSet':
    case 'apps/v1beta1 Deployment':
    case 'apps/v1beta1 StatefulSet':
      return convertWorkload(node, file);
    case 'autoscaling/v2beta1 HorizontalPodAutoscaler':
      return convertMetrics(node);
    case 'apiextensions.k8s.io/v1beta1 CustomResourceDefinition':
      return convertConversion(node);
    case 'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration':
    case 'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration':
      return convertWebhooks(node);
    default:
      return { node, changes: [] };
  }
}

/**
 * pkg/apis/networking/v1beta1/conversion.go; a path of old had `pathType: ImplementationSpecific`
 * unless it said otherwise.
 */
function convertIngress(root: MapNode): Converted {
  const changes = new Set<string>();
  let node = root;
  if (childOf(childOf(node, 'spec'), 'backend') !== undefined) {
    node = renamed(node, ['spec', 'backend'], 'defaultBackend');
    changes.add('backend is defaultBackend');
  }
  node = edited(node, ['spec', 'defaultBackend'], (backend) => convertBackend(backend, changes));
  return {
    node: edited(node, ['spec', 'rules'], (rules) =>
      mapItems(rules, (rule) =>
        rule.type !== 'map'
          ? rule
          : edited(rule, ['http', 'paths'], (paths) =>
              mapItems(paths, (path) => convertPath(path, changes)),
            ),
      ),
    ),
    changes: [...changes],
  };
}

function convertPath(path: Node, changes: Set<string>): Node {
  if (path.type !== 'map') return path;
  const converted = edited(path, ['backend'], (backend) => convertBackend(backend, changes));
  if (entryOf(converted, 'pathType') !== undefined) return converted;
  changes.add('pathType is required');
  const [first] = converted.entries;
  const at = first?.keyRange ?? converted.range;
  return withEntry(converted, 'pathType', at, scalarAt('ImplementationSpecific', converted));
}

/**
 * `Convert_v1beta1_IngressBackend_To_networking_IngressBackend`. Digits in quotes were taken for
 * the number by every controller.
 */
export function convertBackend(backend: Node, changes: Set<string>): Node {
  if (backend.type !== 'map') return backend;
  const name = entryOf(backend, 'serviceName');
  const port = entryOf(backend, 'servicePort');
  if (name === undefined && port === undefined) return backend;
  const service: Entry[] = [];
  if (name !== undefined) {
    service.push({ ...name, key: 'name' });
    changes.add('serviceName is service.name');
  }
  if (port !== undefined) {
    const value = asNumber(port.value);
    const key = value.type === 'scalar' && typeof value.value === 'string' ? 'name' : 'number';
    const entries = [{ ...port, key, value }];
    service.push({ ...port, key: 'port', value: { type: 'map', entries, range: value.range } });
    changes.add(`servicePort is service.port.${key}`);
  }
  const { keyRange } = (name ?? port) as Entry;
  const value: MapNode = { type: 'map', entries: service, range: backend.range };
  const others = without(without(backend, 'serviceName'), 'servicePort');
  return entryOf(others, 'service') === undefined
    ? withEntry(others, 'service', keyRange, value)
    : others;
}

function asNumber(node: Node): Node {
  return node.type === 'scalar' && typeof node.value === 'string' && /^\d{1,5}$/.test(node.value)
    ? { ...node, value: Number(node.value) }
    : node;
}

/**
 * The selector was the template's labels unless it was written
 * (pkg/apis/extensions/v1beta1/defaults.go, pkg/apis/apps/v1beta1/defaults.go), and some fields are
 * gone.
 */
function convertWorkload(root: MapNode, file: SourceFile): Converted {
  const changes: string[] = [];
  let node = root;
  for (const field of ['rollbackTo', 'templateGeneration']) {
    if (childOf(childOf(node, 'spec'), field) === undefined) continue;
    node = edited(node, ['spec', field], () => undefined);
    changes.push(`${field} is gone`);
  }
  if (childOf(childOf(node, 'spec'), 'selector') !== undefined) return { node, changes };
  const filled = withSelectorOfTemplate(node, file);
  return filled === node
    ? { node, changes }
    : { node: filled, changes: [...changes, 'spec.selector is required'] };
}

/**
 * The tree with a selector of the very labels that its template has; as it was where there are
 * none, or a selector already.
 */
export function withSelectorOfTemplate(root: MapNode, file: SourceFile): MapNode {
  const spec = childOf(root, 'spec');
  const metadata = childOf(childOf(spec, 'template'), 'metadata');
  const labels = entryOf(metadata, 'labels');
  if (labels?.value.type !== 'map' || labels.value.entries.length === 0) return root;
  if (spec?.type !== 'map' || entryOf(spec, 'selector') !== undefined) return root;
  const place = locateAcross(file, root, ['spec', 'template', 'metadata', 'labels'], 'key');
  const matchLabels: Entry = {
    ...labels,
    key: 'matchLabels',
    value: inFile(labels.value, place.file),
  };
  const value: MapNode = {
    type: 'map',
    entries: [matchLabels],
    range: labels.value.range,
    file: place.file,
  };
  return added(root, ['spec'], { key: 'selector', keyRange: labels.keyRange, value });
}

/**
 * @source kubernetes/kubernetes pkg/apis/autoscaling/v2beta1/conversion.go @819ecd4d (gone in 1.36)
 */
function convertMetrics(root: MapNode): Converted {
  let changed = false;
  const node = edited(root, ['spec', 'metrics'], (metrics) =>
    mapItems(metrics, (metric) => {
      if (metric.type !== 'map') return metric;
      return {
        ...metric,
        entries: metric.entries.map((entry) => {
          const value = convertMetric(entry);
          changed ||= value !== entry.value;
          return { ...entry, value };
        }),
      };
    }),
  );
  return { node, changes: changed ? ['metrics have a target each'] : [] };
}

const targetTypes: Readonly<Record<string, readonly [type: string, field: string]>> = {
  targetAverageUtilization: ['Utilization', 'averageUtilization'],
  targetAverageValue: ['AverageValue', 'averageValue'],
  averageValue: ['AverageValue', 'averageValue'],
  targetValue: ['Value', 'value'],
};

/**
 * One source of a metric: its target in a struct of its own, the metric's name in another one, and
 * an object under another name.
 */
function convertMetric({ key: source, value: node }: Entry): Node {
  if (node.type !== 'map') return node;
  const written = node.entries.find(
    ({ key, value }) => getOwn(targetTypes, key) !== undefined && value.type === 'scalar',
  );
  const [type, field] = getOwn(targetTypes, written?.key ?? '') ?? [];
  if (written === undefined || type === undefined || field === undefined) return node;
  const isResource = source === 'resource' || source === 'containerResource';
  const rest = node.entries.flatMap((entry): Entry[] => {
    const { key } = entry;
    if (getOwn(targetTypes, key) !== undefined) return [];
    if (key === 'target') return [{ ...entry, key: 'describedObject' }];
    if (!isResource && (key === 'metricName' || key === 'metricSelector' || key === 'selector'))
      return [];
    return [entry];
  });
  const metric = node.entries.flatMap((entry): Entry[] => {
    if (isResource) return [];
    if (entry.key === 'metricName') return [{ ...entry, key: 'name' }];
    return entry.key === 'metricSelector' || entry.key === 'selector'
      ? [{ ...entry, key: 'selector' }]
      : [];
  });
  const { keyRange } = written;
  const target: MapNode = {
    type: 'map',
    entries: [
      { key: 'type', keyRange, value: scalarAt(type, written.value) },
      { ...written, key: field },
    ],
    range: written.value.range,
  };
  return {
    ...node,
    entries: [
      ...rest,
      ...(metric.length > 0
        ? [
            {
              key: 'metric',
              keyRange,
              value: { type: 'map' as const, entries: metric, range: node.range },
            },
          ]
        : []),
      { key: 'target', keyRange, value: target },
    ],
  };
}

/**
 * `webhookClientConfig` stands in `webhook`
 * (apiextensions-apiserver pkg/apis/apiextensions/v1beta1/conversion.go).
 */
function convertConversion(root: MapNode): Converted {
  const config = entryOf(childOf(childOf(root, 'spec'), 'conversion'), 'webhookClientConfig');
  if (config === undefined) return { node: root, changes: [] };
  const path = ['spec', 'conversion'];
  const rest = edited(root, [...path, 'webhookClientConfig'], () => undefined);
  return {
    node: added(rest, [...path, 'webhook'], { ...config, key: 'clientConfig' }),
    changes: ['webhookClientConfig is webhook.clientConfig'],
  };
}

/**
 * What v1 wants to be written had a value of its own in v1beta1.
 *
 * @source kubernetes/kubernetes pkg/apis/admissionregistration/v1beta1/defaults.go
 *   `SetDefaults_MutatingWebhook`, `SetDefaults_ValidatingWebhook` @v1.34.0
 */
function convertWebhooks(root: MapNode): Converted {
  const changes = new Set<string>();
  const filled = (webhook: Node): Node => {
    if (webhook.type !== 'map') return webhook;
    const at = webhook.entries[0]?.keyRange ?? webhook.range;
    const version = scalarAt('v1beta1', webhook);
    const defaults: Readonly<Record<string, Node>> = {
      sideEffects: scalarAt('None', webhook),
      admissionReviewVersions: { ...version, type: 'seq', items: [version] },
    };
    let node = webhook;
    for (const [field, value] of Object.entries(defaults)) {
      if (entryOf(node, field) !== undefined) continue;
      changes.add(`${field} is required`);
      node = withEntry(node, field, at, value);
    }
    return node;
  };
  const node = edited(root, ['webhooks'], (webhooks) => mapItems(webhooks, filled));
  return { node, changes: [...changes] };
}

function mapItems(node: Node, change: (item: Node) => Node): Node {
  return node.type === 'seq' ? { ...node, items: node.items.map(change) } : node;
}
