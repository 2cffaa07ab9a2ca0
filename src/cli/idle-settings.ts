/** Entries of a configuration that no file has to do with: their paths are probably misspelt. */
import { dirname, relative, resolve, sep } from 'node:path';
import { listOf, pathMatcher as overrideMatcher } from '../config/rule-settings.ts';
import { isAtOrBelow } from '../files/top.ts';
import { pathMatcher } from '../units/paths.ts';
import type { LoadedConfig } from './config.ts';

/**
 * Only a run that reads all that the configuration is for can tell.
 *
 * @param inputs as the user typed them
 * @param files as their paths are shown
 */
export function idleSettings(
  { file: configuration, units }: LoadedConfig,
  inputs: readonly string[],
  files: readonly string[],
  cwd: string,
): readonly string[] {
  if (configuration === undefined) return [];
  const { path: shown } = configuration.file;
  const directory = resolve(cwd, dirname(shown));
  const isWhole = inputs.some((input) => isAtOrBelow(directory, resolve(cwd, input)));
  if (!isWhole) return [];
  const { overrides = [], units: written = [] } = configuration.config;
  const inside = files.map((path) => relative(directory, resolve(cwd, path)).split(sep).join('/'));
  const idle: string[] = [];
  for (const [index, { files: patterns }] of overrides.entries()) {
    if (patterns === undefined || inside.some(overrideMatcher(listOf(patterns)))) continue;
    idle.push(`overrides[${index}].files in ${shown} fits no file: ${listOf(patterns).join(', ')}`);
  }
  for (const [index, { paths }] of units.entries()) {
    const matchers = paths.map(pathMatcher);
    if (files.some((path) => matchers.some((matches) => matches(path)))) continue;
    const patterns = written[index]?.paths ?? paths;
    idle.push(`units[${index}].paths in ${shown} fits no file: ${patterns.join(', ')}`);
  }
  return idle;
}
