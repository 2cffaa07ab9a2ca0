/**
 * Every command line that README.md and docs/ tell people to type, typed into a shell, in a
 * repository that has what it speaks of: it does what is said of it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployment, service } from '../cli/run.ts';
import { distribution } from '../support/build.ts';
import { temporaryDirectory } from './clone.ts';

const root = join(import.meta.dirname, '../..');
const pages = ['README', 'docs/ci', 'docs/outputs', 'docs/suppressing'];
const morePages = ['docs/troubleshooting', 'docs/units', 'docs/editors'];

/** In blocks without a language, or of a shell: without the remark behind it. */
const typed = [...pages, ...morePages].flatMap((page) => {
  let language: string | undefined;
  return readFileSync(join(root, `${page}.md`), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, fence] = /^```(\w*)/.exec(line) ?? [];
      if (fence !== undefined) language = language === undefined ? fence : undefined;
      else if (language === '' || language === 'sh') {
        const command = line.replace(/\s+# .*$/, '').trim();
        return /\b(?:kubeplumb|kubectl)(?:@\S+)? /.test(command) ? [command] : [];
      }
      return [];
    });
});
const commands = [...new Set(typed)].sort();

const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: default}
spec: {gatewayClassName: any, listeners: [{name: db, protocol: TCP, port: 5432}]}
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: {name: db, namespace: default}
spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: db, port: 80}]}]}
---
`;
const ingress = (name: string, host: string, path: string): string =>
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: default}
spec: {rules: [{host: ${host}, http: {paths: [{path: ${path}, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}]}}]}
---
`;
const nodePort = (name: string, port: number): string =>
  service(name)
    .replace('- port: 80\n', `- port: 80\n      nodePort: ${port}\n`)
    .replace('spec:\n', 'spec:\n  type: NodePort\n');
const both = (name: string): string => deployment(name) + service(name);
const broken = deployment('api') + service('api', { app: 'ap' });
const slice = `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: api-1, namespace: default, labels: {kubernetes.io/service-name: api}}
addressType: IPv4
ports: [{port: 8080}]
endpoints: [{addresses: [10.1.2.3], conditions: {ready: true}}]
`;
const files = {
  'k8s/web.yaml': ingress('web', 'shop.example.com', '/cart') + both('web'),
  'k8s/loans.yaml': ingress('loans', 'library.example.com', '/loans') + both('loans'),
  'k8s/reader.yaml': deployment('reader'),
  'k8s/db.yaml': gateway + both('db'),
  'k8s/mobile.yaml': deployment('mobile') + nodePort('mobile', 30080),
  'k8s/api.yaml': both('api'),
  'overlays/prod/kustomization.yaml': 'resources: [app.yaml]\n',
  'overlays/prod/app.yaml': both('app'),
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'rendered.yaml': both('chart'),
  'values-prod.yaml': 'a: b\n',
  'values/prod.yaml': 'a: b\n',
  'dump.yaml': both('api') + slice,
  'teams/shop/shop.yaml': both('shop'),
};

const work = temporaryDirectory('commands');
const bin = join(work, 'bin');
const repository = join(work, 'repository');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}

function shell(line: string): {
  readonly code: number;
  readonly out: string;
  readonly err: string;
} {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${line}`], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: work,
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}

let isFresh = false;

/** The repository as nothing has changed it. */
function again(): void {
  if (isFresh) return;
  isFresh = true;
  rmSync(repository, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) write(path, text);
  const git = 'git -c user.name=a -c user.email=a@b.c';
  const { code, err } = shell(
    `git init -q -b main && git add . && ${git} commit -qm one && git tag v1.2 && ` +
      `${git} commit -qm two --allow-empty && git checkout -qb change`,
  );
  expect(err).toBe('');
  expect(code).toBe(0);
  write('k8s/api.yaml', broken);
  shell(`${git} commit -qam three`);
}

beforeAll(() => {
  mkdirSync(bin);
  const node = `exec '${process.execPath}'`;
  const program = (name: string, text: string): void =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  program('kubeplumb', `${node} '${distribution()}/kubeplumb.js' "$@"`);
  program('npx', 'while [ "${1#-}" != "$1" ]; do shift; done; shift; exec kubeplumb "$@"');
  // What these would print is not the point: that it comes through is.
  program('helm', 'cat "$(git rev-parse --show-toplevel)/rendered.yaml"');
  program('kustomize', 'cat "$2/app.yaml"');
  program('kubectl', 'cat rendered.yaml');
  program(
    'jq',
    `${node} -e 'console.log(JSON.parse(require("fs").readFileSync(0))[process.argv[1].slice(1)])' -- "$1"`,
  );
});
afterAll(() => rmSync(work, { recursive: true }));

interface Claim {
  readonly code: number;
  readonly out?: RegExp;
  /** Files that are there then. */
  readonly writes?: readonly string[];
  readonly before?: string;
}
const found = /Service default\/api selects no pod/;
const one = /^NAME +ENDPOINTS\n/;

/** By what the line holds, the longest first: what it is said to do. */
const claims: Readonly<Record<string, Claim>> = {
  'npx kubeplumb k8s/': { code: 1, out: found },
  'npx kubeplumb get endpoints -R k8s/': { code: 0, out: one },
  'npx kubeplumb describe service api -R k8s/': {
    code: 0,
    out: /Endpoints: +<none> .*no pod has app=ap/,
  },
  'npx kubeplumb verify -R k8s/ dump.yaml': { code: 1, out: /selector/ },
  'npx kubeplumb trace https://shop.example.com/cart -R k8s/': {
    code: 0,
    out: /takes Deployment\/web \(3 pods\)/,
  },
  'helm template charts/web | npx kubeplumb -': { code: 0, out: /^No problem found in 1 file / },
  'kustomize build overlays/prod | npx kubeplumb -': {
    code: 0,
    out: /^No problem found in 1 file /,
  },
  'npx kubeplumb diff main': { code: 0, out: /loses its last endpoint/ },
  'npx kubeplumb init': { code: 0, writes: ['kubeplumb.yaml'] },
  'npx --yes kubeplumb@0.1.0 k8s/': { code: 1, out: found },
  'npx --yes kubeplumb@0.1.0 -o junit=junit.xml k8s/': {
    code: 1,
    out: found,
    writes: ['junit.xml'],
  },
  'helm template charts/web | kubeplumb -': { code: 0, out: /^No problem found in 1 file / },
  'helm template charts/web --values values-prod.yaml --namespace shop | kubeplumb - -n shop': {
    code: 0,
    out: /^No problem found in 1 file /,
  },
  'kubeplumb --helm charts/web --values values-prod.yaml': { code: 0, out: /^No problem found / },
  'kubeplumb --helm charts/web --values values/prod.yaml': { code: 0, out: /^No problem found / },
  'kustomize build overlays/prod | kubeplumb -': { code: 0, out: /^No problem found in 1 file / },
  'kubeplumb -k overlays/prod': { code: 0, out: /^No problem found / },
  'kubeplumb lint --update-baseline k8s/': { code: 0, writes: ['kubeplumb-baseline.json'] },
  'kubeplumb --update-baseline k8s/': { code: 0, writes: ['kubeplumb-baseline.json'] },
  'kubeplumb --prune-baseline k8s/': { code: 0, before: 'kubeplumb --update-baseline k8s/' },
  'kubeplumb k8s/': { code: 1, out: found },
  'kubeplumb -o sarif=kubeplumb.sarif k8s/': { code: 1, out: found, writes: ['kubeplumb.sarif'] },
  'kubeplumb -o junit=junit.xml -o gitlab=quality.json k8s/': {
    code: 1,
    out: found,
    writes: ['junit.xml', 'quality.json'],
  },
  'kubeplumb -o json k8s/ | jq .summary': { code: 1, out: /errors: 1/ },
  'kubeplumb diff main': { code: 0, out: /loses its last endpoint/ },
  'kubeplumb diff main... -o markdown': { code: 0, out: /^<!-- kubeplumb -->\n/ },
  'kubeplumb diff HEAD~1 HEAD -- k8s/': { code: 0, out: /default\/api/ },
  'kubeplumb diff v1.2:k8s/ k8s/': { code: 0, out: /loses its last endpoint/ },
  'helm template charts/web | kubeplumb diff rendered.yaml -': {
    code: 0,
    out: /^No change to any endpoint/,
  },
  'kubectl get deploy,rs,sts,ds,job,po,svc,ep,endpointslices -A -o yaml > dump.yaml': {
    code: 0,
    writes: ['dump.yaml'],
  },
  'kubeplumb verify k8s/ dump.yaml': { code: 1, out: /selector/ },
  'kubeplumb trace https://library.example.com/loans -R k8s/': {
    code: 0,
    out: /takes Deployment\/loans \(3 pods\)/,
  },
  'kubeplumb trace tcp://db.example.com:5432 -R k8s/': {
    code: 0,
    out: /takes Deployment\/db \(3 pods\)/,
  },
  'kubeplumb trace http://node-1:30080 -R k8s/': {
    code: 0,
    out: /takes Deployment\/mobile \(3 pods\)/,
  },
  'kubeplumb trace deployment/reader service/loans:80 -R k8s/': {
    code: 0,
    out: /takes Deployment\/loans \(3 pods\)/,
  },
  'kubeplumb trace service/loans -R k8s/': { code: 0, out: /takes Deployment\/loans \(3 pods\)/ },
};

/** What only a registry, a network or a container can do. */
const elsewhere = /^docker |\| docker |^git clone /;

describe('what the documentation tells people to type', () => {
  it('has a claim each, and nothing is claimed that nobody is told', () => {
    const told = commands.filter((command) => !elsewhere.test(command));
    expect(told).toEqual(Object.keys(claims).sort());
  });

  it.each(Object.entries(claims))('%s', (command, { code, out, writes = [], before }) => {
    again();
    isFresh = writes.length === 0 && before === undefined;
    if (before !== undefined) shell(before);
    const ran = shell(command);
    expect(ran, ran.err).toMatchObject({ code });
    if (out !== undefined) expect(ran.out).toMatch(out);
    for (const path of writes) expect(existsSync(join(repository, path)), path).toBe(true);
  });

  it('a baseline: from then on only new findings count', () => {
    again();
    isFresh = false;
    shell('kubeplumb --update-baseline k8s/');
    expect(shell('kubeplumb k8s/').code).toBe(0);
    write('k8s/web.yaml', deployment('web') + service('web', { app: 'wbe' }));
    const { code, out } = shell('kubeplumb k8s/');
    expect(code).toBe(1);
    expect(out).toMatch(/Service default\/web selects no pod/);
    expect(out).not.toMatch(found);
  });

  it('units for build systems: the files of each are enough to judge it', () => {
    again();
    const { out } = shell('kubeplumb config --units -o json k8s/');
    const { units } = JSON.parse(out) as {
      units: readonly { readonly name: string; readonly files: readonly { path: string }[] }[];
    };
    expect(units.length).toBeGreaterThan(0);
    const paths = units.flatMap((unit) => unit.files.map(({ path }) => path));
    expect(shell(`kubeplumb lint ${paths.join(' ')}`)).toMatchObject({ code: 1 });
  });
});
