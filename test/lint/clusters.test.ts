/** What is said between directories that only Flux, Argo CD or a namespace brings together. */
import { expect, it } from 'vitest';
import { recommendedRules as rules } from '../../src/library/lint.ts';
import { lintFiles } from '../support/lint-files.ts';

type Files = Readonly<Record<string, string>>;

const deployment = (name: string, env = '', namespace = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}${namespace} }\nspec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main, image: example.org/main:1, env: [${env}], ports: [{ name: http, containerPort: 8080 }] }] } } }\n---\n`;
const service = (name: string, namespace = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${namespace} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }\n---\n`;
const calls = (url: string): string => `{ name: API_URL, value: "${url}" }`;
const flux = (name: string, path: string, more = '', source = 'fleet'): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: ./${path}, sourceRef: { kind: GitRepository, name: ${source} }${more} }\n---\n`;
const repository =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: fleet, namespace: flux-system }\nspec: { url: https://git.example/fleet }\n---\n';
const route = (parent: string, namespace = 'edge'): string =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web }\nspec: { parentRefs: [{ name: ${parent}, namespace: ${namespace} }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }\n`;
const gateway =
  'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: public, namespace: edge }\nspec: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }] }\n';

/** With `more` in the Flux Kustomization of the one, and these texts in the directories. */
function cluster(web: string, more = '', source?: string): Files {
  return {
    'clusters/home/all.yaml':
      repository +
      flux('web', 'apps/web', `, targetNamespace: shop${more}`, source) +
      flux('edge', 'infra/edge'),
    'apps/web/web.yaml': deployment('web') + service('web') + web,
    'infra/edge/edge.yaml': gateway,
  };
}

const shop = ', namespace: shop';

it.each<[title: string, files: Files, told: string[]]>([
  ['nothing, of what is right', cluster(route('public')), []],
  [
    'a Gateway of another directory that is called otherwise',
    cluster(route('publik')),
    ['error route-parent-missing publik'],
  ],
  [
    'a namespace that is none of the cluster',
    cluster(route('public', 'networking')),
    ['warning route-parent-missing public'],
  ],
  [
    'a Kustomization that nobody wrote',
    cluster('', ', dependsOn: [{ name: database }]'),
    ['warning named-object-missing database'],
  ],
  [
    'a source that nobody wrote',
    cluster('', '', 'home-ops'),
    ['warning named-object-missing home-ops'],
  ],
  [
    'a host that is a slip away from the Service of another directory',
    {
      'web/web.yaml': deployment('web', calls('http://apis'), shop),
      'api/api.yaml': deployment('api', '', shop) + service('api', shop),
    },
    ['error dns-name-unresolved apis'],
  ],
  [
    'nothing of another environment',
    {
      'prod/web.yaml': deployment('web', calls('http://apis'), shop),
      'staging/api.yaml': deployment('api', '', shop) + service('api', shop),
    },
    [],
  ],
])('%s', (_, files, told) => {
  const found = lintFiles(files, rules)
    .diagnostics.filter(({ severity }) => severity !== 'info')
    .map(({ severity, rule, file, range }) => `${severity} ${rule} ${file.text.slice(...range)}`);
  expect(found).toEqual(told);
});
