/** Files below the mount of a ConfigMap or Secret: it has one for each key, and no other. */
import { dataKeys } from '../../cluster/data-keys.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';
import { withoutTrailing } from '../../text/trim.ts';
import { baseName } from '../../units/paths.ts';
import type { AnyFinding } from '../rule.ts';
import type { Naming } from './namings.ts';

/** A file that a container is told of, by its place in the workload. */
export interface OpenedFile {
  readonly path: Path;
  readonly value: string;
  readonly within: { readonly text: string; readonly occurrence: number };
}

/** A mount of a whole volume. */
interface Mount {
  /** Of its `mountPath`, from the workload on. */
  readonly path: Path;
  readonly mountPath: string;
  /** What its container is told of right below it. */
  readonly opened: readonly OpenedFile[];
  /** Something else is mounted below it. */
  readonly isShared: boolean;
}

/** The files right below a mount of the volume, where no other mount may have them. */
export function openedFiles(naming: Naming): OpenedFile[] {
  return mountsOf(naming).flatMap(({ opened, isShared }) => (isShared ? [] : opened));
}

/** Spread them into the messages of a rule that reports `meantFiles`. */
export const directoryMessages = {
  directory: ({ path, key }: Record<'path' | 'key', string>) =>
    `${path} becomes a directory with "${key}" in it: without subPath a volume is mounted whole`,
};

/** `/etc/nginx/nginx.conf` for a ConfigMap with the key `nginx.conf`, without `subPath`. */
export function meantFiles(
  found: ClusterObject,
  naming: Naming,
): AnyFinding<typeof directoryMessages>[] {
  const { has } = dataKeys(found);
  return mountsOf(naming).flatMap(({ path, mountPath, opened }) => {
    const file = baseName(mountPath);
    const isFile = /^[\w-][\w.-]*\.[a-z]+$/i.test(file);
    if (!isFile || opened.length > 0 || !has(file)) return [];
    return [
      {
        object: naming.object,
        at: path,
        id: 'directory',
        data: { path: mountPath, key: file },
        severity: 'warning',
        title: 'mounts a directory where a file is meant',
        why:
          'a program that opens the path finds a directory, and a container whose image has a ' +
          'file there does not start',
        help: `add subPath: ${file}, or mount the volume at the directory above`,
      },
    ];
  });
}

/** Where the volume of a reference is mounted as a whole. */
function mountsOf({ object, reference: { path } }: Naming): readonly Mount[] {
  const volumes = path.lastIndexOf('volumes');
  if (volumes === -1 || path.includes('projected')) return [];
  const spec = path.slice(0, volumes);
  const name = asText(fieldAt(object.value, ...path.slice(0, volumes + 2), 'name')) ?? '';
  const mounts = entryOf(known(object), spec.join('/'), () => mountsIn(object.value, spec));
  return mounts.get(name) ?? [];
}

/** By the path of the pod's spec and the name of the volume. */
const known = remembered((_: ClusterObject) => new Map<string, ReadonlyMap<string, Mount[]>>());

function mountsIn(value: object, spec: Path): ReadonlyMap<string, Mount[]> {
  const mounts = new Map<string, Mount[]>();
  for (const list of ['initContainers', 'containers'])
    for (const [place, container] of asList(fieldAt(value, ...spec, list)).entries()) {
      const written = asList(fieldAt(container, 'volumeMounts'));
      if (written.length === 0) continue;
      const at = [...spec, list, place];
      const files = filesIn(container, at);
      const parents = new Set(written.flatMap((mount) => parentsOf(mountPathOf(mount))));
      for (const [index, mount] of written.entries()) {
        const mountPath = mountPathOf(mount);
        const isPart = fieldAt(mount, 'subPath') ?? fieldAt(mount, 'subPathExpr');
        if (mountPath === '' || isPart !== undefined) continue;
        addTo(mounts, asText(fieldAt(mount, 'name')) ?? '', {
          path: [...at, 'volumeMounts', index, 'mountPath'],
          mountPath,
          opened: files.get(mountPath) ?? [],
          isShared: parents.has(mountPath),
        });
      }
    }
  return mounts;
}

function mountPathOf(mount: Json): string {
  return withoutTrailing(asText(fieldAt(mount, 'mountPath')) ?? '', '/');
}

/** `/etc` and `/etc/app` of `/etc/app/tls`; deeper than anybody mounts is not looked. */
function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, 20);
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** A path alone, or behind its flag; a longer line may test whether the file is there. */
const lonePath = /^(?:--?[\w.-]{1,60}[= ])?(\/[\w./@-]{1,300})\/([\w.-]{1,253})$/;

/** By the directory that they are in. */
function filesIn(container: Json, at: Path): ReadonlyMap<string, OpenedFile[]> {
  const files = new Map<string, OpenedFile[]>();
  const words = ['command', 'args'].flatMap((field) =>
    asList(fieldAt(container, field)).map((text, index) => ({ text, path: [field, index] })),
  );
  const variables = asList(fieldAt(container, 'env')).map((variable, index) => ({
    text: fieldAt(variable, 'value'),
    path: ['env', index, 'value'],
  }));
  for (const { text: written, path } of [...words, ...variables]) {
    const text = asText(written) ?? '';
    const [, directory, file] = lonePath.exec(text) ?? [];
    if (directory === undefined || file === undefined) continue;
    const occurrence = text.slice(0, -file.length).split(file).length - 1;
    addTo(files, directory, {
      path: [...at, ...path],
      value: file,
      within: { text: file, occurrence },
    });
  }
  return files;
}
