/**
 * Builds what a replay runs: etcd and the driver once, kube-apiserver and kube-controller-manager
 * per release. All of it lands in one cache directory.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { controlPlaneFolder, minorOf, writeControlPlaneModule } from './release.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Where builds are kept: below the operating system's cache directory, so that no clean of the tree
 * costs minutes.
 */
export function defaultCache(env = process.env, platform = process.platform): string {
  const base =
    platform === 'darwin'
      ? join(homedir(), 'Library', 'Caches')
      : (env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));
  return join(base, 'kubeplumb', 'conformance');
}

/** `go build` decides what is stale; a binary that is fresh costs a second or two. */
async function goBuild(
  module: string,
  name: string,
  target: string,
  linkerFlags: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  const started = performance.now();
  await run(
    'go',
    ['build', '-trimpath', '-ldflags', ['-s', '-w', ...linkerFlags].join(' '), '-o', target, name],
    {
      cwd: module,
      maxBuffer: 1 << 26,
    },
  );
  log(`built ${target} (${((performance.now() - started) / 1000).toFixed(0)} s)`);
}

/** The path of each program. */
export interface Binaries {
  readonly etcd: string;
  readonly driver: string;
  readonly apiserver: string;
  readonly controllerManager: string;
}

/**
 * Builds the control plane of `version` (`1.36.3`) with etcd and the driver. A release build gets
 * its version from linker flags (Kubernetes: hack/lib/version.sh), so this one does, too:
 * gitVersion decides which feature gates are on.
 */
export async function build(
  version: string,
  cache: string,
  log: (line: string) => void,
): Promise<Binaries> {
  const release = join(cache, version);
  const paths: Binaries = {
    etcd: join(cache, 'etcd'),
    driver: join(cache, 'driver'),
    apiserver: join(release, 'kube-apiserver'),
    controllerManager: join(release, 'kube-controller-manager'),
  };
  const controlPlane = controlPlaneFolder(version, cache);
  if (!existsSync(join(controlPlane, 'go.sum')))
    await writeControlPlaneModule(version, controlPlane);
  const stamp = Object.entries({
    gitVersion: `v${version}`,
    gitMajor: 1,
    gitMinor: minorOf(version),
    gitTreeState: 'clean',
  }).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  await goBuild(join(here, 'etcd'), 'go.etcd.io/etcd/server/v3', paths.etcd, [], log);
  await goBuild(join(here, 'driver'), '.', paths.driver, [], log);
  await goBuild(controlPlane, 'k8s.io/kubernetes/cmd/kube-apiserver', paths.apiserver, stamp, log);
  await goBuild(
    controlPlane,
    'k8s.io/kubernetes/cmd/kube-controller-manager',
    paths.controllerManager,
    stamp,
    log,
  );
  return paths;
}
