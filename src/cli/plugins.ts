/**
 * Loads rules that somebody else wrote. It runs their code, so it is done only where the command
 * line asks for it.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pluginRules } from '../lint/plugins/plugin.ts';
import { PluginError } from '../lint/plugins/plugin-error.ts';
import type { Rule } from '../lint/rule.ts';
import { pushAll } from '../lists.ts';
import { didYouMeanPath } from './nearby-path.ts';

/** A plugin that is asked for: a package, or the path of a module. */
export interface PluginRequest {
  readonly name: string;
  /** Where paths start and packages are looked for. */
  readonly directory: string;
}

/**
 * `rules` and those of the plugins. One that is asked for twice is loaded once.
 * @param refuse is told of each plugin that cannot be used, and why; it may throw
 */
export async function withPlugins<R extends PluginRequest>(
  rules: readonly Rule[],
  requests: readonly R[],
  refuse: (request: R, problem: string) => void,
): Promise<readonly Rule[]> {
  const all = [...rules];
  const loaded = new Set<string>();
  for (const request of requests) {
    try {
      const path = pathOf(request);
      if (loaded.has(path)) continue;
      loaded.add(path);
      pushAll(all, pluginRules(await defaultExport(path, request), request.name, all));
    } catch (error) {
      if (!(error instanceof PluginError)) throw error;
      refuse(request, error.message);
    }
  }
  return all;
}

function pathOf({ name, directory }: PluginRequest): string {
  const path = resolve(directory, name);
  if (!existsSync(path)) {
    if (isPackageName(name)) return packageEntry(name, directory);
    throw new PluginError(`plugin "${name}" does not exist${didYouMeanPath(name, directory)}`);
  }
  const stats = statSync(path);
  if (stats.isFile()) return path;
  if (!stats.isDirectory()) throw new PluginError(`plugin "${name}" is not a file`);
  if (isPackageName(name) && !existsSync(join(path, 'package.json')))
    return packageEntry(name, directory);
  const entry = entryPoint(path);
  if (entry === undefined)
    throw new PluginError(
      `plugin "${name}" is a directory without a package.json that names its module; name the file`,
    );
  return entry;
}

/**
 * `kubeplumb-plugin-acme`, `@acme/kubeplumb-plugin`: not `./rules/own.js`, and not `rules/own.js`
 * either.
 */
function isPackageName(name: string): boolean {
  return (
    !isAbsolute(name) &&
    /^(?:@[\w.~-]+\/)?(?!\.)[\w.~-]+$/.test(name) &&
    !/\.[cm]?[jt]s$/.test(name)
  );
}

/** As Node would find it from there. */
function packageEntry(name: string, directory: string): string {
  const places = createRequire(join(directory, 'package.json')).resolve.paths(name) ?? [];
  for (const place of places) {
    const entry = entryPoint(join(place, name));
    if (entry !== undefined) return entry;
  }
  throw new PluginError(
    `plugin "${name}" is not installed: it is in no node_modules from ${directory} upwards`,
  );
}

/**
 * The module that `import` of a package gives
 * (https://nodejs.org/api/packages.html#package-entry-points).
 */
function entryPoint(directory: string): string | undefined {
  let fields: { readonly exports?: unknown; readonly main?: unknown };
  try {
    fields = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as typeof fields;
  } catch {
    return undefined;
  }
  const exported = target(fields.exports);
  const entry = exported ?? (typeof fields.main === 'string' ? fields.main : 'index.js');
  return [entry, `${entry}.js`]
    .map((path) => join(directory, path))
    .find((path) => existsSync(path) && statSync(path).isFile());
}

function target(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported;
  if (Array.isArray(exported)) return exported.map(target).find((path) => path !== undefined);
  if (typeof exported !== 'object' || exported === null) return undefined;
  for (const [condition, value] of Object.entries(exported))
    if (['.', 'node', 'import', 'module-sync', 'default'].includes(condition)) {
      const path = target(value);
      if (path !== undefined) return path;
    }
  return undefined;
}

/** Whatever goes wrong inside of it is the plugin's fault. */
async function defaultExport(path: string, { name }: PluginRequest): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(path).href)) as typeof module;
  } catch (error) {
    const [reason] = (
      error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    ).split('\n');
    throw new PluginError(`plugin "${name}" cannot be loaded: ${reason}`, { cause: error });
  }
  return module.default;
}
