/** Manifests that the tables of many rules need beside what each case is about. */
import { yaml } from '../../src/testing/yaml.ts';

type Yaml = typeof yaml;

interface Options {
  readonly namespace?: string;
  readonly replicas?: number;
}

/** A Deployment of the pods `app: NAME`; the template literal is the spec of its pods. */
export const deployment = (name: string, options?: Options): Yaml =>
  endingIn(6, deploymentOf(name, options));

/**
 * A Deployment of one of the shop's programs, which listens on `http`, 8080; the template literal is
 * what else there is of its container.
 */
export const app = (name: string, options?: Options): Yaml =>
  endingIn(10, [
    ...deploymentOf(name, options),
    '      containers:',
    `        - name: ${name}`,
    `          image: shop/${name}:1.4`,
    '          ports: [{ name: http, containerPort: 8080 }]',
  ]);

function deploymentOf(name: string, { namespace, replicas }: Options = {}): readonly string[] {
  return [
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
  ];
}

/** A Service for the pods `app: NAME`; the template literal is the rest of its spec. */
export const serviceFor = (name: string, { namespace }: Pick<Options, 'namespace'> = {}): Yaml =>
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
    return `${[...lines, text].join('\n').trimEnd()}\n`;
  };
}

export const webDeployment = app('web')``;

export const webService = serviceFor('web')`
  ports:
    - port: 80
      targetPort: http
`;

export const apiDeployment = app('api')``;

export const apiService = serviceFor('api')`
  ports:
    - port: 80
      targetPort: http
`;

/** The same with a label of its own, for what selects Services. */
export const labelledApiService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: api
    labels: { app: api }
  spec:
    selector: { app: api }
    ports:
      - name: http
        port: 80
        targetPort: http
`;
