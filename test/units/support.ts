/** Directories in a few lines: what lies in them, and the units that become of it. */
import type { Manifest } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import type { Unit, UnitMode } from '../../src/units/unit.ts';
import { groupUnits } from '../../src/units/units.ts';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

export function readAll(files: Files): Manifest[] {
  return Object.entries(files).map(([path, text]) => readManifest(new SourceFile(path, text)));
}

export function unitsOf(files: Files, mode: UnitMode = 'auto', explicitFiles = false): Unit[] {
  return groupUnits(readAll(files), { mode, explicitFiles });
}

/** `Deployment/web Service/web@shop` for each unit, sorted: what ends up side by side. */
export function contents(files: Files, mode: UnitMode = 'auto', explicitFiles = false): string[] {
  return unitsOf(files, mode, explicitFiles)
    .map(({ objects }) =>
      objects.filter(({ kind }) => kind !== 'Kustomization' && kind !== 'Component').map(label),
    )
    .filter((objects) => objects.length > 0)
    .map((objects) => objects.sort().join(' '))
    .sort();
}

export function label({
  kind,
  name,
  namespace,
}: {
  kind: string;
  name: string;
  namespace?: string;
}): string {
  return `${kind}/${name}${namespace === undefined ? '' : `@${namespace}`}`;
}

const place = (namespace: string | undefined): string =>
  namespace === undefined ? '' : `, namespace: ${namespace}`;

/** A Service that selects `app: NAME`. */
export function service(
  name: string,
  { app = name, namespace, spec = '' }: { app?: string; namespace?: string; spec?: string } = {},
): string {
  const fields = spec === '' ? `selector: { app: ${app} }` : spec;
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${place(namespace)} }\nspec: { ${fields}, ports: [{ port: 80 }] }\n`;
}

/** A Deployment whose pods have `app: NAME`. */
export function deployment(
  name: string,
  {
    app = name,
    namespace,
    kind = 'Deployment',
  }: { app?: string; namespace?: string; kind?: string } = {},
): string {
  const labels = `{ app: ${app} }`;
  const template = `template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: main, image: store }] } }`;
  return `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name}${place(namespace)} }\nspec: { selector: { matchLabels: ${labels} }, ${template} }\n`;
}

/** A kustomization.yaml with these fields. */
export function kustomization(...lines: readonly string[]): string {
  return ['apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', ...lines, ''].join(
    '\n',
  );
}
