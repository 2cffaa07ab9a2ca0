/** Files that kubeplumb itself reads and writes: below a directory they are not manifests. */

/** The first of these that a directory has is the configuration. */
export const configNames = [
  'kubeplumb.yaml',
  'kubeplumb.yml',
  '.kubeplumb.yaml',
  '.kubeplumb.yml',
] as const;

export const baselineName = 'kubeplumb-baseline.json';

export const ownFiles: ReadonlySet<string> = new Set([...configNames, baselineName]);

export function isConfigName(name: string): boolean {
  return configNames.some((known) => known === name);
}
