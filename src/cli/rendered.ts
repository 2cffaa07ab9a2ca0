/** Input that a tool renders first: -k and --helm. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { successors } from '../cluster/apiserver/removed-apis.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Inputs } from '../files/inputs.ts';
import { renderChart, type Rendering, renderKustomization } from '../files/render.ts';
import { kustomizationNames } from '../manifest/kustomization-file.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { SourceFile } from '../manifest/source.ts';
import { placeInTemplates } from '../units/chart.ts';
import { findKustomizations, isRemote } from '../units/kustomization.ts';
import { builderOf } from '../units/kustomize/builder.ts';
import { closureOf } from '../units/kustomize/kustomize.ts';
import { placeRendered } from '../units/rendered.ts';
import type { CommandLine } from './flags.ts';
import type { Io } from './io.ts';
import { kustomizationIn } from './kustomization-directory.ts';
import { readText, withReferred } from './kustomizations.ts';
import { didYouMeanPath } from './nearby-path.ts';
import { OutsideError, UsageError } from './usage-error.ts';

/** Helm knows charts that are no directories, and so it is asked first. */
function notThere(chart: string | undefined, cwd: string): string {
  if (chart === undefined) return '';
  if (!existsSync(resolve(cwd, chart)))
    return `; ${chart} does not exist${didYouMeanPath(chart, cwd)}`;
  const above = dirname(resolve(cwd, chart));
  return existsSync(join(above, 'Chart.yaml'))
    ? `\nThe chart is the directory above it: --helm ${relative(cwd, above) || '.'}`
    : '';
}

export interface RenderedInput {
  readonly inputs: Inputs;
  readonly manifests: readonly Manifest[];
}

/**
 * Undefined where there is no tool for a kustomization, which can be built without one.
 * @throws UsageError where there is other input as well, or no kustomization
 * @throws OutsideError where there is no tool for a chart, or it fails
 */
export function readRendered(
  line: CommandLine,
  io: Io,
  otherPaths: readonly string[],
  files: FileSystem,
): RenderedInput | undefined {
  const chart = line.value('helm');
  const directory = line.value('kustomize') ?? chart ?? '.';
  const flag = chart === undefined ? '-k' : '--helm';
  if (line.has('kustomize') && chart !== undefined)
    throw new UsageError('-k and --helm cannot be given together: each renders input of its own');
  if (otherPaths.length > 0)
    throw new UsageError(
      `${flag} renders ${directory}, which is all the input then; leave out ` +
        `${otherPaths.join(' ')}`,
    );
  const options = { cwd: io.cwd, env: io.env };
  if (chart === undefined && !isRemote(directory)) kustomizationIn(directory, io.cwd);
  const rendering: Rendering | undefined =
    chart === undefined
      ? renderKustomization(directory, options)
      : renderChart(chart, {
          ...options,
          values: line.list('values'),
          set: line.list('set'),
          apiVersions: successors(),
          ...optional('namespace', line.value('namespace')),
          ...optional('kubernetesVersion', line.value('kubernetes-version')),
        });
  if (rendering === undefined) return undefined;
  if ('problem' in rendering) {
    const { problem } = rendering;
    throw new OutsideError(problem + ownBuild(problem, chart, directory) + notThere(chart, io.cwd));
  }
  const manifest = readManifest(new SourceFile(`<${rendering.command}>`, rendering.text));
  const shown = relative(io.cwd, resolve(io.cwd, directory)).split(sep).join('/') || '.';
  const placed =
    chart === undefined
      ? placedInKustomization(manifest, shown, io.cwd, files)
      : placedInChart(manifest, shown, io.cwd, files);
  const inputs: Inputs = {
    files: [manifest.file],
    problems: [],
    charts: [],
    below: [],
    explicitFiles: true,
  };
  return { inputs, manifests: [placed] };
}

/** Mistakes of a kustomization are told better by ourselves than by what stops at the first. */
function ownBuild(problem: string, chart: string | undefined, directory: string): string {
  if (problem.includes('--enable-helm')) {
    const tool = problem.startsWith('kubectl ') ? 'kubectl kustomize' : 'kustomize build';
    return (
      `\nCharts are rendered so: ${tool} --enable-helm ${directory} | kubeplumb -\n` +
      `All else can be judged without them: kubeplumb lint ${directory}`
    );
  }
  return chart !== undefined || isRemote(directory)
    ? ''
    : `\nWithout -k kubeplumb builds it by itself, and shows where each mistake is: ` +
        `kubeplumb lint ${directory}`;
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

/** Our own build of the kustomization knows where everything comes from. */
function placedInKustomization(
  rendered: Manifest,
  directory: string,
  cwd: string,
  files: FileSystem,
): Manifest {
  const file = kustomizationNames
    .map((name) => readText(directory === '.' ? name : `${directory}/${name}`, cwd, files))
    .find((read) => read !== undefined);
  if (file === undefined) return rendered;
  const { manifests } = withReferred([readManifest(file)], cwd, files);
  const kustomizations = findKustomizations(manifests);
  const root = kustomizations.get(directory);
  return root === undefined
    ? rendered
    : placeRendered(rendered, closureOf(root, builderOf(kustomizations, manifests)).objects);
}

/** Helm's paths start with the name of the chart, whatever its directory is called. */
function placedInChart(
  rendered: Manifest,
  directory: string,
  cwd: string,
  files: FileSystem,
): Manifest {
  return placeInTemplates(rendered, (path) =>
    readText(`${directory}/${path.slice(path.indexOf('/') + 1)}`, cwd, files),
  );
}
