/** kube-score as a contestant: `go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0`. */
import { spawnSync } from 'node:child_process';

/** Undefined where it is not on the PATH. */
export const kubeScore =
  spawnSync('kube-score', ['version']).status === 0 ? 'kube-score' : undefined;

/** One file that it cannot parse ends a run of it, so these are left out: found by halves. */
export function parsedByKubeScore(files: readonly string[]): readonly string[] {
  if (kubeScore === undefined || files.length === 0) return [];
  const { stderr } = spawnSync(kubeScore, ['score', ...files], { maxBuffer: 1 << 28 });
  if (!String(stderr).includes('Failed to score files')) return files;
  if (files.length === 1) return [];
  const half = files.length >> 1;
  return [...parsedByKubeScore(files.slice(0, half)), ...parsedByKubeScore(files.slice(half))];
}
