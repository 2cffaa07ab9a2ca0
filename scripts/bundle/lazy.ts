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
import { relative, resolve } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { type OnResolveArgs, type Plugin } from 'esbuild';
import { dataOfTables } from './evaluated.ts';
import type { SourceOf } from './loops.ts';
import { splitRules } from './rules.ts';
import { lateFunctions, stubOf } from './seldom.ts';

/**
 * Part → the modules in it that others call: paths from the root, or packages. What only they
 * import goes along. Others have their functions only: constants and classes (a stub is no good for
 * `instanceof`) can be imported within the part and by words of rules; elsewhere the build fails.
 */
const parts: Readonly<Record<string, readonly string[]>> = {
  yaml: ['yaml', 'src/manifest/yaml.ts', 'src/manifest/syntax.ts', 'src/manifest/comments.ts'],
  patch: ['diff'],
  pattern: ['src/files/pattern.ts'],
  help: ['src/cli/help.ts', 'src/cli/other-tools.ts'],
  watch: ['src/cli/rerun.ts', 'src/files/changes.ts'],
  outputs: ['src/cli/fix.ts', 'src/cli/verbose.ts', 'src/files/write.ts', 'src/units/shards.ts'],
  // What the program itself needs of it.
  lint: ['src/cli/nearby-path.ts', 'src/files/read.ts'],
  settings: ['src/config/read.ts'],
  plugins: ['src/cli/plugins.ts'],
  options: ['src/lint/plugins/option-schema.ts'],
  reports: [
    'src/report/by-file.ts',
    'src/report/checkstyle.ts',
    'src/report/github.ts',
    'src/report/gitlab.ts',
    'src/report/json.ts',
    'src/report/junit.ts',
    'src/report/oneline.ts',
    'src/report/sarif.ts',
  ],
  render: ['src/cli/rendered.ts'],
  groups: [
    'src/units/alternatives.ts',
    'src/units/delivered.ts',
    'src/units/groups.ts',
    'src/units/near-miss.ts',
    'src/units/neighbours.ts',
    'src/units/references.ts',
  ],
  kustomize: [
    'src/units/kustomize/broken.ts',
    'src/units/kustomize/build.ts',
    'src/units/kustomize/resource.ts',
  ],
  operators: ['src/cluster/operators/table.ts', 'src/cluster/operators/custom-workloads.ts'],
  scheduler: ['src/cluster/scheduler/placement.ts', 'src/cluster/controllers/quota-scope.ts'],
  // What becomes of an object that is there already, and what kubectl prints beside.
  applied: [
    'src/cluster/apiserver/apply/again.ts',
    'src/cluster/apiserver/apply/diff.ts',
    'src/cluster/apiserver/apply/merge.ts',
    'src/cluster/apiserver/update/job.ts',
    'src/cluster/apiserver/update/pod.ts',
    'src/cluster/apiserver/update/service.ts',
    'src/cluster/apiserver/warnings/warnings-on-create.ts',
  ],
  fields: ['src/lint/objects/custom-fields.ts', 'src/kubernetes/operator-rows.ts'],
  ignores: ['src/lint/ignores/find.ts'],
  validation: [
    'src/cluster/apiserver/pod-security.ts',
    'src/cluster/apiserver/validation/autoscaler.ts',
    'src/cluster/apiserver/validation/data.ts',
    'src/cluster/apiserver/validation/endpoints.ts',
    'src/cluster/apiserver/validation/endpointslice.ts',
    'src/cluster/apiserver/validation/escalation.ts',
    'src/cluster/apiserver/validation/ingress.ts',
    'src/cluster/apiserver/validation/ip.ts',
    'src/cluster/apiserver/validation/job.ts',
    'src/cluster/apiserver/validation/mount-modes.ts',
    'src/cluster/apiserver/validation/networkpolicy.ts',
    'src/cluster/apiserver/validation/pod-annotations.ts',
    'src/cluster/apiserver/validation/quotas.ts',
    'src/cluster/apiserver/validation/rbac.ts',
    'src/cluster/apiserver/validation/storage.ts',
    'src/cluster/apiserver/validation/sysctls.ts',
    'src/cluster/apiserver/validation/update-strategies.ts',
    'src/cluster/apiserver/validation/volume-contents.ts',
    'src/cluster/apiserver/validation/webhooks.ts',
  ],
  refusals: [
    'src/cluster/apiserver/decode-help.ts',
    'src/cluster/apiserver/field-home.ts',
    'src/cluster/apiserver/meant-scalar.ts',
    'src/cluster/apiserver/reindent.ts',
    'src/cluster/apiserver/shape.ts',
    'src/cluster/repair/convert.ts',
    'src/cluster/repair/intended.ts',
    'src/cluster/repair/repair.ts',
    'src/manifest/meant-object.ts',
    'src/manifest/run-together.ts',
  ],
  endpoints: ['src/cluster/controllers/endpoints.ts', 'src/lint/endpoints/written-endpoints.ts'],
  references: [
    'src/lint/references/exchanged-names.ts',
    'src/lint/references/generated-names.ts',
    'src/lint/routes/ingress-backends.ts',
    'src/lint/hosts/meant-service.ts',
    'src/lint/references/missing-keys.ts',
    'src/lint/references/opened-files.ts',
    'src/lint/monitors/monitor-ports.ts',
    'src/lint/references/pull-secrets.ts',
    'src/lint/hosts/unresolved-host.ts',
    'src/lint/selectors/follow-selector.ts',
    'src/text/regex.ts',
  ],
  findings: [
    'src/lint/fixes/added-field.ts',
    'src/lint/baseline.ts',
    'src/lint/draft.ts',
    'src/lint/unseen/expected.ts',
    'src/lint/fixes/fix-all.ts',
    'src/lint/fixes/fixes.ts',
    'src/lint/ports/mentioned.ts',
    'src/lint/ports/name-readers.ts',
    'src/lint/ports/policy-ports.ts',
    'src/lint/ports/port-slip.ts',
    'src/lint/references/nearest-object.ts',
    'src/lint/selectors/dangling.ts',
    'src/lint/selectors/nearest-workload.ts',
    'src/lint/selectors/nearest.ts',
    'src/lint/plugins/trace.ts',
    'src/lint/endpoints/why-none.ts',
    'src/report/frame.ts',
  ],
};

const isPackage = (path: string): boolean => /^[a-z]/.test(path) && !path.endsWith('.ts');

/**
 * For esbuild with `splitting`: modules that are listed are replaced by stubs wherever others
 * import them.
 */
export async function lazyModules(
  root: string,
  sourceOf: SourceOf,
  hasProfile = true,
): Promise<Plugin> {
  const modulesOf = new Map(await presentParts(root));
  const listed = new Map<string, { part: string; index: number }>();
  for (const [part, modules] of modulesOf)
    for (const [index, path] of modules.entries())
      listed.set(isPackage(path) ? path : resolve(root, path), { part, index });
  const found = ({ path, resolveDir }: OnResolveArgs): string =>
    isPackage(path) ? path : resolve(resolveDir, path);
  return {
    name: 'lazy-modules',
    async setup(bundler) {
      dataOfTables(bundler, root);
      const late = lateFunctions(bundler, root, hasProfile, sourceOf);
      await splitRules(bundler, root, late.without, sourceOf);
      bundler.onResolve({ filter: /^part:/ }, ({ path }) => ({ path, namespace: 'part' }));
      bundler.onResolve({ filter: /^(\.|[a-z][a-z/-]*$)/ }, (request) => {
        const path = found(request);
        const wanted = listed.get(path);
        // Within a part everything is there already.
        if (wanted === undefined || ['part', 'says'].includes(request.namespace)) return undefined;
        if (request.kind === 'require-call') return undefined;
        if (listed.get(request.importer)?.part === wanted.part) return undefined;
        return { path: isPackage(path) ? path : relative(root, path), namespace: 'stub' };
      });
      bundler.onLoad({ filter: /.*/, namespace: 'stub' }, async ({ path }) => {
        const late = listed.get(isPackage(path) ? path : resolve(root, path));
        const loaded = `import("part:${late?.part}").m${late?.index}`;
        if (isPackage(path)) return { contents: stubs(namesOf(path), loaded), resolveDir: root };
        const names = await functionsOf(resolve(root, path));
        const own = names.map((name) => stubOf(name, `${loaded}.${name}`));
        return { contents: own.join('\n'), resolveDir: root };
      });
      bundler.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: part }) => ({
        contents: (modulesOf.get(part.slice('part:'.length)) ?? [])
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
 * What of the list is there; a file that was moved is told, and is part of whatever imports it.
 */
async function presentParts(root: string): Promise<[part: string, modules: string[]][]> {
  const present = Object.entries(parts).map(
    async ([part, modules]): Promise<[string, string[]]> => {
      const fit = await Promise.all(
        modules.map(async (path) => isPackage(path) || (await isFit(path, root))),
      );
      return [part, modules.filter((_, at) => fit[at])];
    },
  );
  return (await Promise.all(present)).filter(([, modules]) => modules.length > 0);
}

async function isFit(path: string, root: string): Promise<boolean> {
  try {
    await functionsOf(resolve(root, path));
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.warn(`scripts/bundle/lazy.ts: ${path} is not loaded late: ${why}`);
    return false;
  }
}

function namesOf(name: string): string[] {
  const exports = createRequire(import.meta.url)(name) as object;
  return Object.keys(exports).filter((key) => key !== 'default' && key !== '__esModule');
}

async function functionsOf(file: string): Promise<string[]> {
  await init();
  const text = readFileSync(file, 'utf8');
  const [, exports] = parse(text, file);
  return exports
    .flatMap((one) => (one.type === 'reexport-all' || one.typeOnly ? [] : [one.name]))
    .filter((name) => new RegExp(`^export (async )?function\\*? ${name}\\b`, 'm').test(text));
}

/** Of what packages export, some of which are classes. */
function stubs(names: readonly string[], loaded: string): string {
  const local = (name: string): string => (name === 'default' ? 'theDefault' : name);
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
export function lazyLibraries(root: string, names = /^(yaml|ajv)$/): Plugin {
  return {
    name: 'lazy-libraries',
    setup(bundler) {
      bundler.onResolve({ filter: names }, ({ path, kind }) =>
        kind === 'import-statement' ? { path, namespace: 'late' } : undefined,
      );
      bundler.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
        contents: stubs(namesOf(path), `require(${JSON.stringify(path)})`),
        resolveDir: root,
      }));
    },
  };
}
