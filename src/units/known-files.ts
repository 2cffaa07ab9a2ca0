/** What is asked of whoever knows the files; all paths as in `Kustomization`. */
export interface KnownFiles {
  /**
   * `outside`: a file where kustomize reads none; `unknown`: it may come to be by other means, as
   * what git ignores does.
   */
  look(path: string): 'file' | 'directory' | 'nothing' | 'outside' | 'unknown';
  /** Names in a directory. */
  names(directory: string): readonly string[];
}
