/** What a pull request is merged into, in a checkout that may be shallow. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Of a pull request actions/checkout gives the commit that would merge it: the first parent of that is where the branch would go.
 * Where something else was checked out, it is where the branch left the one it came from.
 * @returns the id of a commit that is there, or undefined.
 */
export function baseRevision(cwd, env) {
  if (!isPullRequest(env)) return undefined;
  const git = (...args) => {
    const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  };
  const commit = (revision) =>
    git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  const isMerge = commit('HEAD') === env.GITHUB_SHA && commit('HEAD^2') !== undefined;
  if (isMerge) return commit('HEAD^1');
  const branch = env.GITHUB_BASE_REF ? `refs/remotes/origin/${env.GITHUB_BASE_REF}` : undefined;
  const known = [branch, baseOfEvent(env.GITHUB_EVENT_PATH)]
    .filter((revision) => revision !== undefined)
    .map(commit);
  const base = known.find((found) => found !== undefined);
  return base === undefined ? undefined : (git('merge-base', base, 'HEAD') ?? base);
}

export function isPullRequest(env) {
  return (env.GITHUB_EVENT_NAME ?? '').startsWith('pull_request');
}

function baseOfEvent(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).pull_request?.base?.sha;
  } catch {
    return undefined;
  }
}
