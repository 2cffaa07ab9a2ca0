import { describe, expect, it } from 'vitest';
import { deployment, run, service } from './run.ts';

const files = {
  'a.yaml':
    deployment('web', { namespace: 'shop' }) +
    service('web', { namespace: 'shop' }).replace('metadata:', 'metadata:\n  labels: {team: a}') +
    deployment('api', {
      namespace: 'shop',
      replicas: 2,
      more: '          readinessProbe: {httpGet: {path: /, port: nope}}\n',
    }) +
    service('api', { namespace: 'shop' }).replace('metadata:', 'metadata:\n  labels: {team: b}'),
  'b.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop}
spec:
  ingressClassName: nginx
  rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: w, namespace: shop}
---
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: d}
`,
};

async function get(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  return run(['get', ...argv, '.'], { files });
}

describe('kinds', () => {
  it.each([
    ['ep,svc'],
    ['ep', 'svc'],
    ['endpoints,services'],
    ['ep/web', 'ep/api', 'svc/web', 'svc/api'],
  ])('several: %s %s %s %s', async (...argv) => {
    const { out } = await get(...argv.filter(Boolean));
    expect(out).toMatch(
      /^NAME +ENDPOINTS\nendpoints\/api +.*\nendpoints\/web +web×3:8080\n\nNAME +TYPE.*\nservice\/api .*\nservice\/web /,
    );
  });

  it('a name that is also a kind is a name', async () => {
    const { out } = await run(['get', 'ep', 'svc', '.'], { files: { 'a.yaml': service('svc') } });
    expect(out).toMatch(/^NAME +ENDPOINTS\nsvc /);
  });

  it('all is what kubectl means by it', async () => {
    const { out } = await get('all');
    expect(out.split('\n').filter((line) => line.startsWith('NAME'))).toHaveLength(3);
    expect(out).toContain('deployment.apps/api   0/2');
    expect(out).toContain('deployment.apps/web   3/3');
  });

  it.each([
    ['deploy', /^NAME +READY\napi +0\/2\nweb +3\/3\n$/],
    ['deployments.apps', /^NAME +READY\n/],
    ['ing', /^NAME +CLASS +HOSTS +PORTS\nfront +nginx +shop\.example\.com +80\n$/],
    ['networkpolicy', /^NAME +POD-SELECTOR +TYPES\nclosed +app=web +Ingress\n$/],
    ['widgets', /^NAME\nw\n$/],
    ['Widget', /^NAME\nw\n$/],
    ['widgets.example.com', /^NAME\nw\n$/],
  ])('%s', async (kind, table) => {
    expect((await get(kind)).out).toMatch(table);
  });

  it('where they stand with -o wide', async () => {
    expect((await get('ingress', '-o', 'wide')).out).toMatch(/front .* b\.yaml:1\n$/);
  });

  it('that nothing predicted depends on are read where they are asked for', async () => {
    expect(await get('csidrivers')).toMatchObject({ out: 'NAME\nd\n', err: '', code: 0 });
  });

  it('that nobody knows are refused, with those there are', async () => {
    const { err, code } = await get('widgts');
    expect(err).toContain('unknown kind "widgts"; did you mean "widgets"? there are endpoints,');
    expect(code).toBe(2);
  });

  it('must be named', async () => {
    expect((await get()).err).toContain('get what? Name a kind first: kubeplumb get endpoints .');
  });

  it.each([
    ['svc svc/web', 'svc/web names its kind itself: leave svc out, or write svc web'],
    ['svc web svc/api', 'svc/api names its kind itself: leave svc out, or write svc web api'],
    ['svc/web api', '"api" is no file, and beside svc/web a name has its kind before it: svc/api'],
  ])('are not mixed with KIND/NAME: %s', async (words, message) => {
    const { err, code, out } = await get(...words.split(' '));
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('may stand behind paths', async () => {
    expect((await get('-R', '.', 'svc', 'web', '--no-headers')).out).toMatch(/^web /);
  });
});

describe('choice and order', () => {
  it.each([
    ['-l app=web', 'po', 'Deployment/web'],
    ['-l app!=web', 'po', 'Deployment/api'],
    ['-l app in (api)', 'po', 'Deployment/api'],
    ['-l team=a', 'svc', 'web'],
    ['--selector=team notin (a)', 'svc', 'api'],
    ['-l team=b', 'ep', 'api'],
    ['-l kubernetes.io/service-name=web', 'eps', 'web-predicted-1'],
  ])('%s %s', async (flag, kind, name) => {
    const flags = flag.startsWith('-l ') ? ['-l', flag.slice(3)] : [flag];
    const { out } = await get(kind, ...flags, '--no-headers');
    expect(out.split('\n').map((line) => line.split('   ')[0])).toEqual([name, '']);
    const names = await get(kind, ...flags, '-o', 'name');
    expect(names.out).toContain(name.replace('Deployment/', '').replace('-predicted-1', ''));
    expect(names.out).not.toContain(name.includes('web') ? 'api' : 'web');
  });

  it('a selector that is none is refused', async () => {
    const { err, code } = await get('po', '-l', 'app=(x');
    expect(err).toContain('"app=(x" is no label selector');
    expect(code).toBe(2);
  });

  it('nothing chosen is said', async () => {
    expect((await get('svc', '-l', 'app=web', '-n', 'shop')).err).toBe(
      'no services found in namespace shop with app=web\n',
    );
  });

  it('ReplicaSets that nobody wrote are not denied', async () => {
    expect((await get('rs')).err).toBe(
      'no replicasets found in the manifests; what Deployments make of them is in get deploy,pods\n',
    );
  });

  it('--show-labels', async () => {
    expect((await get('svc', '--show-labels')).out).toMatch(
      /^NAME .* TARGETS +LABELS\n.* team=b\n.* team=a\n$/,
    );
  });

  it('--sort-by', async () => {
    const { out } = await get('deploy', '--sort-by', '{.spec.replicas}', '-o', 'name');
    expect(out).toBe('deployment.apps/api\ndeployment.apps/web\n');
    const other = await get('deploy', '--sort-by=.spec.nothing', '-o', 'name');
    expect(other.out.split('\n').sort().join(' ')).toBe(' deployment.apps/api deployment.apps/web');
    expect((await get('svc', '--sort-by=.metadata.labels.team')).out).toMatch(/\nweb .*\napi /);
  });
});

describe('templates', () => {
  it('-o jsonpath of a list, and of one that is named', async () => {
    const list = await get('svc', '-o', 'jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}');
    expect(list.out).toBe('api\nweb\n');
    const one = await get('svc', 'web', '-o=jsonpath={.spec.ports[0].targetPort}');
    expect(one.out).toBe('http');
  });

  it('-o jsonpath-as-json', async () => {
    expect((await get('svc', '-o', 'jsonpath-as-json={.items[*].metadata.name}')).out).toBe(
      '[\n    "api",\n    "web"\n]\n',
    );
  });

  it('-o custom-columns', async () => {
    const { out } = await get(
      'svc',
      '-o',
      'custom-columns=N:.metadata.name,X:spec.x,P:.spec.ports[*].port',
    );
    expect(out).toBe('N     X        P\napi   <none>   80\nweb   <none>   80\n');
  });

  it('-o custom-columns prints what has parts as Go does', async () => {
    const { out } = await get(
      'svc',
      'web',
      '-o',
      'custom-columns=L:.metadata.labels,P:.spec.ports',
    );
    expect(out.split('\n')[1]).toMatch(/^map\[team:a\] +\[map\[.*port:80 protocol:TCP.*\]\]$/);
  });

  it.each([
    [
      'go-template={{range .items}}{{ .metadata.name }} {{"\\n"}}{{end}}',
      `-o go-template is not supported; as jsonpath: -o jsonpath='{range .items[*]}{.metadata.name} {"\\n"}{end}'\n`,
    ],
    ['template={{.}}', "as jsonpath: -o jsonpath='{@}'\n"],
    [
      'go-template={{len .items}}',
      '-o go-template is not supported; -o jsonpath=TEMPLATE, -o custom-columns',
    ],
    ['go-template={{range .a}}{{', 'is not supported; -o jsonpath=TEMPLATE, '],
    ['go-template={{range "a"}}{{end}}', 'is not supported; -o jsonpath=TEMPLATE, '],
    ['go-template-file=x', '-o go-template-file is not supported; -o jsonpath=TEMPLATE, '],
    ['jsonpath-file=x', '-o jsonpath-file is not supported: -o jsonpath="$(cat x)" is'],
    ['jsonpath', "-o jsonpath needs a template: -o jsonpath='{.items[*].metadata.name}'"],
    ['jsonpath={.items[}', '-o jsonpath: a [ that no ] closes'],
    ['jsonpath={.items[99]}', '-o jsonpath: index 99 is out of bounds: the list has 2'],
    ['custom-columns=NAME', '-o custom-columns: "NAME" is no column'],
    ['jsn', 'unknown format "jsn"; did you mean "json"?'],
  ])('%s is refused with what there is', async (format, message) => {
    const { err, code, out } = await get('svc', '-o', format);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('a name that is not there', () => {
  it.each([
    [
      ['ep', 'web', '-n', 'other'],
      'endpoints "web" not found in namespace other in the 2 files read; it is in namespace shop',
    ],
    [
      ['ep', 'shop'],
      'endpoints "shop" not found in the 2 files read; shop is a namespace: -n shop shows what is in it',
    ],
    [['ep', '-f', '.', 'nix'], 'endpoints "nix" not found in the 2 files read; there are web, api'],
    [['ep', 'wbe'], 'endpoints "wbe" not found in the 2 files read; did you mean "web"?'],
  ])('%s', async (argv, message) => {
    const { err, code } = await get(...argv);
    expect(err).toContain(message);
    expect(code).toBe(1);
  });
});

it('what a kustomization generates is named, where its kind is asked for', async () => {
  const kustomized = {
    'kustomization.yaml':
      'resources: [web.yaml]\nconfigMapGenerator: [{ name: settings, literals: [a=b] }]\n',
    'web.yaml': deployment('web'),
  };
  const ask = async (kind: string) => (await run(['get', kind], { files: kustomized })).err;
  const note =
    'note: what kustomizations generate is not shown: ConfigMap settings; -k lets kustomize write it';
  expect(await ask('cm')).toContain(note);
  expect(await ask('secrets')).not.toContain('generate');
});
