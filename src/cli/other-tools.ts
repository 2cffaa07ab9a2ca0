/** What people type who come from ruff, ESLint, actionlint, kube-linter or kubectl. */
import { getOwn } from '../own.ts';
import { nearestName } from '../text/nearest-name.ts';

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
  skip: '--disable ID',
  'skip-rule': '--disable ID',
  'skip-check': '--disable ID',
  'report-unused-disable-directives': 'always on: an ignore that does nothing is reported',
  'ignore-noqa': '--no-ignores',
  'no-inline-config': '--no-ignores',
  'no-baseline': '--no-ignores',
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
  assume: 'assume in kubeplumb.yaml',
  client: 'not needed: kubeplumb talks to no cluster',
  ...Object.fromEntries(
    [
      ...['as', 'as-group', 'cache-dir', 'certificate-authority', 'chunk-size', 'client-key'],
      ...['export', 'insecure-skip-tls-verify', 'request-timeout', 'server', 'server-print'],
      ...['subresource', 'token', 'user', 'warnings-as-errors'],
    ].map((flag) => [flag, 'not needed: kubeplumb talks to no cluster']),
  ),
  'ignore-not-found': 'exit code 1: || true',
  context: 'not needed: kubeplumb talks to no cluster',
  kubeconfig: 'not needed: kubeplumb talks to no cluster',
  L: '-o custom-columns=NAME:.metadata.name,APP:.metadata.labels.app, or --show-labels',
  'label-columns': '-o custom-columns=NAME:.metadata.name,APP:.metadata.labels.app',
  'field-selector': 'a NAME behind the kind, or -o json for jq',
  'show-managed-fields': 'not needed: managedFields are what an API server adds',
  'show-kind': 'not needed: several kinds are shown with their names',
  'watch-only': '--watch',
  cluster: 'not needed: kubeplumb talks to no cluster',
  cache: 'not needed: a run starts from nothing in less than a second',
  'no-cache': 'not needed: no result is kept between runs',
  jobs: '--shard K/N, on several machines',
  concurrency: '--shard K/N, on several machines',
};

/** Formats of our neighbours, and of programs that read reports. */
const formatNames: Readonly<Record<string, string>> = {
  text: 'pretty',
  full: 'pretty',
  stylish: 'pretty',
  tty: 'pretty',
  table: 'pretty',
  concise: 'oneline',
  compact: 'oneline',
  unix: 'oneline',
  plain: 'oneline',
  parsable: 'oneline',
  gcc: 'oneline',
  'json-lines': 'json',
  jsonl: 'json',
  'code-climate': 'gitlab',
  codeclimate: 'gitlab',
  'gl-codeclimate': 'gitlab',
  codequality: 'gitlab',
  'github-actions': 'github',
  rdjson: 'checkstyle, with reviewdog -f=checkstyle',
  rdjsonl: 'checkstyle, with reviewdog -f=checkstyle',
  tap: 'junit',
  xml: 'junit or checkstyle',
  md: 'markdown',
  html: 'markdown',
};

/** `; here it is oneline` for `compact`; or nothing. */
export function formatHere(name: string): string {
  const here = getOwn(formatNames, name.toLowerCase());
  return here === undefined ? '' : `; here it is ${here}`;
}

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

/** Kinds, where somebody leaves out the command. */
const kinds =
  /^(?:all|deploy|deployments?|endpoints|endpointslices|ep|ing|ingress|ingresses|pods?|services?|svc)$/;

/** What kubectl does with a cluster only. */
const ofClusters =
  /^(?:create|debug|delete|edit|exec|label|logs|patch|port-forward|replace|rollout|scale|wait)$/;

export function isOfOthers(flag: string): boolean {
  return getOwn(flagNames, flag) !== undefined;
}

/** Shorter ones are near to anything. */
const longFlags = Object.keys(flagNames).filter((name) => name.length > 3);

/** `--fail-on never` for `exit-zero`, and for what is nearly that. */
export function flagHere(name: string): string | undefined {
  const near = isOfOthers(name) ? name : nearestName(name, longFlags);
  return near === undefined ? undefined : getOwn(flagNames, near);
}

/** `; here it is kubeplumb lint` for `check`; or nothing. */
export function commandHere(name: string): string {
  if (ofClusters.test(name)) return '; kubeplumb talks to no cluster';
  const line = kinds.test(name) ? `get ${name}` : getOwn(commandLines, name);
  return line === undefined ? '' : `; here it is kubeplumb ${line}`;
}
