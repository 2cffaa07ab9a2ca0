/**
 * Manifests in tests: the text of a template literal without its common indentation and its first line break, so that line 1 is the first line seen.
 * Values are put in as they are.
 */
export function yaml(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const lines = parts.join('\0').replace(/^\n/, '').replace(/\n *$/, '\n').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  const text = lines.map((line) => line.slice(indent)).join('\n');
  let next = 0;
  return text.replaceAll('\0', () => String(values[next++]));
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

/** The other side of a case: a workload in few lines, starting with a document separator. Flow YAML, since nobody looks at its positions. */
export function workload(name: string, parts: WorkloadParts = {}): string {
  const { kind = 'Deployment', namespace, labels = `app: ${name}`, ports, container, pod, spec } = parts;
  const fields = (...list: (string | undefined)[]): string => list.filter((field) => field !== undefined && field !== '').join(', ');
  const containers = `containers: [{ ${fields('name: main', 'image: nginx', ports && `ports: [${ports}]`, container)} }]`;
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
