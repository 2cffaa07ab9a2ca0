/** Labels whose value names one release of an application. */
import { getOwn } from '../../own.ts';

/** `1.4.2`, `v1.4.2-rc1`, and dates: `2024-11-03`, `20241103`. */
const fullVersion = /^v?\d+\.\d+\.\d+|^20\d\d-?[01]\d-?[0-3]\d/;
/** The abbreviated hash of a commit, which has a letter and a digit. */
const hash = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,40}$/;

/**
 * Labels that say which release it is: Helm's `<chart>-<version>`, and the recommended version
 * label with a full version in it.
 */
const released: Readonly<Record<string, RegExp>> = {
  'helm.sh/chart': /-v?\d+\.\d+\.\d+/,
  chart: /-v?\d+\.\d+\.\d+/,
  'app.kubernetes.io/version': fullVersion,
  ...Object.fromEntries(
    [
      'version',
      'app-version',
      'appVersion',
      'release',
      'tag',
      'image-tag',
      'imageTag',
      'build',
    ].map((key) => [key, fullVersion]),
  ),
  ...Object.fromEntries(
    ['commit', 'git-commit', 'gitCommit', 'git-sha', 'sha', 'revision'].map((key) => [key, hash]),
  ),
};

/** Counted up with every build, where the label says that it is one. */
const buildNumber = /^\d{2,}$/;
const builds: ReadonlySet<string> = new Set(['build', 'build-number', 'buildNumber', 'build-id']);

/**
 * Of a workload's own selector: there the plain words may name one of several that stand side by
 * side.
 */
export function isWrittenForRelease(key: string, value: string): boolean {
  const isPlain = !key.includes('/') && key !== 'chart';
  return !isPlain && isOfRelease(key, value);
}

export function isOfRelease(key: string, value: string): boolean {
  return (
    getOwn(released, key)?.test(value) === true || (builds.has(key) && buildNumber.test(value))
  );
}
