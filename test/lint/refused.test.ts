/**
 * A refused object is judged as it was meant: one fault does not hide the others, and is not told
 * twice.
 */
import { describe, expect, it, test } from 'vitest';
import { diff, load } from '../../src/index.ts';
import { recommendedRules as rules } from '../../src/library/lint.ts';
import { lintFiles } from '../support/lint-files.ts';

const pods = (labels: string, container = ''): string =>
  `metadata: { labels: ${labels} }, spec: { containers: [{ name: main, image: example.org/main:1, ports: [{ name: http, containerPort: 8080 }]${container} }] }`;
const deployment = (
  spec = 'selector: { matchLabels: { app: web } }',
  { apiVersion = 'apps/v1', kind = 'Deployment', template = pods('{ app: web }') } = {},
): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\nspec: { ${spec === '' ? '' : `${spec}, `}template: { ${template} } }\n---\n`;
const service = (selector = '{ app: web }', port = 'port: 80, targetPort: http'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: ${selector}, ports: [{ ${port} }] }\n---\n`;
const ingress = (backend: string, apiVersion = 'networking.k8s.io/v1beta1'): string =>
  `apiVersion: ${apiVersion}\nkind: Ingress\nmetadata: { name: web }\nspec: { rules: [{ http: { paths: [{ path: /, ${backend} }] } }] }\n---\n`;

/** `rule line:column underlined` of every finding that is not an info. */
function told(yaml: string): string[] {
  return lintFiles({ 'a.yaml': yaml }, rules)
    .diagnostics.filter(({ severity }) => severity !== 'info')
    .map(({ rule, file, range }) => `${rule} ${file.text.slice(...range)}`);
}

describe('the second fault is told beside the first', () => {
  test.each<[string, string, string[]]>([
    [
      'a removed apiVersion with its defaulted selector, and a Service that misses it',
      deployment('', { apiVersion: 'extensions/v1beta1' }) + service('{ app: wbe }'),
      ['removed-api extensions/v1beta1', 'service-selects-nothing wbe'],
    ],
    [
      'a removed apiVersion that required a selector',
      deployment('', { apiVersion: 'apps/v1beta2', kind: 'StatefulSet' }) + service('{ app: wbe }'),
      ['removed-api apps/v1beta2', 'rejected-object spec', 'service-selects-nothing wbe'],
    ],
    [
      'a removed apiVersion and a selector that does not match',
      deployment('selector: { matchLabels: { app: wbe } }', {
        apiVersion: 'apps/v1beta2',
        kind: 'DaemonSet',
      }),
      ['removed-api apps/v1beta2', 'workload-selector-mismatch wbe'],
    ],
    [
      'backends as they were in v1beta1, at their own places',
      ingress('backend: { serviceName: webb, servicePort: 80 }') + deployment() + service(),
      ['removed-api networking.k8s.io/v1beta1', 'ingress-backend-missing webb'],
    ],
    [
      'a port as it was in v1beta1',
      ingress('backend: { serviceName: web, servicePort: "81" }', 'extensions/v1beta1') +
        deployment() +
        service(),
      ['removed-api extensions/v1beta1', 'ingress-port-mismatch "81"'],
    ],
    [
      'the fields of v1beta1 under v1',
      ingress(
        'pathType: Prefix, backend: { serviceName: webb, servicePort: 80 }',
        'networking.k8s.io/v1',
      ) +
        deployment() +
        service(),
      ['unknown-field serviceName', 'ingress-backend-missing webb', 'unknown-field servicePort'],
    ],
    [
      'a kind under the apiVersion of another group',
      deployment(undefined, { apiVersion: 'v1' }) + service('{ app: wbe }'),
      ['unknown-kind v1', 'service-selects-nothing wbe'],
    ],
    [
      'a kind misspelt',
      deployment(undefined, { kind: 'Deploymnet' }) + service('{ app: wbe }'),
      ['unknown-kind Deploymnet', 'service-selects-nothing wbe'],
    ],
    [
      'no selector at all',
      deployment('') + service('{ app: wbe }'),
      ['rejected-object spec', 'service-selects-nothing wbe'],
    ],
    [
      'a number in quotes',
      deployment().replace('8080', '"8080"') + service('{ app: web }', 'port: 80, targetPort: htp'),
      ['wrong-type "8080"', 'target-port-name-unresolved htp'],
    ],
    [
      'a value of a wrong type, and a selector that matches nothing of its template',
      deployment('replicas: many, selector: { matchLabels: { app: wbe } }'),
      ['wrong-type many', 'workload-selector-mismatch wbe'],
    ],
    [
      'matchLabels where a Service has its labels',
      deployment() + service('{ matchLabels: { app: wbe } }'),
      ['wrong-type matchLabels', 'service-selects-nothing wbe'],
    ],
    [
      'containers one level too high',
      deployment(undefined, {
        template: 'metadata: { labels: { app: web } }, containers: [{ name: main, image: main }]',
      }) + service('{ app: wbe }'),
      ['unknown-field containers', 'service-selects-nothing wbe'],
    ],
    [
      'a Service whose selector stands at the top',
      deployment() +
        'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nselector: { app: wbe }\nspec: { ports: [{ port: 80 }] }\n',
      ['unknown-field selector', 'service-selects-nothing wbe'],
    ],
    [
      'a label that is a number, which kubectl itself cannot decode',
      deployment().replace('{ name: web }', '{ name: web, labels: { version: 1.0 } }') +
        service('{ app: wbe }'),
      ['wrong-type 1.0', 'service-selects-nothing wbe'],
    ],
    [
      'no image',
      deployment().replace('image: example.org/main:1, ', '') + service('{ app: wbe }'),
      ['rejected-object name', 'service-selects-nothing wbe'],
    ],
    [
      'a metric of old, and a target that is not there',
      'apiVersion: autoscaling/v2beta1\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec:\n  maxReplicas: 3\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: wbe }\n  metrics: [{ type: Resource, resource: { name: cpu, targetAverageUtilization: 60 } }]\n---\n' +
        deployment() +
        service(),
      ['removed-api autoscaling/v2beta1', 'hpa-target-missing wbe'],
    ],
    [
      'a misspelt field of Endpoints, and a port without the name of the Service port',
      'apiVersion: v1\nkind: Endpoints\nmetadata: { name: out }\nsubsets: [{ addresses: [{ IP: 10.1.2.3 }], ports: [{ port: 80 }] }]\n---\napiVersion: v1\nkind: Service\nmetadata: { name: out }\nspec: { ports: [{ name: http, port: 80 }] }\n',
      ['unknown-field IP', 'endpoints-port-name-mismatch 80'],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(told(yaml).sort()).toEqual([...expected].sort());
  });
});

describe('what follows from a fault is not told', () => {
  test.each<[string, string, string[]]>([
    [
      'a protocol that is none says nothing of the other side',
      deployment() + service('{ app: web }', 'port: 80, targetPort: http, protocol: HTTP'),
      ['rejected-object HTTP'],
    ],
    [
      'a port that is none may be any',
      deployment() +
        service('{ app: web }', 'port: 80800, targetPort: http') +
        ingress(
          'pathType: Prefix, backend: { service: { name: web, port: { number: 8080 } } }',
          'networking.k8s.io/v1',
        ),
      ['rejected-object 80800'],
    ],
    [
      'a label that is not a text may be any',
      deployment(undefined, { template: pods('{ app: web, tier: { of: front } }') }) +
        service('{ tier: back }'),
      ['wrong-type tier'],
    ],
    [
      'a selector that no Service can have is none that is missing',
      deployment() + service('web'),
      ['wrong-type web'],
    ],
    [
      'a Service that follows the selector, where the template does not',
      deployment('selector: { matchLabels: { app: shop } }') + service('{ app: shop }'),
      ['workload-selector-mismatch web'],
    ],
    [
      'an accepted object of the same name wins',
      deployment('', { apiVersion: 'extensions/v1beta1', template: pods('{ app: old }') }) +
        deployment() +
        service(),
      ['removed-api extensions/v1beta1'],
    ],
    [
      'a patch in its own file stays one',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n---\n' +
        service(),
      [],
    ],
    [
      'what has no successor is not there',
      'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: { name: strict }\nspec: {}\n---\n' +
        deployment() +
        service(),
      ['removed-api policy/v1beta1'],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(told(yaml).sort()).toEqual([...expected].sort());
  });
});

describe('a finding on an object of old', () => {
  const { diagnostics } = lintFiles(
    {
      'a.yaml':
        ingress('backend: { serviceName: webb, servicePort: 80 }') + deployment() + service(),
    },
    rules,
  );
  const [removed, missing] = ['removed-api', 'ingress-backend-missing'].map((rule) =>
    diagnostics.find((diagnostic) => diagnostic.rule === rule),
  );

  it('has the path and the apiVersion that are written', () => {
    expect(missing?.path).toEqual([
      'spec',
      'rules',
      0,
      'http',
      'paths',
      0,
      'backend',
      'serviceName',
    ]);
    expect(missing?.object?.apiVersion).toBe('networking.k8s.io/v1beta1');
  });

  it('tells for when its help is', () => {
    expect(missing?.help).toBe('once the apiVersion is networking.k8s.io/v1, change it to web');
  });

  it('has a fix that suits the text', () => {
    expect(missing?.fixes).toMatchObject([{ safety: 'safe', edits: [{ text: 'web' }] }]);
  });

  it('leaves it to the apiVersion what has to be written otherwise', () => {
    expect(removed?.help).toBe(
      'write apiVersion: networking.k8s.io/v1, where serviceName is service.name, servicePort is service.port.number, pathType is required',
    );
  });
});

it('a diff tells what a cluster would have', () => {
  const text = deployment('', { apiVersion: 'extensions/v1beta1' }) + service('{ app: wbe }');
  const { findings } = diff(
    { label: 'before', manifests: [] },
    { label: 'after', manifests: load([{ path: 'a.yaml', text }]) },
  );
  expect(findings.new.map(({ rule }) => rule)).toEqual(['removed-api']);
});
