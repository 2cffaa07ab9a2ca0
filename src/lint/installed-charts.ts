/**
 * Charts that are installed beside the manifests: their values lie among them
 * (`jaeger-values.yaml`, `grafana/values.yaml`), and what the release brings was not read.
 */
import type { ManifestDocument } from '../manifest/manifest.ts';
import { baseName, directoryOf } from '../units/paths.ts';

interface InstalledChart {
  /** The path of its values. */
  readonly path: string;
  readonly name: string;
}

/** `values.yaml`, `jaeger-values.yaml`, `values-jaeger.yml`, `jaeger.values.yaml`. */
const valuesFile = /^(?:([a-z0-9][\w.-]*)[-_.])?values(?:[-_.]([\w.-]+))?\.ya?ml$/;

/** Words behind `values-` that say where it is installed, not what. */
const environments =
  /^(?:ci|dev|devel|development|e2e|int|integration|kind|live|local|minikube|prod|production|qa|sample|stage|staging|test|testing|uat)$/;

/** Such files hold what is no Kubernetes object. */
export function chartsBeside(documents: readonly ManifestDocument[]): readonly InstalledChart[] {
  return documents.flatMap(({ state, file: { path } }) => {
    if (state !== 'foreign') return [];
    const match = valuesFile.exec(baseName(path));
    if (match === null) return [];
    const [, before, after] = match;
    const told = [before, after].find((word) => word !== undefined && !environments.test(word));
    const name = told ?? baseName(directoryOf(path));
    return name === '.' ? [] : [{ path, name }];
  });
}

/** The chart that a name speaks of: `jaeger-query` and `jaeger` are of a chart `jaeger`. */
export function chartOfName(
  name: string,
  charts: readonly InstalledChart[],
): InstalledChart | undefined {
  return charts.find(
    (chart) =>
      name === chart.name || name.startsWith(`${chart.name}-`) || chart.name.startsWith(`${name}-`),
  );
}
