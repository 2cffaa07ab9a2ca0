/** The namespace of what `helm template` leaves without one. */
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { inReleaseNamespaces } from '../../src/units/release.ts';

const document = (source: string, kind: string, name: string, more = ''): string =>
  `---\n# Source: ${source}/templates/x.yaml\napiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}${more === '' || more.startsWith('\n') ? '' : `, namespace: ${more}`}}${more.startsWith('\n') ? more : '\n'}`;
const binding = (namespace: string): string =>
  `---\n# Source: shop/templates/x.yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: b\nsubjects:\n  - kind: ServiceAccount\n    name: a\n    namespace: ${namespace}\n`;
const webhook = (namespace: string): string =>
  document(
    'shop',
    'ValidatingWebhookConfiguration',
    'w',
    `\nwebhooks: [{clientConfig: {service: {name: web, namespace: ${namespace}}}}]\n`,
  );
const monitor = (namespaces: string): string =>
  document(
    'shop',
    'ServiceMonitor',
    'm',
    `\nspec: {namespaceSelector: {matchNames: [${namespaces}]}}\n`,
  );
const settings = (host: string): string =>
  document('shop', 'ConfigMap', 'c', `\ndata: {url: 'http://${host}:80'}\n`);
const web = document('shop', 'Service', 'web');

/** The namespaces of the Services called web. */
function namespacesOf(text: string): (string | undefined)[] {
  const manifest = readManifest(new SourceFile('-', `# a release\n${text}`));
  return inReleaseNamespaces(manifest.objects, [manifest])
    .filter(({ kind, name }) => kind === 'Service' && name === 'web')
    .map(({ namespace }) => namespace);
}

describe('the namespace of a release', () => {
  it.each<[string, string, string | undefined]>([
    ['nothing tells it', web, undefined],
    ['that of another object', web + document('shop', 'Service', 'db', 'demo'), 'demo'],
    ['that of a subchart', web + document('shop/charts/db', 'Service', 'db', 'demo'), 'demo'],
    ['another release', web + document('other', 'Service', 'db', 'demo'), undefined],
    [
      'two that are written',
      web + document('shop', 'Service', 'a', 'demo') + document('shop', 'Service', 'b', 'more'),
      undefined,
    ],
    [
      'where the cluster keeps its own',
      web + document('shop', 'Service', 'dns', 'kube-system'),
      undefined,
    ],
    ['where a monitor is put', web + document('shop', 'ServiceMonitor', 'm', 'watch'), undefined],
    ['a placeholder', web + document('shop', 'Service', 'db', '$NAMESPACE'), undefined],
    ['the subject of a binding', web + binding('demo'), 'demo'],
    [
      'a binding against what is written',
      web + binding('demo') + document('shop', 'Service', 'db', 'own'),
      'own',
    ],
    ['a webhook', web + webhook('demo'), 'demo'],
    ['a webhook and a binding that differ', web + webhook('demo') + binding('other'), undefined],
    ['a name in DNS', web + settings('web.demo.svc'), 'demo'],
    [
      'a name in DNS against what is written',
      web + settings('web.default.svc') + document('shop', 'Service', 'db', 'demo'),
      'demo',
    ],
    [
      'a name in DNS against a namespace that the chart makes',
      web +
        settings('web.default.svc') +
        document('shop', 'Namespace', 'agents') +
        document('shop', 'DaemonSet', 'agent', 'agents'),
      'default',
    ],
    [
      'a namespace that the chart makes',
      web +
        document('shop', 'Namespace', 'agents') +
        document('shop', 'DaemonSet', 'agent', 'agents'),
      'agents',
    ],
    ['the name of somebody else in DNS', web + settings('db.demo.svc'), undefined],
    ['a monitor that looks into one namespace', web + monitor('demo'), 'demo'],
    ['a monitor that looks into two', web + monitor('demo, other'), undefined],
    [
      'a namespace of its own',
      document('shop', 'Service', 'web', 'own') + document('shop', 'Service', 'db', 'demo'),
      'own',
    ],
  ])('%s', (_, text, expected) => expect(namespacesOf(text)).toEqual([expected]));

  it('is asked for in rendered charts only', () => {
    const text = (web + document('shop', 'Service', 'db', 'demo')).replaceAll(
      /^# Source.*\n/gm,
      '',
    );
    expect(namespacesOf(text)).toEqual([undefined]);
  });

  it('is that of a scaffold, rendered or not', () => {
    const beside = (name: string): unknown[] =>
      namespacesOf(
        (web + document('shop', 'Service', name, 'system')).replaceAll(/^# Source.*\n/gm, ''),
      );
    expect(beside('controller-manager')).toEqual(['system']);
    expect(beside('db')).toEqual([undefined]);
  });

  it('tells the releases of one stream apart', () => {
    const two =
      web +
      binding('demo') +
      document('blog', 'Service', 'web') +
      document('blog', 'Service', 'db', 'press');
    expect(namespacesOf(two)).toEqual(['demo', 'press']);
  });

  it('leaves what has no namespace without one', () => {
    const text = document('shop', 'Service', 'db', 'demo') + document('shop', 'ClusterIssuer', 'i');
    const manifest = readManifest(new SourceFile('-', `#\n${text}`));
    const [, issuer] = inReleaseNamespaces(manifest.objects, [manifest]);
    expect(issuer?.namespace).toBeUndefined();
  });
});
