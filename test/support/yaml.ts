export { yaml } from '../../src/testing/yaml.ts';

/** The text of a file with these documents. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}

interface WorkloadParts {
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet';
  readonly namespace?: string;
  /** Of the pod template and, for a selector, of the workload. */
  readonly labels?: string;
  /** Flow YAML of the only container's ports. */
  readonly ports?: string;
  /** More fields of the only container, in flow YAML: `readinessProbe: {…}`. */
  readonly container?: string;
  /** More fields of the pod spec, in flow YAML. */
  readonly pod?: string;
  /** More fields of the workload's spec, in flow YAML. */
  readonly spec?: string;
}

/**
 * The other side of a case: a workload in few lines, starting with a document separator. Flow YAML,
 * since nobody looks at its positions.
 */
export function workload(name: string, parts: WorkloadParts = {}): string {
  const {
    kind = 'Deployment',
    namespace,
    labels = `app: ${name}`,
    ports,
    container,
    pod,
    spec,
  } = parts;
  const fields = (...list: (string | undefined)[]): string =>
    list.filter((field) => field !== undefined && field !== '').join(', ');
  const containers = `containers: [{ ${fields('name: main', 'image: store', ports && `ports: [${ports}]`, container)} }]`;
  const template = `template: { metadata: { labels: { ${labels} } }, spec: { ${fields(containers, pod)} } }`;
  return [
    '---',
    'apiVersion: apps/v1',
    `kind: ${kind}`,
    `metadata: { ${fields(`name: ${name}`, namespace && `namespace: ${namespace}`)} }`,
    `spec: { ${fields(spec, `selector: { matchLabels: { ${labels} } }`, template)} }`,
    '',
  ].join('\n');
}
