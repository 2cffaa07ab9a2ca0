/** Helpers of the manifest tests. */
import type { Json } from '../../src/kubernetes/json.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { toJson } from '../../src/manifest/node.ts';
import { readPlain } from '../../src/manifest/plain.ts';
import { readManifest, type ReadOptions } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { readYaml } from '../../src/manifest/yaml.ts';

export function manifest(text: string, options?: ReadOptions): Manifest {
  return readManifest(new SourceFile('test.yaml', text), options);
}

/** `Kind/name`, with `!` where kubectl would not have got so far. */
export function names({ objects }: Manifest): string[] {
  return objects.map(({ kind, name, afterBroken }) => `${afterBroken ? '!' : ''}${kind}/${name}`);
}

export function states({ documents }: Manifest): string[] {
  return documents.map(({ state, problem }) =>
    problem === undefined ? state : `${state}: ${problem.code}`,
  );
}

/** A document's value as the full reader has it; a problem's message where it has none. */
export function full(text: string): Json {
  const tree = readYaml(text, [0, text.length]);
  if ('problem' in tree) return `problem: ${tree.problem.message}`;
  return tree.root === undefined ? null : toJson(tree.root);
}

/** As the fast reader has it; undefined where it declines. */
export function plain(text: string): Json | undefined {
  const tree = readPlain(text, [0, text.length]);
  return tree === undefined || tree === 'template'
    ? undefined
    : tree.root === undefined
      ? null
      : toJson(tree.root);
}
