/**
 * What the pull request of this run is merged into, as GitHub Actions and GitLab tell it; the
 * checkout may be shallow.
 */
import { disk } from '../files/disk.ts';
import { type Repository, type Revision } from '../files/git.ts';
import { GitError } from '../files/git-command.ts';
import type { Io } from './io.ts';

/** Revisions that are tried one after another. */
type Candidates = readonly (string | undefined)[];

/**
 * Of a pull request actions/checkout gives the commit that would merge it: the first parent of that
 * is where the branch would go. Where something else was checked out, it is where the branch left
 * the one it came from.
 * @returns undefined where this is not a pull request
 * @throws GitError where its base is not in this clone
 */
export function pullRequestBase(repository: Repository, env: Io['env']): Revision | undefined {
  const github = (env['GITHUB_EVENT_NAME'] ?? '').startsWith('pull_request');
  const gitlab = env['CI_MERGE_REQUEST_IID'] !== undefined;
  if (!github && !gitlab) return undefined;
  const known = (name: string): Revision | undefined => {
    try {
      return repository.revision(name);
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  };
  const merged = known('HEAD^1');
  const isMerge =
    env['GITHUB_SHA'] !== undefined &&
    known('HEAD')?.id === env['GITHUB_SHA'] &&
    known('HEAD^2') !== undefined;
  if (isMerge && merged !== undefined) return merged;
  const base = (github ? githubBases(env) : gitlabBases(env))
    .flatMap((name) => (name === undefined ? [] : (known(name) ?? [])))
    .at(0);
  if (base === undefined)
    throw new GitError(
      github
        ? 'the commit that the pull request is merged into is not in this clone; give ' +
            'actions/checkout "fetch-depth: 2"'
        : 'the commit that the merge request is merged into is not in this clone; set GIT_DEPTH: 0',
    );
  try {
    return repository.mergeBase(base.id, 'HEAD');
  } catch (error) {
    if (error instanceof GitError) return base;
    throw error;
  }
}

/** What people call the two sides of a pull request. */
export function pullRequestNames({
  GITHUB_BASE_REF: github = '',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: gitlab = '',
}: Io['env']): { readonly base: string | undefined; readonly head: string } {
  if (github !== '') return { base: github, head: 'this pull request' };
  return gitlab === ''
    ? { base: undefined, head: 'this pull request' }
    : { base: gitlab, head: 'this merge request' };
}

function githubBases({ GITHUB_BASE_REF: branch, GITHUB_EVENT_PATH: event }: Io['env']): Candidates {
  return [
    ...(branch === undefined || branch === '' ? [] : [`refs/remotes/origin/${branch}`]),
    event === undefined ? undefined : baseOfEvent(event),
  ];
}

function gitlabBases({
  CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: branch,
}: Io['env']): Candidates {
  return [base, branch === undefined ? undefined : `refs/remotes/origin/${branch}`];
}

function baseOfEvent(path: string): string | undefined {
  try {
    const event = JSON.parse(disk.bytes(path).toString('utf8')) as {
      readonly pull_request?: { readonly base?: { readonly sha?: unknown } };
    };
    const sha = event.pull_request?.base?.sha;
    return typeof sha === 'string' ? sha : undefined;
  } catch {
    return undefined;
  }
}
