/**
 * The two sides of a reference, in few lines: a document each, in flow YAML where nobody looks at
 * positions.
 */
import { workload } from './yaml.ts';

/** Pods in namespace shop that listen on http (8080) and metrics (9090). */
export const pods = workload('web', {
  namespace: 'shop',
  labels: 'app: web, version: v1',
  ports: '{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090 }',
});

interface ServiceParts {
  readonly namespace?: string;
  /** Flow YAML of its labels. */
  readonly labels?: string;
  /** Flow YAML of its ports. */
  readonly ports?: string;
  /** More fields of the spec, in flow YAML, each ended by a comma and a blank. */
  readonly spec?: string;
}

/** A Service in front of `pods`. */
export function service(
  name: string,
  {
    namespace = 'shop',
    labels = '',
    ports = '{ port: 80, targetPort: http }',
    spec = 'selector: { app: web }, ',
  }: ServiceParts = {},
): string {
  return `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }\nspec: { ${spec}ports: [${ports}] }\n`;
}

/** A route with one reference, whose fields stand in one line: the sixth, from column 21 on. */
export function route(
  reference: string,
  { kind = 'HTTPRoute', namespace = 'shop' }: { kind?: string; namespace?: string } = {},
): string {
  return `apiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata: { name: shop, namespace: ${namespace} }\nspec:\n  rules:\n    - backendRefs: [{ ${reference} }]\n`;
}

/** A monitor: its selector in the fifth line, its endpoints in the sixth. */
export function monitor(
  kind: 'ServiceMonitor' | 'PodMonitor',
  selector: string,
  endpoints: string,
  { namespace = 'shop', spec = '' } = {},
): string {
  const field = kind === 'ServiceMonitor' ? 'endpoints' : 'podMetricsEndpoints';
  return `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: { name: shop, namespace: ${namespace} }\nspec:\n  selector: { ${selector} }\n  ${field}: [${endpoints}]\n${spec}`;
}

/** A VirtualService with one destination, in the sixth line. */
export function virtualService(destination: string, namespace = 'shop'): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web, namespace: ${namespace} }\nspec:\n  http:\n    - route: [{ destination: { ${destination} } }]\n`;
}

/**
 * A DestinationRule: its host in the sixth line, its subsets in the seventh, counted from the
 * separator.
 */
export function destinationRule(
  host: string,
  subsets: string,
  metadata = 'name: web, namespace: shop',
  spec = '',
): string {
  return `---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { ${metadata} }\nspec:\n  host: ${host}\n  subsets: [${subsets}]\n${spec}`;
}
