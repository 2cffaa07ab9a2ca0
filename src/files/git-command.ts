/**
 * The one place that runs git, so that git never does what the repository says.
 *
 * A repository may be anybody's. Its configuration can name programs (`core.fsmonitor`,
 * `core.sshCommand`, `diff.external`, `filter.*`, the `uploadpack` of a promisor remote), and a
 * plain directory of a pull request can look like a repository of its own (`HEAD`, `config`,
 * `objects/`, `refs/`: git calls it bare). So: the repository is the nearest directory above with a
 * `.git`, found by ourselves and accepted only if git finds the very same; every command is told
 * that directory and looks for none; what would run a program or reach out is off; only commands
 * are used that read objects and names.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { mostFileBytes, mostGitSeconds } from '../text/limits.ts';
import { programPath } from './program.ts';
import { nearestWithGit } from './top.ts';

/** What stands in the way, for the user: lower case, no full stop. */
export class GitError extends Error {}

export interface GitAnswer {
  readonly status: number;
  readonly output: Buffer;
  /** The first line that git had to say against it. */
  readonly problem: string;
  text(): string;
}

/** Where a repository is; both absolute. */
export interface GitPlace {
  /** The top of the working tree. */
  readonly top: string;
  readonly gitDirectory: string;
}

export interface GitOptions {
  readonly input?: string;
  /** Bytes that may come back. */
  readonly most?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** On the command line they are stronger than any file of configuration. */
const overrides = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting]);

/**
 * Variables of git that are kept: where objects are (a hook on a server has them in quarantine) and
 * configuration that whoever runs it gives (`safe.directory`). All others choose another
 * repository, run a program or write a trace.
 */
const keptVariables = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_SYSTEM',
  'GIT_EXEC_PATH',
  'GIT_OBJECT_DIRECTORY',
  'GIT_QUARANTINE_PATH',
  'GIT_TEST_ASSUME_DIFFERENT_OWNER',
]);

/**
 * The repository that a directory is in. @throws GitError where there is none, it is not trusted,
 * or there is no git
 */
export function gitPlace(directory: string, env: Environment = process.env): GitPlace {
  const named = env['GIT_DIR'];
  // Whoever runs it says where the repository is, as git itself does for its hooks.
  if (named !== undefined && named !== '')
    return {
      top: resolve(directory, env['GIT_WORK_TREE'] ?? '.'),
      gitDirectory: resolve(directory, named),
    };
  const top = nearestRepository(directory);
  if (top === undefined) throw new GitError(`${directory} is in no git repository`);
  // git looks here first, and tells whether it trusts the owner (safe.directory).
  const found = git(['-C', top, 'rev-parse', '--absolute-git-dir'], top, env);
  if (found.status !== 0)
    throw new GitError(
      /^not a git repository/i.test(found.problem)
        ? `${directory} is in no git repository`
        : `git says: ${found.problem}`,
    );
  const gitDirectory = found.text().replace(/\n$/, '');
  // A git from before safe.bareRepository (2.38) takes a directory that looks like a repository for
  // one.
  if (gitDirectory === realpathSync.native(top))
    throw new GitError(`${directory} is in no git repository`);
  return { top, gitDirectory };
}

/**
 * Runs one command of git in a repository that is known. @throws GitError where git cannot be run,
 * takes too long or says too much
 */
export function runGit(
  { top, gitDirectory }: GitPlace,
  args: readonly string[],
  options: GitOptions = {},
  env: Environment = process.env,
): GitAnswer {
  const place = [`--git-dir=${gitDirectory}`, `--work-tree=${top}`];
  return git([...place, ...args], top, env, options);
}

/** An empty `.git` is passed over, as git does. */
function nearestRepository(directory: string): string | undefined {
  const top = nearestWithGit(directory);
  if (top === undefined) return undefined;
  const inside = join(top, '.git');
  if (!statSync(inside, { throwIfNoEntry: false })?.isDirectory()) return top;
  if (existsSync(join(inside, 'HEAD'))) return top;
  return dirname(top) === top ? undefined : nearestRepository(dirname(top));
}

/** Never through a shell. */
function git(
  args: readonly string[],
  cwd: string,
  env: Environment,
  { input = '', most = mostFileBytes }: GitOptions = {},
): GitAnswer {
  const program = programPath('git', env);
  if (program === undefined) throw new GitError('git is not installed, or not in the PATH');
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { error, status, stdout, stderr } = spawnSync(program, [...overrides, ...args], {
    cwd,
    input,
    maxBuffer: most,
    timeout: mostGitSeconds * 1000,
    killSignal: 'SIGKILL',
    env: environment(env),
  });
  if (error !== undefined) throw new GitError(whyNotRun(error, most));
  const problem = stderr.toString('utf8').split('\n')[0] ?? '';
  return {
    status: status ?? 128,
    output: stdout,
    problem: problem.replace(/^fatal: /, ''),
    text: () => stdout.toString('utf8'),
  };
}

function environment(env: Environment): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(
    ([name]) =>
      !name.startsWith('GIT_') ||
      keptVariables.has(name) ||
      /^GIT_CONFIG_(KEY|VALUE)_\d+$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    // An empty list allows none, whatever `protocol.NAME.allow` a configuration holds: what a
    // partial clone lacks is not fetched by older releases either.
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}

function whyNotRun(error: NodeJS.ErrnoException, most: number): string {
  if (error.code === 'ETIMEDOUT') return `git took longer than ${mostGitSeconds} seconds`;
  if (error.code === 'ENOBUFS') return `git answered with more than ${most} bytes`;
  return `git cannot be run: ${error.message}`;
}
