/**
 * The GitHub Action: the inputs of action.yml become a command line of the committed bundle, its
 * report becomes outputs. Nothing is installed, no shell is involved. The table in the summary of
 * the job is written by `kubeplumb lint` itself.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { asCommand, harmless, ofInputs, words } from './text.mjs';

const bundle = join(import.meta.dirname, '../dist/kubeplumb.js');
const { env } = process;
/** @param {string} name */
const input = (name) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
/**
 * @param {string} name
 * @param {string} value
 */
const flag = (name, value) => (value === '' ? [] : [name, value]);

const cwd = resolve(env.GITHUB_WORKSPACE || '.', input('working-directory'));
const scratch = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'kubeplumb-'));
try {
  process.exitCode =
    statSync(cwd, { throwIfNoEntry: false })?.isDirectory() === true
      ? action()
      : failure(`the input working-directory: ${input('working-directory')} is no directory`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @returns the exit code of the step. */
function action() {
  const linted = lint();
  if (input('comment-file') === '') return linted;
  return Math.max(linted, comment());
}

function lint() {
  const format = input('format') || 'auto';
  const report = join(scratch, 'report.json');
  const sarif = input('sarif-file');
  const annotates = format === 'auto' || format === 'github';
  const status = run(
    [
      'lint',
      ...flag('-c', input('config')),
      ...flag('--fail-on', input('fail-on')),
      ...['-o', format, '-o', `json=${report}`],
      ...flag('-o', sarif && `sarif=${sarif}`),
      // With the format github comes the summary of the job.
      ...(annotates ? [] : ['-o', `github=${join(scratch, 'annotations')}`]),
      ...words(input('args')),
      '--',
      ...words(input('paths')),
    ],
    annotates,
  );
  if (existsSync(report)) {
    const { errors, warnings, infos } = JSON.parse(readFileSync(report, 'utf8')).summary;
    output('errors', errors);
    output('warnings', warnings);
    output('infos', infos);
    if (sarif !== '' && existsSync(resolve(cwd, sarif))) output('sarif-file', resolve(cwd, sarif));
  }
  return status;
}

/** What the change does to endpoints, for a comment below the pull request. */
function comment() {
  const base = input('base');
  if (base === '' && !(env.GITHUB_EVENT_NAME ?? '').startsWith('pull_request')) {
    process.stdout.write(
      'no comment-file: this is not a pull request, and the input "base" is empty\n',
    );
    return 0;
  }
  if (base.startsWith('-')) return failure(`the base "${base}" is not a revision`);
  const file = input('comment-file');
  const report = join(scratch, 'diff.json');
  process.stdout.write('::group::What this change does to endpoints\n');
  const status = run(
    [
      'diff',
      ...(base === '' ? ['--pull-request'] : [base]),
      ...flag('-c', input('config')),
      ...['-o', `markdown=${file}`, '-o', `json=${report}`],
      '--allow-empty',
      '--',
      ...words(input('paths')),
    ],
    false,
  );
  process.stdout.write('::endgroup::\n');
  if (status === 0 && existsSync(resolve(cwd, file))) {
    output('comment-file', resolve(cwd, file));
    const { changes, findings } = JSON.parse(readFileSync(report, 'utf8'));
    output('changed', changes.length + findings.new.length + findings.fixed.length > 0);
  }
  return status;
}

/**
 * What it prints goes to the log. The runner obeys lines of the log, so while text of manifests is
 * printed as it is, the runner is told not to.
 *
 * @param {readonly string[]} args
 * @param {boolean} annotates whether what it prints is for the runner to obey
 */
function run(args, annotates) {
  const token = randomUUID();
  if (!annotates) process.stdout.write(`::stop-commands::${token}\n`);
  const { status, stderr, error } = spawnSync(process.execPath, [bundle, ...args], {
    cwd,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (!annotates) process.stdout.write(`\n::${token}::\n`);
  const told = (error?.message ?? stderr).trim();
  if (told !== '')
    process.stdout.write(
      status === 0 || status === 1
        ? `${harmless(told)}\n`
        : asCommand('error', ofInputs(told, input('args'))),
    );
  return status ?? 2;
}

/** @param {string} message */
function failure(message) {
  process.stdout.write(asCommand('error', message));
  return 2;
}

/**
 * @param {string} name
 * @param {string | number | boolean} value
 */
function output(name, value) {
  const end = randomUUID();
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
}
