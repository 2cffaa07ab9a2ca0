/** Renders a kustomization or a chart with the tool that the user has, when asked to. */
import { programPath } from './program.ts';

/** What a tool gave, or why it gave nothing: lower case, no full stop, what to do included. */
export type Rendering =
  { readonly command: string; readonly text: string } | { readonly problem: string };

export interface RenderOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** More than any cluster would take. */
const mostBytes = 1 << 30;

/** `kustomize build`, or what kubectl has of it; undefined where there is neither on the PATH. */
export function renderKustomization(
  directory: string,
  options: RenderOptions,
): Rendering | undefined {
  return firstFound(
    [
      ['kustomize', 'build', directory],
      ['kubectl', 'kustomize', directory],
    ],
    options,
  );
}

export interface ChartOptions extends RenderOptions {
  /** Files with values. */
  readonly values: readonly string[];
  /** `key=value`. */
  readonly set: readonly string[];
  readonly namespace?: string;
  /** The release to render for: `1.33`. */
  readonly kubernetesVersion?: string;
  /**
   * What charts may ask for beside Helm's own list, which names no kinds:
   * `policy/v1/PodDisruptionBudget`.
   */
  readonly apiVersions: readonly string[];
}

/** `helm template`. */
export function renderChart(
  directory: string,
  { values, set, namespace, kubernetesVersion, apiVersions, ...options }: ChartOptions,
): Rendering {
  const args = [
    ...values.flatMap((file) => ['--values', file]),
    ...set.flatMap((pair) => ['--set', pair]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(kubernetesVersion === undefined ? [] : ['--kube-version', kubernetesVersion]),
  ];
  const unsaid = ['--api-versions', apiVersions.join(',')];
  const rendered = firstFound([['helm', 'template', directory, ...args]], options, unsaid);
  return (
    rendered ?? {
      problem:
        'helm is not on the PATH: install it (https://helm.sh/docs/intro/install/), or ' +
        `render it elsewhere: helm template ${quoted(directory)} | kubeplumb -`,
    }
  );
}

/**
 * The first of the commands that there is decides; undefined where there is none. Arguments that
 * are `unsaid` would only make what is shown hard to read.
 */
function firstFound(
  commands: readonly (readonly [string, ...string[]])[],
  { cwd, env }: RenderOptions,
  unsaid: readonly string[] = [],
): Rendering | undefined {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  for (const [command, ...args] of commands) {
    const program = programPath(command, env);
    if (program === undefined) continue;
    const { status, signal, stdout, stderr, error } = spawnSync(program, [...args, ...unsaid], {
      cwd,
      env: { ...env },
      encoding: 'utf8',
      maxBuffer: mostBytes,
    });
    const shown = [command, ...args.map(quoted)].join(' ');
    if (error !== undefined) return { problem: `${shown} could not be run: ${error.message}` };
    if (status === 0) return { command: shown, text: stdout };
    const how =
      status === null ? `was ended by ${signal ?? 'a signal'}` : `failed with exit code ${status}`;
    return { problem: `${shown} ${how}${stderr.trim() === '' ? '' : `:\n${stderr.trimEnd()}`}` };
  }
  return undefined;
}

/** An argument as a shell would have to be given it. */
function quoted(argument: string): string {
  return /^[\w./:=@%+,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
