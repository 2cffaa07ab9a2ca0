/**
 * Charts that are installed beside the manifests: their values lie among them
 * (`jaeger-values.yaml`, `grafana/values.yaml`), and what the release brings was not read.
 */
import type { ManifestDocument } from '../../manifest/manifest.ts';
import { remembered } from '../../memo.ts';
import { baseName, directoryOf } from '../../units/paths.ts';

interface InstalledChart {
  /** The path of its values. */
  readonly path: string;
  readonly name: string;
}

/** Words beside `values` that say where it is installed, not what. */
const environments =
  /^(?:ci|dev|devel|development|e2e|int|integration|kind|live|local|minikube|prod|production|qa|sample|stage|staging|test|testing|uat)$/;

/** Such files hold what is no Kubernetes object. */
export function chartsBeside(documents: readonly ManifestDocument[]): readonly InstalledChart[] {
  return documents.flatMap(({ state, file: { path } }) => {
    if (state !== 'foreign') return [];
    const parts = partsOf(path);
    if (parts === undefined) return [];
    const told = parts.find((word) => word !== '' && !environments.test(word));
    const name = told ?? baseName(directoryOf(path));
    return name === '.' ? [] : [{ path, name }];
  });
}

/** What stands before and behind the word in `jaeger-values.yaml`, `values_jaeger.prod.yml`. */
function partsOf(path: string): readonly string[] | undefined {
  const name = baseName(path);
  const words = name.replace(/\.ya?ml$/, '').split(/[-_.]/);
  const at = words.indexOf('values');
  if (at === -1 || !/\.ya?ml$/.test(name)) return undefined;
  return [words.slice(0, at).join('-'), words.slice(at + 1).join('-')];
}

/** The chart that a name speaks of: `jaeger-query` and `jaeger` are of a chart `jaeger`. */
export function chartOfName(
  name: string,
  charts: readonly InstalledChart[],
): InstalledChart | undefined {
  const { byName, byPart } = indexOf(charts);
  const part = beginningsOf(name).find((beginning) => byName.has(beginning));
  return part === undefined ? byPart.get(name) : byName.get(part);
}

const indexOf = remembered((charts: readonly InstalledChart[]) => {
  const byName = new Map<string, InstalledChart>();
  const byPart = new Map<string, InstalledChart>();
  for (const chart of charts) {
    byName.set(chart.name, chart);
    for (const part of partsOfName(chart.name)) byPart.set(part, chart);
  }
  return { byName, byPart };
});

/** Names that `kube-prometheus-values.yaml` and `demo-grafana-values.yaml` are for as well. */
function partsOfName(name: string): string[] {
  const words = name.split('-');
  return [...beginningsOf(name), ...words.map((_, index) => words.slice(index).join('-'))];
}

/** `shop-jaeger-query` begins with `shop` and `shop-jaeger`; names are as long as DNS has them. */
function beginningsOf(name: string): string[] {
  const words = name.slice(0, 253).split('-');
  return words.map((_, index) => words.slice(0, index + 1).join('-'));
}
