/** Several overlays, some of which build on others. */
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deployment, inDirectory, run, service } from './run.ts';

const overlay = (namespace: string, base: string, rest = ''): string =>
  `namespace: ${namespace}\nresources: [${base}]\n${rest}`;
const files = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml':
    deployment('web') +
    service('web') +
    'apiVersion: v1\nkind: Service\nmetadata: {name: old}\n' +
    'spec: {type: ExternalName, externalName: old.example.com}\n---\n' +
    'apiVersion: v1\nkind: Service\nmetadata: {name: lb}\n' +
    'spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}\n---\n' +
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\n' +
    'spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}\n',
  'prod/kustomization.yaml': overlay(
    'prod',
    '../base',
    'labels: [{pairs: {env: prod}, includeSelectors: true}]\n',
  ),
  'prod-eu/kustomization.yaml': overlay('prod-eu', '../prod', 'nameSuffix: -eu\n'),
  'dev/kustomization.yaml': overlay('dev', '../base'),
};
const note = 'note: prod is shown as a part of prod-eu: name it to see it by itself\n';

describe('an overlay that another one builds on', () => {
  it('is told of where it is not shown by itself', async () => {
    const { out, err } = await run(['get', 'ep'], { files });
    expect(out).toMatch(/dev +web[^]*prod-eu +web-eu/);
    expect(out).not.toMatch(/^prod /m);
    expect(err).toContain(note);
  });

  it.each([[['prod', 'prod-eu']], [['prod-eu', 'prod/kustomization.yaml']], [['-R', '.', 'prod']]])(
    'is shown where it is named: %j',
    async (paths) => {
      const { out, err } = await run(['get', 'ep', ...paths], { files });
      expect(out).toMatch(/^prod +web +/m);
      expect(out).toMatch(/^prod-eu +web-eu +/m);
      expect(err).not.toContain('shown as a part of');
    },
  );
});

describe('get', () => {
  it('svc has the address outside where kubectl has it', async () => {
    const { out } = await run(['get', 'svc', 'dev'], { files });
    expect(out.split('\n').map((line) => line.replace(/ {2,}/g, '|'))).toEqual([
      'NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|TARGETS',
      'lb|LoadBalancer|<assigned>|<pending>|80:<assigned>/TCP|80',
      'old|ExternalName|<none>|old.example.com|<none>|<none>',
      'web|ClusterIP|<assigned>|<none>|80/TCP|http→8080',
      '',
    ]);
  });

  it('-o wide has what runs, and where everything stands', async () => {
    const { out } = await run(['get', 'deploy,svc,pdb', 'dev', '-o', 'wide'], { files });
    expect(out).toMatch(/READY +CONTAINERS +IMAGES +SELECTOR +MANIFEST/);
    expect(out).toMatch(/deployment\.apps\/web .* app=web +base\/web\.yaml:1\n/);
    expect(out).toMatch(/service\/old .* base\/web\.yaml:\d+\n/);
    expect(out).toMatch(/poddisruptionbudget\.policy\/web +1 +N\/A +app=web /);
  });
});

it('labels that a kustomization puts into every selector are no field without effect', async () => {
  const { out } = await run(['prod', '--rule', 'field-without-effect'], { files });
  expect(out).toMatch(/^No finding/);
});

it('of overlays that lack files only one is traced, and none where another has a rule', async () => {
  const lacking = {
    ...files,
    'dev/kustomization.yaml': overlay('dev', 'https://example.com/a'),
    'test/kustomization.yaml': overlay('test', 'https://example.com/b'),
  };
  const open = await run(['trace', 'http://shop.example.com'], { files: lacking });
  expect(open.out.match(/no rule that was read takes/g)).toHaveLength(1);
  const ingress =
    '---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {defaultBackend: ' +
    '{service: {name: web, port: {number: 80}}}}\n';
  const { out } = await run(['trace', 'http://shop.example.com'], {
    files: { ...lacking, 'base/web.yaml': files['base/web.yaml'] + ingress },
  });
  expect(out).toContain('Ingress prod-eu/web-eu');
  expect(out).not.toContain('example.com/a');
});

it('that no overlay has a rule for a host is told once', async () => {
  const { out } = await run(['trace', 'http://web.prod'], { files });
  expect(out.match(/no rule takes/g)).toHaveLength(1);
  expect(out).toMatch(/for the Service itself\s+trace service\/web/);
});

describe('a configuration below the one in force', () => {
  const own = { 'a/kubeplumb.yaml': 'namespace: a\n', 'a/web.yaml': deployment('web') };
  const two = { ...own, 'b/c/.kubeplumb.yml': '', 'b/web.yaml': deployment('api') };
  it.each([
    ['.', own, 'a/kubeplumb.yaml does not count here: a run has one configuration, the nearest at'],
    ['a b', { ...two, 'kubeplumb.yaml': '' }, 'a/kubeplumb.yaml and 1 more do not count here: '],
  ])('is told of: %s', async (line, files, message) => {
    expect((await run(line.split(' '), { files })).out.replace(/\s+/g, ' ')).toContain(
      `hint: ${message}`,
    );
  });

  it.each(['a', 'a/web.yaml', '. -c a/kubeplumb.yaml', '. --no-config', '--within . a/web.yaml'])(
    'is not, where it counts or nobody looked: %s',
    async (line) => {
      expect((await run(line.split(' '), { files: own })).out).not.toContain('not count');
    },
  );

  it('is not the one in force under another name', async () => {
    const folder = inDirectory({
      'kubeplumb.yaml': 'namespace: a\n',
      'web.yaml': deployment('web'),
    });
    try {
      expect((await run([folder])).out).not.toContain('not count');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
