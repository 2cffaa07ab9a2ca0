/** Manifests that the tables of many rules need beside what each case is about. */
import { yaml } from '../../src/testing/yaml.ts';

type Yaml = typeof yaml;

/** A Deployment of the pods `app: NAME`; the template literal is the spec of its pods. */
export const deployment = (
  name: string,
  { namespace, replicas }: { readonly namespace?: string; readonly replicas?: number } = {},
): Yaml =>
  endingIn(6, [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'spec:',
    ...(replicas === undefined ? [] : [`  replicas: ${replicas}`]),
    '  selector:',
    `    matchLabels: { app: ${name} }`,
    '  template:',
    '    metadata:',
    `      labels: { app: ${name} }`,
    '    spec:',
  ]);

/** A Service for the pods `app: NAME`; the template literal is the rest of its spec. */
export const serviceFor = (
  name: string,
  { namespace }: { readonly namespace?: string } = {},
): Yaml =>
  endingIn(2, [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'spec:',
    `  selector: { app: ${name} }`,
  ]);

function endingIn(indent: number, lines: readonly string[]): Yaml {
  return (parts, ...values) => {
    // Values are put in as they are.
    const places = values.map((_, index) => `\0${index}\0`);
    const end = yaml(parts, ...places).replace(/^(?=.)/gm, ' '.repeat(indent));
    const text = end.replace(/\0(\d+)\0/g, (_, index) => String(values[Number(index)]));
    return `${lines.join('\n')}\n${text}`;
  };
}

export const webDeployment = deployment('web')`
  containers:
    - name: web
      image: shop/web:1.4
      ports: [{ name: http, containerPort: 8080 }]
`;

export const webService = serviceFor('web')`
  ports:
    - port: 80
      targetPort: http
`;

export const apiDeployment = deployment('api')`
  containers:
    - name: api
      image: shop/api:1.4
      ports: [{ name: http, containerPort: 8080 }]
`;

export const apiService = serviceFor('api')`
  ports:
    - port: 80
      targetPort: http
`;
