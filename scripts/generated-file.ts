import { join } from 'node:path';

/** What a generator makes: the whole text of a file that lies in the repository. */
export interface GeneratedFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export const root = join(import.meta.dirname, '..');
