import type { Manifest } from '../manifest/manifest.ts';
import { manifestReader } from '../manifest/read.ts';
import { SourceFile } from '../manifest/source.ts';
import { hasFields, wantList } from './wanted.ts';

/** A file as its reader has it: a name to show and the whole text. */
export interface InputFile {
  /** Relative, with forward slashes: what belongs together is found by directory. */
  readonly path: string;
  readonly text: string;
}

/**
 * Decodes files as kubectl does. Throws for nothing that a file can hold: a document that cannot be
 * decoded has the state `broken` and says why. Give kustomizations with everything that they refer
 * to, for what is not given is not there (but see `mayExist` of `LintOptions`).
 *
 * @example
 * const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n';
 * const [manifest] = load([{ path: 'web.yaml', text }]);
 * manifest?.objects[0]?.kind; // 'Service'
 */
export function load(files: readonly InputFile[]): Manifest[] {
  wantList(
    files,
    'load',
    "a list of files, [{ path: 'web.yaml', text }]",
    (file) =>
      hasFields(file, 'path', 'text') &&
      typeof (file as InputFile).path === 'string' &&
      typeof (file as InputFile).text === 'string',
  );
  const read = manifestReader();
  return files.map(({ path, text }) => read(new SourceFile(path, text)));
}
