/** What people type who come from ruff, ESLint, actionlint, kube-linter or kubectl. */
import { getOwn } from '../own.ts';

/** Flags of our neighbours, without dashes, and what they are called here. */
const flagNames: Readonly<Record<string, string>> = {
  'no-color': '--color never',
  'exit-zero': '--fail-on never',
  'exit-0': '--fail-on never',
  'max-warnings': '--fail-on warning',
  strict: '--fail-on warning',
  level: '--fail-on SEVERITY',
  'min-severity': '--fail-on SEVERITY',
  'minimum-severity': '--fail-on SEVERITY',
  severity: '--fail-on SEVERITY',
  'error-level': '--fail-on SEVERITY',
  all: '--all-namespaces',
  json: '--output json',
  sarif: '--output sarif',
  'output-format': '--output FORMAT',
  'error-format': '--output FORMAT',
  reporter: '--output FORMAT',
  'output-file': '--output FORMAT=FILE',
  stdin: '- in the place of a path, or --stdin-filename PATH',
  'stdin-file': '--stdin-filename PATH',
  'stdin-filepath': '--stdin-filename PATH',
  'stdin-display-name': '--stdin-filename PATH',
  'dry-run': '--diff',
  'fix-dry-run': '--diff',
  'unsafe-fixes': '--fix=unsafe',
  'config-file': '--config FILE',
  isolated: '--no-config',
  file: '--filename PATH',
  r: '--recursive (-R)',
  'ignore-pattern': '--exclude PATTERN',
  'ignore-path': '--exclude PATTERN',
  'ignore-filename-pattern': '--exclude PATTERN',
  include: 'a pattern in the place of a path',
  ext: "a pattern in the place of a path: 'k8s/**/*.yaml'",
  'include-rules': '--rule ID',
  'exclude-rules': '--disable ID',
  'report-unused-disable-directives': 'always on: an ignore that does nothing is reported',
  'ignore-noqa': '--no-ignores',
  'no-inline-config': '--no-ignores',
  'add-noqa': '--update-baseline',
  'write-baseline': '--update-baseline',
  'suppress-all': '--update-baseline',
  'prune-suppressions': '--prune-baseline',
  v: '--verbose; the version is --version (-V)',
  debug: '--verbose',
  trace: '--verbose',
  timing: '--stats',
  silent: '--quiet',
  s: '--quiet (-q)',
  'list-rules': 'the command kubeplumb rules',
  list: 'the command kubeplumb rules',
  'show-settings': 'the command kubeplumb config',
  'print-config': 'the command kubeplumb config',
  'show-files': 'the command kubeplumb config --units -o wide',
  explain: 'the command kubeplumb explain RULE',
  init: 'the command kubeplumb init',
  'init-config': 'the command kubeplumb init',
  context: 'unheard of: kubeplumb talks to no cluster',
  kubeconfig: 'unheard of: kubeplumb talks to no cluster',
  cluster: 'unheard of: kubeplumb talks to no cluster',
  cache: 'not needed: a run starts from nothing in less than a second',
  'no-cache': 'not needed: nothing is kept between runs',
  jobs: '--shard K/N, on several machines',
  concurrency: '--shard K/N, on several machines',
};

/** Commands of our neighbours, and what they are called here. */
const commandLines: Readonly<Record<string, string>> = {
  check: 'lint',
  validate: 'lint',
  test: 'lint',
  scan: 'lint',
  run: 'lint',
  analyze: 'lint',
  format: 'lint --fix',
  fix: 'lint --fix',
  watch: 'lint --watch',
  list: 'get',
  show: 'get',
  rule: 'explain RULE',
  why: 'describe service NAME',
  checks: 'rules',
  compare: 'diff',
  settings: 'config',
  apply: 'get all',
  top: 'get pods',
};

/** `--fail-on never` for `exit-zero`. */
export function flagHere(name: string): string | undefined {
  return getOwn(flagNames, name);
}

/** `kubeplumb lint` for `check`. */
export function commandHere(name: string): string | undefined {
  const line = getOwn(commandLines, name);
  return line === undefined ? undefined : `kubeplumb ${line}`;
}
