/**
 * What is loaded late, and how.
 *
 * Commands are imported dynamically by the sources. What is listed here is imported statically, as
 * plain code is, and made late by the build: each function that such a module exports starts out as
 * a stub that loads the module and then calls the real one. So the core stays synchronous, and its
 * code need not know what is rare.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { init, parse } from 'es-module-lexer';
import { build } from 'esbuild';

/**
 * Part → the modules in it that others call: paths from the root, or packages. What only they
 * import goes along. They may export functions only, no classes (a stub is no good for
 * `instanceof`).
 */
const parts = {
  yaml: ['yaml', 'src/manifest/yaml.ts', 'src/manifest/syntax.ts', 'src/manifest/comments.ts'],
  patch: ['diff'],
  pattern: ['src/files/pattern.ts'],
  help: ['src/cli/help.ts'],
  settings: ['src/config/read.ts'],
  plugins: ['src/cli/plugins.ts'],
  options: ['src/lint/option-schema.ts'],
  reports: [
    'src/report/checkstyle.ts',
    'src/report/github.ts',
    'src/report/gitlab.ts',
    'src/report/json.ts',
    'src/report/junit.ts',
    'src/report/oneline.ts',
    'src/report/sarif.ts',
  ],
  render: ['src/cli/rendered.ts'],
  groups: ['src/units/groups.ts', 'src/units/near-miss.ts', 'src/units/references.ts'],
  kustomize: [
    'src/units/kustomize/broken.ts',
    'src/units/kustomize/build.ts',
    'src/units/kustomize/resource.ts',
  ],
  operators: ['src/cluster/operators/table.ts'],
  validation: [
    'src/cluster/apiserver/validation/autoscaler.ts',
    'src/cluster/apiserver/validation/endpoints.ts',
    'src/cluster/apiserver/validation/endpointslice.ts',
    'src/cluster/apiserver/validation/ingress.ts',
    'src/cluster/apiserver/validation/job.ts',
    'src/cluster/apiserver/validation/networkpolicy.ts',
  ],
  refusals: ['src/cluster/apiserver/decode-help.ts', 'src/cluster/apiserver/field-home.ts'],
  findings: [
    'src/lint/baseline.ts',
    'src/lint/fix-all.ts',
    'src/lint/fixes.ts',
    'src/lint/ports/policy-ports.ts',
    'src/lint/selectors/dangling.ts',
    'src/lint/selectors/nearest.ts',
    'src/report/frame.ts',
  ],
};

const isPackage = (path) => /^[a-z]/.test(path) && !path.endsWith('.ts');

/** Nearly every input has some of these; rules about none of them are loaded late. */
const commonKinds = [
  'Service',
  'Pod',
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
];

/**
 * For esbuild with `splitting`: modules that are listed are replaced by stubs wherever others
 * import them.
 */
export async function lazyModules(root) {
  const rules = await rareRules(root);
  const modulesOf = { ...(await presentParts(root)), 'rare-rules': [...rules.keys()] };
  const listed = new Map();
  for (const [part, modules] of Object.entries(modulesOf))
    for (const [index, path] of modules.entries())
      listed.set(isPackage(path) ? path : resolve(root, path), { part, index });
  const found = ({ path, resolveDir }) => (isPackage(path) ? path : resolve(resolveDir, path));
  return {
    name: 'lazy-modules',
    setup(bundler) {
      bundler.onResolve({ filter: /^part:/ }, ({ path }) => ({ path, namespace: 'part' }));
      bundler.onResolve({ filter: /^(\.|[a-z][a-z/-]*$)/ }, (request) => {
        const path = found(request);
        const wanted = listed.get(path);
        // Within a part everything is there already.
        if (wanted === undefined || request.namespace === 'part') return undefined;
        if (request.kind === 'require-call') return undefined;
        if (listed.get(request.importer)?.part === wanted.part) return undefined;
        return { path: isPackage(path) ? path : relative(root, path), namespace: 'stub' };
      });
      bundler.onLoad({ filter: /.*/, namespace: 'stub' }, async ({ path }) => {
        const { part, index } = listed.get(isPackage(path) ? path : resolve(root, path));
        const loaded = `import("part:${part}").m${index}`;
        const rule = rules.get(path);
        if (rule !== undefined) return { contents: ruleStub(rule, loaded), resolveDir: root };
        const names = isPackage(path)
          ? await namesOf(path)
          : await functionsOf(resolve(root, path));
        return { contents: stubs(names, loaded), resolveDir: root };
      });
      bundler.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: part }) => ({
        contents: modulesOf[part.slice('part:'.length)]
          .map((path, index) => {
            const from = JSON.stringify(isPackage(path) ? path : `./${path}`);
            return `import * as m${index} from ${from}; export { m${index} };`;
          })
          .join('\n'),
        resolveDir: root,
      }));
    },
  };
}

/**
 * What of the list is there and fit to be late; the rest is told, and is part of whatever imports
 * it.
 */
async function presentParts(root) {
  const present = Object.entries(parts).map(async ([part, modules]) => {
    const fit = await Promise.all(modules.map((path) => isPackage(path) || isFit(path, root)));
    return [part, modules.filter((_, at) => fit[at])];
  });
  return Object.fromEntries(
    (await Promise.all(present)).filter(([, modules]) => modules.length > 0),
  );
}

async function isFit(path, root) {
  try {
    await functionsOf(resolve(root, path));
    return true;
  } catch (error) {
    console.warn(`scripts/bundle/lazy.mjs: ${path} is not loaded late: ${error.message}`);
    return false;
  }
}

/**
 * The rules that few inputs need, by file: the name each is exported by, and what it says of
 * itself.
 */
async function rareRules(root) {
  await init();
  const index = 'rules/index.ts';
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [index],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { rules } = await import(`data:text/javascript;base64,${code}`);
  const rare = new Map();
  const [imports] = parse(readFileSync(resolve(root, index), 'utf8'), index);
  for (const { specifier, typeOnly } of imports) {
    if (typeOnly || specifier === undefined) continue;
    const path = join('rules', specifier);
    const rule = rules.find(({ meta }) => meta.id === basename(path, '.ts'));
    const isData = isDeepStrictEqual(rule?.meta, JSON.parse(JSON.stringify(rule?.meta ?? null)));
    if (!isData || rule.check === undefined || rule.checkIgnores !== undefined) continue;
    const { kinds } = rule.meta;
    if (kinds.length === 0 || kinds.some((kind) => commonKinds.includes(kind))) continue;
    const [, exports] = parse(readFileSync(resolve(root, path), 'utf8'), path);
    rare.set(path, { name: exports[0].name, meta: rule.meta });
  }
  return rare;
}

/** What a rule says of itself is there; what it does is loaded. */
function ruleStub({ name, meta }, loaded) {
  return `export const ${name} = {
    meta: ${JSON.stringify(meta)},
    get messages() { return ${loaded}.${name}.messages; },
    check(context) { ${loaded}.${name}.check(context); },
  };`;
}

async function namesOf(name) {
  const path = createRequire(import.meta.url).resolve(name);
  return Object.keys(await import(path)).filter((exported) => exported !== 'module.exports');
}

async function functionsOf(file) {
  await init();
  const text = readFileSync(file, 'utf8');
  const [, exports] = parse(text, file);
  return exports
    .filter(({ typeOnly }) => !typeOnly)
    .map(({ name }) => {
      if (!new RegExp(`^export (async )?function\\*? ${name}\\b`, 'm').test(text))
        throw new Error(`it exports ${name}, which is not a function`);
      return name;
    });
}

function stubs(names, loaded) {
  const local = (name) => (name === 'default' ? 'theDefault' : name);
  return [
    `const load = () => { ({ ${names.map((name) => `${name}: ${local(name)}`).join(', ')} ` +
      `} = ${loaded}); };`,
    ...names.map(
      (name) =>
        `let ${local(name)} = function (...args) { load(); return new.target ? ` +
        `Reflect.construct(${local(name)}, args) : ${local(name)}(...args); };`,
    ),
    `export { ${names.map((name) => `${local(name)} as ${name}`).join(', ')} };`,
  ].join('\n');
}

/**
 * For a program in one file: libraries that few runs need are executed when something of them is
 * first called.
 */
export function lazyLibraries(root, names = /^(yaml|ajv)$/) {
  return {
    name: 'lazy-libraries',
    setup(bundler) {
      bundler.onResolve({ filter: names }, ({ path, kind }) =>
        kind === 'import-statement' ? { path, namespace: 'late' } : undefined,
      );
      bundler.onLoad({ filter: /.*/, namespace: 'late' }, async ({ path }) => ({
        contents: stubs(
          (await namesOf(path)).filter((name) => name !== 'default'),
          `require(${JSON.stringify(path)})`,
        ),
        resolveDir: root,
      }));
    },
  };
}
