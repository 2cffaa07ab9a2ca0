#!/usr/bin/env node
/**
 * Counts what small runs call, and writes scripts/bundle/seldom.json (see `bundle/seldom.ts`):
 *
 *   npm run profile
 *
 * The sources run as they are, a file for each module, and V8 tells which functions were called. No
 * clock is asked, so it says the same everywhere.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { globbySync } from 'globby';
import { application } from '../bench/synthetic.ts';
import { chunks, common, order } from './bundle/chunks.ts';
import { modulesOf } from './bundle/link.ts';
import { lateParts, type Profile, profileFile } from './bundle/seldom.ts';
import { functionsIn } from './bundle/split.ts';
import { root } from './generated-file.ts';

/** Two objects in the other style of YAML, and two as people have them. */
const inFlow = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const asWritten = `---
# The shop's front.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels:
    app.kubernetes.io/name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
        tier: "front"
    spec:
      containers:
      - name: web
        image: registry.example.com/web:1.2
        env:
        - {name: LOG_LEVEL, value: 'info'}
        - name: WORKERS
          value: "4"
        ports:
        - {name: http, containerPort: 8080}
        readinessProbe:
          httpGet: {path: /healthz, port: http}
        resources:
          requests:
            cpu: 100m
            memory: 64Mi
---
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: web # of the pods
  ports:
  - name: http
    port: 80
    protocol: TCP
    targetPort: http
---
`;

/** What lies in the folder of the runs. */
const files: Readonly<Record<string, string>> = {
  'two/block.yaml': readFileSync(join(root, 'bench/two-objects.yaml'), 'utf8'),
  'two/flow.yaml': inFlow,
  'two/written.yaml': asWritten,
  'apps/one.yaml': application(1, 'shop'),
  'apps/two.yaml': application(2, 'shop'),
  'apps/other.yaml': application(3, 'other'),
};

/** Runs whose functions stay where they are, and those whose functions are in the first part. */
const runs: readonly (readonly string[])[][] = [
  [['two/block.yaml'], ['two/flow.yaml'], ['two/written.yaml']],
  [
    ['two'],
    ['apps'],
    [join(root, 'examples/shop')],
    [join(root, 'examples/tutorial')],
    ['get', 'endpointslices', '-R', 'apps'],
  ],
];

const folder = join(root, 'build/profile');
rmSync(folder, { recursive: true, force: true });
await writeModules();
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const called = runs.map(calledBy);
writeFileSync(join(root, profileFile), written(await profile()));
rmSync(folder, { recursive: true });

/** Each module as JavaScript. */
async function writeModules(): Promise<void> {
  const { outputFiles } = await build({
    ...common,
    bundle: false,
    entryPoints: globbySync(['src/**/*.ts', 'rules/**/*.ts'], { cwd: root }),
    outbase: root,
    outdir: folder,
    write: false,
  });
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replace(/(from |import\()"(\.[^"]+)\.ts"/g, '$1"$2.js"'));
  }
}

/** Module → where in it the functions begin that were called. */
function calledBy(commands: readonly (readonly string[])[]): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>();
  for (const command of commands) {
    const coverage = mkdtempSync(join(folder, 'coverage-'));
    const program = join(folder, 'src/cli/bin.js');
    const env = { ...process.env, NODE_V8_COVERAGE: coverage };
    const { status, stderr } = spawnSync(process.execPath, [program, ...command], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (status === null || status > 1) throw new Error(`${command.join(' ')}: ${stderr}`);
    for (const name of readdirSync(coverage)) addCalled(join(coverage, name), places);
  }
  return places;
}

/** What V8 writes. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
}

function addCalled(file: string, places: Map<string, number[]>): void {
  const { result } = JSON.parse(readFileSync(file, 'utf8')) as Coverage;
  for (const { url, functions } of result) {
    if (!url.startsWith('file:')) continue;
    const path = relative(folder, fileURLToPath(url));
    const starts = functions.flatMap(({ ranges: [range] }) =>
      range !== undefined && range.count > 0 ? [range.startOffset] : [],
    );
    places.set(path, [...(places.get(path) ?? []), ...starts]);
  }
}

async function profile(): Promise<Profile> {
  const made = await chunks(false);
  const modules = (await modulesOf('lint', made, order))
    .map((name) => name.replace(/^does:/, ''))
    .filter((name) => /^(src|rules)\/.*\.ts$/.test(name) && !name.startsWith('src/generated/'))
    .sort();
  const parts: Record<string, Record<string, string[]>> = {};
  for (const path of modules) {
    const compiled = path.replace(/\.ts$/, '.js');
    for (const { name, from, to } of functionsIn(
      path,
      readFileSync(join(folder, compiled), 'utf8'),
    )) {
      const level = called.findIndex((places) =>
        (places.get(compiled) ?? []).some((start) => start >= from && start < to),
      );
      const part = lateParts[(level === -1 ? runs.length : level) - 1];
      if (part !== undefined) ((parts[part] ??= {})[path] ??= []).push(name);
    }
  }
  return parts;
}

/** A line for each module, so that changes of two people meet only where they mean the same one. */
function written(profile: Profile): string {
  const parts = Object.entries(profile).map(([part, modules]) => {
    const lines = Object.entries(modules).map(
      ([path, names]) => `    ${JSON.stringify(path)}: ${JSON.stringify(names)}`,
    );
    return `  ${JSON.stringify(part)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}
