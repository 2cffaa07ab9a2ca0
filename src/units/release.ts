/**
 * What `helm template` has rendered: which release an object belongs to, and the namespace of those
 * of its objects that write none. Templates write
 * `{{ .Release.Namespace }}` or leave it out, often both in one chart, and subcharts have habits of
 * their own; all of it ends up in one namespace.
 */
import { asJsonObject, type Json, type JsonObject } from '../kubernetes/json.ts';
import { isNamespaced } from '../kubernetes/kinds.ts';
import { sourceIn } from '../manifest/helm-source.ts';
import type { Manifest, ManifestDocument, ManifestObject } from '../manifest/manifest.ts';
import { isPlaceholder } from '../manifest/placeholder.ts';
import type { SourceFile } from '../manifest/source.ts';
import { remembered } from '../memo.ts';
import { addTo } from '../multimap.ts';
import { allInNamespace, inNamespace, outerNamespace } from './in-namespace.ts';

/**
 * The template that an object was rendered from: the comment in front of its separator or behind
 * it.
 */
export function sourceOf({ document, range }: ManifestObject): string | undefined {
  return sourceOfDocument(document, range[0]);
}

function sourceOfDocument({ file, range }: ManifestDocument, start = range[0]) {
  const { text } = file;
  const before = text.slice(
    Math.max(0, text.lastIndexOf('\n---', range[0])),
    Math.max(start, range[0]),
  );
  return sourceIn(before) ?? sourceIn(text.slice(...range));
}

/** Whether Helm has printed a file, which is asked for each unit that it is part of. */
export const namesTemplates = remembered(({ text }: SourceFile): boolean =>
  text.includes('\n# Source: '),
);

/**
 * Objects of a rendered release that write no namespace, in the one that the others show to be its
 * own; all other objects as they are.
 */
export function inReleaseNamespaces(
  objects: readonly ManifestObject[],
  manifests: readonly Manifest[],
): readonly ManifestObject[] {
  const rendered = manifests.filter(({ file }) => namesTemplates(file));
  if (rendered.length === 0) return allInNamespace(objects, outerNamespace(objects));
  const files = new Set(rendered.map(({ file }) => file));
  const releases = new Map<string, ManifestObject[]>();
  const charts = new Map<ManifestObject, string>();
  for (const object of objects) {
    const source = files.has(object.document.file) ? sourceOf(object) : undefined;
    if (source === undefined) continue;
    const chart = chartOf(source);
    charts.set(object, chart);
    addTo(releases, chart, object);
  }
  const documents = bindings(rendered);
  const namespaces = new Map(
    [...releases].map(([chart, own]) => [chart, namespaceOf(own, documents.get(chart) ?? [])]),
  );
  return objects.map((object) => {
    const namespace = namespaces.get(charts.get(object) ?? '');
    return namespace === undefined || object.namespace !== undefined || !isNamespaced(object.kind)
      ? object
      : inNamespace(object, namespace);
  });
}

/** The chart at the top, whose release all of its subcharts are part of. */
function chartOf(source: string): string {
  return source.slice(0, source.indexOf('/') >>> 0);
}

/** Namespaces that charts write into whatever they are installed in. */
const systems = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/**
 * Undefined where nothing tells it, or several namespaces may be meant. What is written on objects
 * counts most, what others say of them less.
 */
function namespaceOf(
  objects: readonly ManifestObject[],
  bound: readonly string[],
): string | undefined {
  if (!objects.some(({ namespace, kind }) => namespace === undefined && isNamespaced(kind)))
    return undefined;
  const written = objects
    .filter(({ kind }) => ownKinds.has(kind))
    .flatMap(({ namespace }) => namespace ?? []);
  const services = new Set(
    objects
      .filter(({ kind, namespace }) => kind === 'Service' && namespace === undefined)
      .map(({ name }) => name),
  );
  const own = onlyOf(written);
  // Agents may be put into a namespace that the chart makes, and name that of the release itself.
  if (objects.some(({ kind, name }) => kind === 'Namespace' && name === own))
    return onlyOf(named(objects, services)) ?? own;
  if (written.length > 0) return own;
  return (
    onlyOf([...bound, ...called(objects, services)]) ??
    onlyOf(named(objects, services)) ??
    onlyOf(monitored(objects))
  );
}

/** Monitors and dashboards are often put where their operator looks for them. */
const ownKinds = new Set([
  'Service',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'Endpoints',
  'Ingress',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
]);

function onlyOf(namespaces: readonly string[]): string | undefined {
  const [only, ...others] = new Set(
    namespaces.filter((name) => !systems.has(name) && name !== '' && !isPlaceholder(name)),
  );
  return others.length > 0 ? undefined : only;
}

/**
 * Where the release's own Services are said to be by webhooks and API services, which have to name
 * a namespace.
 */
function called(objects: readonly ManifestObject[], services: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const take = (reference: JsonObject | undefined): void => {
    const { name, namespace } = reference ?? {};
    if (typeof name === 'string' && services.has(name) && typeof namespace === 'string')
      found.push(namespace);
  };
  for (const { kind, value } of objects) {
    if (kind === 'APIService') take(asJsonObject(asJsonObject(value['spec'])?.['service']));
    if (!kind.endsWith('WebhookConfiguration')) continue;
    const webhooks: readonly Json[] = Array.isArray(value['webhooks']) ? value['webhooks'] : [];
    for (const webhook of webhooks)
      take(asJsonObject(asJsonObject(asJsonObject(webhook)?.['clientConfig'])?.['service']));
  }
  return found;
}

/** The same by names in DNS, wherever they stand. */
function named(objects: readonly ManifestObject[], services: ReadonlySet<string>): string[] {
  const files = new Set(objects.map(({ document }) => document.file));
  return [...files].flatMap(({ text }) =>
    [...text.matchAll(/\b([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc\b/g)].flatMap(
      ([, service = '', namespace = '']) => (services.has(service) ? [namespace] : []),
    ),
  );
}

/** Monitors that look into one namespace look into the release's own. */
function monitored(objects: readonly ManifestObject[]): string[] {
  return objects
    .filter(({ kind }) => kind === 'ServiceMonitor' || kind === 'PodMonitor')
    .flatMap(({ value }) => {
      const names = asJsonObject(asJsonObject(value['spec'])?.['namespaceSelector'])?.[
        'matchNames'
      ];
      return Array.isArray(names) && names.length === 1 && typeof names[0] === 'string'
        ? [names[0]]
        : [];
    });
}

/**
 * Subjects of role bindings must name the namespace of their ServiceAccount, which is the
 * release's; by chart. These documents are not parsed.
 */
function bindings(manifests: readonly Manifest[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const document of manifests.flatMap(({ documents }) => documents)) {
    if (document.kind !== 'ClusterRoleBinding' && document.kind !== 'RoleBinding') continue;
    const source = sourceOfDocument(document);
    const text = document.file.text.slice(...document.range);
    const subjects = text.indexOf('\nsubjects:');
    if (source === undefined || subjects === -1) continue;
    for (const [, namespace = ''] of text
      .slice(subjects)
      .matchAll(/^ +(?:- )?namespace: *["']?([a-z0-9-]{1,63})["']? *$/gm))
      addTo(found, chartOf(source), namespace);
  }
  return found;
}
