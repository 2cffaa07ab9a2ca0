/**
 * A release of Kubernetes as the Go module proxy has it: its patch versions, and the go.mod that
 * builds its control plane.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is read of `go mod edit -json`. */
interface GoMod {
  readonly Go: string;
  readonly Replace: readonly {
    readonly Old: { readonly Path: string };
    readonly New: { readonly Path: string };
  }[];
}

/** What a go command prints; throws with what it says on stderr, less the downloads. */
async function go(args: readonly string[], cwd = tmpdir()): Promise<string> {
  try {
    const { stdout } = await run('go', args, { cwd, maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    const said = stderr
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('go: downloading '));
    throw new Error([`go ${args.join(' ')}`, ...(said.length > 0 ? said : [message])].join('\n'), {
      cause: error,
    });
  }
}

/** The N of `1.N` or `1.N.p`. */
export const minorOf = (version: string): number => Number(version.split('.')[1]);

/**
 * The patch versions of 1.`minor` that the proxy knows, newest first, as `1.36.3`. Asked of
 * k8s.io/api, whose v0.N.p is released with every v1.N.p: the proxy's list of k8s.io/kubernetes has
 * gaps.
 */
async function patchVersions(minor: number): Promise<string[]> {
  const [, ...versions] = (await go(['list', '-m', '-versions', 'k8s.io/api'])).trim().split(' ');
  const patches = versions
    .flatMap((version) => new RegExp(`^v0\\.${minor}\\.(\\d+)$`).exec(version)?.[1] ?? [])
    .map(Number);
  return patches.sort((a, b) => b - a).map((patch) => `1.${minor}.${patch}`);
}

/**
 * Writes the Go module that pins kube-apiserver and kube-controller-manager of `version` (`1.36.3`)
 * into `folder`; throws where the proxy lacks a part. Kubernetes requires its staging modules at
 * v0.0.0 and replaces them by folders of its own repository, which a module zip does not hold; here
 * each is replaced by the v0.N.p that was published from it.
 */
export async function writeControlPlaneModule(version: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'go.mod'), 'module kubeplumb.dev/conformance/controlplane\n');
  const { GoMod: upstream } = JSON.parse(
    await go(['list', '-m', '-json', `k8s.io/kubernetes@v${version}`], folder),
  ) as { GoMod: string };
  const { Go: language, Replace: replacements } = JSON.parse(
    await go(['mod', 'edit', '-json', upstream]),
  ) as GoMod;
  const staging = replacements
    .filter(({ New }) => New.Path.startsWith('./staging/'))
    .map(({ Old }) => Old.Path);
  const lines = [
    'module kubeplumb.dev/conformance/controlplane',
    `go ${language}`,
    `require k8s.io/kubernetes v${version}`,
    ...staging.map((path) => `replace ${path} => ${path} v0.${version.slice('1.'.length)}`),
  ];
  await writeFile(join(folder, 'go.mod'), `${lines.join('\n')}\n`);
  await copyFile(new URL('controlplane/tools.go', import.meta.url), join(folder, 'tools.go'));
  await go(['mod', 'tidy'], folder);
}

/** Where the Go module of the control plane of `version` is kept. */
export const controlPlaneFolder = (version: string, cache: string): string =>
  join(cache, version, 'controlplane');

/**
 * The newest patch version of 1.`minor` of which the proxy has every part: a proxy may list
 * versions that it cannot deliver.
 */
export async function newestBuildable(minor: number, cache: string): Promise<string> {
  const versions = await patchVersions(minor);
  let problem = 'it lists none';
  for (const version of versions) {
    if (existsSync(join(controlPlaneFolder(version, cache), 'go.sum'))) return version;
    try {
      await writeControlPlaneModule(version, controlPlaneFolder(version, cache));
      return version;
    } catch (error) {
      if (!(error instanceof Error) || !/reading https?:\/\//.test(error.message)) throw error;
      problem = error.message;
    }
  }
  throw new Error(`the Go module proxy has no Kubernetes 1.${minor} to build: ${problem}`);
}
