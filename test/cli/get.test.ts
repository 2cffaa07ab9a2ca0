import { describe, expect, it } from 'vitest';
import { deployment, run, service } from './run.ts';

const shop = {
  'a.yaml':
    deployment('web', {
      port: '{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}',
    }) +
    service('web', {
      more: '      name: http\n    - {name: metrics, port: 9090, targetPort: metrics}\n',
    }) +
    service('typo', { app: 'wbe' }) +
    service('port', { app: 'web', target: 'htttp' }) +
    deployment('idle', { replicas: 0 }) +
    service('idle') +
    deployment('sick', { more: '          readinessProbe: {httpGet: {path: /, port: health}}\n' }) +
    service('sick'),
  'b.yaml': `apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {ports: [{port: 5432}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: outside}
subsets: [{addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}], ports: [{port: 5432}]}]
---
apiVersion: v1
kind: Service
metadata: {name: elsewhere}
spec: {type: ExternalName, externalName: db.example.com}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: agent, image: x}]}}
---
apiVersion: v1
kind: Service
metadata: {name: agent}
spec: {clusterIP: None, selector: {app: agent}, ports: [{port: 9100}]}
`,
};

async function lines(line: string): Promise<string> {
  const { out, err } = await run(line.split(' '), { files: shop });
  return `\n${out}${err}`;
}

describe('get, as text', () => {
  it('endpoints', async () => {
    expect(await lines('get endpoints -f .')).toMatchInlineSnapshot(`
      "
      NAME      ENDPOINTS
      agent     agent×node:9100
      idle      <none>  Deployment/idle has no pods: spec.replicas is 0
      outside   10.0.0.1:5432,10.0.0.2:5432
      port      <none>  no container of Deployment/web has a TCP port named "htttp"; it has "http" (8080) and "metrics" (9090)
      sick      <none>  Deployment/sick is not ready: readiness probe of container "sick" names port "health", which the container does not declare
      typo      <none>  no pod has app=wbe; Deployment default/web has app=web
      web       web×3:8080,web×3:9090
      note: no Endpoints object belongs to Service default/elsewhere (ExternalName: DNS answers with db.example.com, there are no endpoints)
      "
    `);
  });

  it('endpoints, wide', async () => {
    expect(await lines('get ep -o wide web sick .')).toMatchInlineSnapshot(`
      "
      NAME   ENDPOINTS               NOT READY     SELECTOR   REASON
      sick   <none>                  sick×3:8080   app=sick   Deployment/sick is not ready: readiness probe of container "sick" names port "health", which the container does not declare
      web    web×3:8080,web×3:9090   <none>        app=web
      "
    `);
  });

  it('endpointslices', async () => {
    expect(await lines('get endpointslices .')).toMatchInlineSnapshot(`
      "
      NAME                  ADDRESSTYPE   PORTS       ENDPOINTS
      agent-predicted-1     IPv4          9100        agent×node
      idle-predicted-1      IPv4          <unset>     <unset>  Deployment/idle has no pods: spec.replicas is 0
      outside-predicted-1   IPv4          5432        10.0.0.1,10.0.0.2
      port-predicted-1      IPv4          <unset>     web×3  no container of Deployment/web has a TCP port named "htttp"; it has "http" (8080) and "metrics" (9090)
      sick-predicted-1      IPv4          8080        sick×3 (not ready)
      typo-predicted-1      IPv4          <unset>     <unset>  no pod has app=wbe; Deployment default/web has app=web
      web-predicted-1       IPv4          8080,9090   web×3
      "
    `);
  });

  it('services', async () => {
    expect(await lines('get svc .')).toMatchInlineSnapshot(`
      "
      NAME        TYPE           CLUSTER-IP   EXTERNAL-IP      PORT(S)           TARGETS
      agent       ClusterIP      None         <none>           9100/TCP          9100
      elsewhere   ExternalName   <none>       db.example.com   <none>            <none>
      idle        ClusterIP      <assigned>   <none>           80/TCP            http→<none>
      outside     ClusterIP      <assigned>   <none>           5432/TCP          5432
      port        ClusterIP      <assigned>   <none>           80/TCP            htttp→<none>
      sick        ClusterIP      <assigned>   <none>           80/TCP            http→8080
      typo        ClusterIP      <assigned>   <none>           80/TCP            http→<none>
      web         ClusterIP      <assigned>   <none>           80/TCP,9090/TCP   http→8080,metrics→9090
      "
    `);
  });

  it('pods', async () => {
    expect(await lines('get pods .')).toMatchInlineSnapshot(`
      "
      NAME              PODS   READY   PORTS                    REASON
      DaemonSet/agent   node   yes     <none>
      Deployment/idle   0      no      http=8080                spec.replicas is 0
      Deployment/sick   3      no      http=8080                readiness probe of container "sick" names port "health", which the container does not declare
      Deployment/web    3      yes     http=8080,metrics=9090
      "
    `);
  });

  it('a namespace column as soon as there are several, or -A', async () => {
    const files = {
      'a.yaml': deployment('web') + service('web'),
      'b.yaml': deployment('api', { namespace: 'shop' }) + service('api', { namespace: 'shop' }),
    };
    expect((await run(['get', 'ep', '.'], { files })).out).toBe(
      'NAMESPACE   NAME   ENDPOINTS\ndefault     web    web×3:8080\nshop        api    api×3:8080\n',
    );
    expect((await run(['get', 'ep', '.', '-n', 'shop'], { files })).out).toBe(
      'NAME   ENDPOINTS\napi    api×3:8080\n',
    );
    expect((await run(['get', 'ep', 'a.yaml', '-A'], { files })).out).toBe(
      'NAMESPACE   NAME   ENDPOINTS\ndefault     web    web×3:8080\n',
    );
  });
});

describe('get, as objects', () => {
  it('is a List, or the one object that was named', async () => {
    const list = JSON.parse(
      (await run(['get', 'endpoints', '-A', '-o', 'json', '.'], { files: shop })).out,
    ) as {
      kind: string;
      items: { kind: string }[];
    };
    expect(list.kind).toBe('List');
    expect(list.items.map(({ kind }) => kind)).toEqual(list.items.map(() => 'Endpoints'));
    const one = JSON.parse(
      (await run(['get', 'ep', 'web', '-o', 'json', '-f', '.'], { files: shop })).out,
    ) as {
      metadata: { name: string };
    };
    expect(one.metadata.name).toBe('web');
  });

  it('YAML is what JSON is', async () => {
    const { parse } = await import('yaml');
    const [yaml, json] = await Promise.all(
      ['yaml', 'json'].map(
        async (format) => (await run(['get', 'eps', '.', '-o', format], { files: shop })).out,
      ),
    );
    expect(parse(yaml ?? '', { version: '1.1' })).toEqual(JSON.parse(json ?? ''));
  });

  it('names', async () => {
    expect((await run(['get', 'po', 'web', '-o', 'name', '.'], { files: shop })).out).toBe(
      'pod/web-predicted-1\npod/web-predicted-2\npod/web-predicted-3\n',
    );
  });

  it('leaves out what kubectl would not have read', async () => {
    const files = { 'a.yaml': `${deployment('web')}a: [\n---\n${service('web')}` };
    expect(JSON.parse((await run(['get', 'svc', '-o', 'json', '.'], { files })).out)).toMatchObject(
      { items: [] },
    );
    expect((await run(['get', 'svc', '.'], { files })).err).toMatch(
      /a\.yaml:\d+:\d+: .*kubectl stops reading there, so 1 object behind it is left out/,
    );
  });

  it('two families', async () => {
    const { out } = await run(
      ['get', 'endpointslices', '-o', 'json', '--ip-families', 'IPv6,IPv4', '.'],
      {
        files: { 'a.yaml': deployment('web') + service('web') },
      },
    );
    expect(
      (JSON.parse(out) as { items: { addressType: string }[] }).items.map(
        ({ addressType }) => addressType,
      ),
    ).toEqual(['IPv6']);
  });
});

describe('directories, as kubectl reads them', () => {
  const files = { 'k8s/web/a.yaml': deployment('web') + service('web') };

  it('what is below is named with the command to type', async () => {
    const { code, err } = await run(['get', 'ep', 'k8s'], { files });
    expect(err).toContain(
      'k8s holds no manifest itself, but 1 file below it: kubeplumb get ep -R k8s',
    );
    expect(code).toBe(2);
    for (const line of ['get ep', 'describe svc web', 'trace svc/web']) {
      const quiet = await run([...line.split(' '), '-q', 'k8s'], { files });
      expect([quiet.code, quiet.err]).toEqual([2, expect.stringContaining('1 file below it')]);
    }
  });

  it('whoever names none means all of them', async () => {
    for (const line of ['get ep', 'get pods web', 'get svc/web -n default -o name'])
      expect((await run(line.split(' '), { files })).code).toBe(0);
    expect((await run(['get', 'ep'], { files })).out).toContain('web×3:8080');
    expect((await run(['describe', 'svc', 'web'], { files })).out).toContain('Deployment/web');
  });

  it('what is below is named in every format where nothing is found', async () => {
    const { out, err } = await run(['get', 'ep', 'k8s', '-o', 'name'], { files });
    expect([out, err]).toEqual(['', expect.stringContaining('kubeplumb get ep -R k8s')]);
  });

  it('-R reads it', async () => {
    expect((await run(['get', 'ep', '-R', 'k8s'], { files })).out).toContain('web×3:8080');
  });
});

describe('describe service', () => {
  it.each(['web', 'typo', 'port', 'sick', 'idle', 'outside', 'elsewhere', 'agent'])(
    '%s',
    async (name) => {
      expect(await lines(`describe service ${name} .`)).toMatchSnapshot();
    },
  );
});

it('switches take true and false, as those of kubectl do', async () => {
  const files = { 'a.yaml': deployment('web') + service('web') };
  const { out } = await run(['get', 'ep', '-A=true', '-w=false', '--no-headers=true'], { files });
  expect(out).toMatch(/^default +web +web×3:8080\n$/);
});

it('a kustomization is no kind of a cluster', async () => {
  const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': deployment('web') };
  expect((await run(['get', 'kustomizations'], { files })).err).toContain('unknown kind');
});

it('workloads that share a name are told apart by kind', async () => {
  const statefulSet = deployment('web', { replicas: 2 }).replace(
    'kind: Deployment',
    'kind: StatefulSet',
  );
  const { out } = await run(['get', 'ep', '.'], {
    files: { 'a.yaml': deployment('web') + statefulSet + service('web') },
  });
  expect(out).toContain('Deployment/web×3:8080');
  expect(out).toContain('StatefulSet/web×2:8080');
});

it('where a directory holds nothing of interest, what lies below is pointed out', async () => {
  const { err, code } = await run(['get', 'svc', '.'], {
    files: { 'values.yaml': 'a: 1\n', 'k8s/a.yaml': service('web') },
  });
  expect(err).toBe(
    'no services found\nnote: there may be more: 1 file below .: kubeplumb get svc -R .\n',
  );
  expect(code).toBe(0);
});

describe('get of a kustomize tree', () => {
  const tree = {
    'base/web.yaml': service('web') + deployment('web', { replicas: 1 }),
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'overlays/dev/kustomization.yaml':
      'namePrefix: dev-\nresources: [../../base]\npatches: [{path: replicas.yaml}]\n',
    'overlays/dev/replicas.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: default}\nspec: {replicas: 3}\n',
    'overlays/dev/unlisted.yaml': service('unlisted'),
    'overlays/prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../../base]\n',
  };

  it('builds what is named, and nothing that lies beside it', async () => {
    const { out, err } = await run(['get', 'ep', 'overlays/dev'], { files: tree });
    expect(out).toBe('NAME      ENDPOINTS\ndev-web   dev-web×3:8080\n');
    expect(err).toBe('');
  });

  it('builds each that no other one takes', async () => {
    const { out, err } = await run(['get', 'ep', '-R', '.'], { files: tree });
    expect(out).toContain('dev-web    dev-web×3:8080\nprod-web   prod-web×1:8080\n');
    expect(err).toBe('');
  });

  it('describe says which is of which', async () => {
    const files = {
      ...tree,
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
      'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
    };
    const { out, err } = await run(['describe', 'svc', 'web', '-R', '.'], { files });
    expect(out.match(/^Name: +web$/gm)).toHaveLength(2);
    expect(err).toBe(
      'note: default/web is described for each of 2 units, in this order: overlays/dev, overlays/prod\n',
    );
  });

  it('says what kustomize would stop at, and what is not read', async () => {
    const files = {
      ...tree,
      'overlays/dev/replicas.yaml': tree['overlays/dev/replicas.yaml'].replace(
        'name: web',
        'name: wbe',
      ),
      'overlays/prod/kustomization.yaml': 'resources: [../../base, https://example.com/x.yaml]\n',
    };
    const { err } = await run(['get', 'svc', '-R', '.'], { files });
    expect(err).toMatch(
      /^note: kustomize would not build this: overlays\/dev\/replicas\.yaml:3: no matches for Id .*\nnote: https:\/\/example\.com\/x\.yaml is not read, so there may be more\n$/,
    );
  });

  it('tells of objects beside it that would be refused, or are patches of something else', async () => {
    const { err } = await run(['get', 'svc', '-R', '.'], {
      files: { ...tree, 'x.yaml': tree['overlays/dev/replicas.yaml'] },
    });
    expect(err).toBe(
      'note: taken for a patch, and left out: Deployment default/web (spec.selector: Required value)\n',
    );
    const refused = service('Web');
    const other = await run(['get', 'svc', '-R', '.'], { files: { ...tree, 'x.yaml': refused } });
    expect(other.err).toMatch(/^note: the API server would refuse .*; kubeplumb lint lists it\n/);
  });
});

describe('what stands in several places', () => {
  const files = {
    'a/web.yaml': service('web') + deployment('web'),
    'b/web.yaml': service('web', { app: 'other' }) + deployment('web'),
    'c/web.yaml': service('web', { app: 'other' }),
  };

  it('is told, with how to see each', async () => {
    const { out, err } = await run(['get', 'ep', '-R', '.'], { files });
    expect(out).toContain('no pod has app=other');
    expect(err).toBe(
      'note: Service default/web stands in 3 places (a/web.yaml:1, b/web.yaml:1, c/web.yaml:1): shown is what the last one leaves; --unit auto shows them apart\n',
    );
  });

  it('is shown apart with --unit', async () => {
    const { out } = await run(['get', 'ep', '-R', '.', '--unit', 'dir'], { files });
    expect(out).toMatch(/^UNIT +NAME +ENDPOINTS\na +web +web×3:8080\nb +web +<none>.*\nc +web/);
  });
});

it.each([
  ['cart', ', and there is no file or directory of that name; there are cartservice, redis-cart'],
  ['cartservce', '; did you mean "cartservice"?'],
  ['production', '; did you mean "produktion"?'],
])('a name that nothing has: %s', async (name, hint) => {
  const files = {
    'a.yaml': service('cartservice') + service('redis-cart'),
    'produktion/a.yaml': '',
  };
  const { err } = await run(['get', 'svc', name, 'a.yaml'], { files });
  expect(err).toBe(`error: services "${name}" not found in the 1 file read${hint}\n`);
});

it('a chart alone must be rendered, which is told in full', async () => {
  const files = { 'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n' };
  expect((await run(['get', 'svc', '-R', '.'], { files })).err).toContain(
    'note: c is a Helm chart, which must be rendered first: helm template c | kubeplumb get svc -',
  );
});

it('notes of one kind are one line', async () => {
  const chart = (name: string): Record<string, string> => ({
    [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
    [`${name}/templates/a.yaml`]: service('{{ .Values.name }}'),
  });
  const broken = Object.fromEntries(
    ['x', 'y', 'z'].map((name) => [`${name}.yaml`, `${service(name)}a: [\n`]),
  );
  const files = { 'web.yaml': service('web'), ...chart('c1'), ...chart('c2'), ...broken };
  const { err } = await run(['get', 'svc', '-R', '.'], { files });
  const lines = err.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('note: 2 Helm charts not rendered (--helm CHART shows it)');
  expect(lines[1]).toMatch(/^note: x\.yaml:.*; and 2 more \(kubeplumb lint lists all\)$/);
});

it('a note is of the namespace that was asked for', async () => {
  const alone =
    'apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {ports: [{port: 1}]}\n';
  const note = 'no Endpoints object belongs to Service shop/db';
  const files = { 'a.yaml': alone };
  expect((await run(['get', 'ep', 'a.yaml', '-n', 'shop'], { files })).err).toContain(note);
  expect((await run(['get', 'ep', 'a.yaml', '-n', 'other'], { files })).err).not.toContain(note);
});

it('templates say how they are read', async () => {
  const files = { 'a.yaml': 'kind: Service\nmetadata: {name: {{ .Values.name }}}\n' };
  const { err } = await run(['get', 'ep', 'a.yaml'], { files });
  expect(err).toContain('(helm template CHART | kubeplumb get ep - shows them)');
});

it('a file that cannot be read is told once', async () => {
  const files = { 'a.yaml': service('web'), 'b.yaml': Buffer.from([0, 1, 2]) };
  const { err, code } = await run(['get', 'svc', '.'], { files });
  expect([code, err.match(/b\.yaml/g)]).toEqual([2, ['b.yaml']]);
});

describe('a name that a directory has, too', () => {
  const files = {
    'web/a.yaml': service('web') + deployment('web'),
    'api/a.yaml': service('api') + deployment('api'),
  };
  it.each<[argv: string, out: RegExp]>([
    ['get svc web -R .', /^NAME .*\nweb .*\n$/],
    ['get svc web -R -f .', /^NAME .*\nweb .*\n$/],
    ['get svc api -f web -f api', /^NAME .*\napi .*\n$/],
    ['describe service web -R .', /^Name: +web\n(?![^]*Name: )/],
    ['get svc web', /^NAME .*\nweb .*\n$/],
    ['get svc web api', /^NAME .*\napi .*\nweb .*\n$/],
    ['get svc web/ api/', /^NAME .*\napi .*\nweb .*\n$/],
  ])('%s', async (argv, out) => {
    const ran = await run(argv.split(' '), { files });
    expect(ran.out).toMatch(out);
    expect(ran.code).toBe(0);
  });

  it('is told where it is no name', async () => {
    const { err, code } = await run(['get', 'svc', 'web', '-R', '.'], {
      files: { 'web/a.yaml': deployment('web'), 'api/a.yaml': service('api') },
    });
    expect(err).toBe(
      'error: services "web" not found in the 2 files read; what lies there is web/\n',
    );
    expect(code).toBe(1);
  });
});
