/** What CI systems tell about the repository in their environment variables. */
import { isAbsolute, relative, sep } from 'node:path';

export interface Ci {
  readonly github: boolean;
  /**
   * The working directory below the root of the repository, with forward slashes; empty where it is
   * the root, or where nobody says.
   */
  readonly directory: string;
  /** Where people see the files of this commit, with a slash at its end. */
  readonly sources?: string;
  /** The file that GitHub shows on the page of the run. */
  readonly stepSummary?: string;
}

export function ciOf(env: Readonly<Record<string, string | undefined>>, cwd: string): Ci {
  if (env['GITHUB_ACTIONS'] === 'true') {
    const {
      GITHUB_WORKSPACE: root,
      GITHUB_SERVER_URL: server,
      GITHUB_REPOSITORY: repository,
      GITHUB_SHA: commit,
    } = env;
    const stepSummary = env['GITHUB_STEP_SUMMARY'] ?? '';
    return {
      github: true,
      directory: below(root, cwd),
      ...(server !== undefined &&
        repository !== undefined &&
        commit !== undefined && { sources: `${server}/${repository}/blob/${commit}/` }),
      ...(stepSummary !== '' && { stepSummary }),
    };
  }
  if (env['GITLAB_CI'] !== undefined || env['CI_PROJECT_DIR'] !== undefined) {
    const { CI_PROJECT_DIR: root, CI_PROJECT_URL: project, CI_COMMIT_SHA: commit } = env;
    return {
      github: false,
      directory: below(root, cwd),
      ...(project !== undefined &&
        commit !== undefined && { sources: `${project}/-/blob/${commit}/` }),
    };
  }
  return { github: false, directory: '' };
}

function below(root: string | undefined, cwd: string): string {
  if (root === undefined || root === '') return '';
  const path = relative(root, cwd);
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
    ? ''
    : path.split(sep).join('/');
}
