/** Files of ConfigMaps by which a server listens where the Service in front of it does not lead. */
import type { Container, PodSpec, Volume } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import { declaredPorts, findPort } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asJsonObject, asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { getOwn } from '../../own.ts';
import { mostSettings } from '../../text/limits.ts';
import { nginxPorts, springPorts, type WrittenPort } from '../../text/server-files.ts';
import type { Place } from '../rule.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { toldAddresses } from './told-addresses.ts';

export interface MisledFile {
  readonly set: PodSet;
  /** From the workload to the mount of the file. */
  readonly at: Path;
  readonly file: string;
  readonly map: ClusterObject;
  /** Where the server listens, all of them. */
  readonly ports: readonly number[];
  readonly place: Place;
  readonly service: ServicePicture;
  /** The port that the Service leads to, and on which nothing listens. */
  readonly target: number;
}

/** A file of a ConfigMap in a container. */
interface MountedFile {
  readonly path: string;
  readonly text: string;
  readonly map: ClusterObject;
  readonly key: string;
  readonly at: Path;
}

export function* misledFiles(cluster: Cluster): Generator<MisledFile> {
  if (cluster.objects.ofKind('', 'ConfigMap').length === 0) return;
  for (const set of cluster.pods.all) {
    const services = servicesOf(cluster, set);
    if (services.length === 0 || set.spec.hostNetwork === true) continue;
    for (const { container, path } of runningContainers(set.spec)) {
      const files = [...mountedFiles(container, set, cluster)];
      if (files.length === 0) continue;
      const listens = nginxListens(container, files) ?? springListens(container, files);
      const [first] = listens ?? [];
      if (listens === undefined || first === undefined) continue;
      const ports = [...new Set(listens.flatMap((file) => file.ports.map(({ port }) => port)))];
      const missed = missedTarget(services, ports, container, set.spec);
      const [written] = first.ports;
      if (missed === undefined || written === undefined) continue;
      yield {
        set,
        file: first.path,
        map: first.map,
        ports,
        place: placeOf(first, written),
        at: inPodSpec(set, ...path, ...first.at),
        ...missed,
      };
    }
  }
}

export function placeOf({ map, key, text }: MountedFile, { offset, length }: WrittenPort): Place {
  const part = text.slice(offset, offset + length);
  const occurrence = text.slice(0, offset).split(part).length - 1;
  return { object: map, at: ['data', key], within: { text: part, occurrence } };
}

interface Listening extends MountedFile {
  readonly ports: readonly WrittenPort[];
}

/**
 * A port of a Service that leads to this container and on which its server does not listen. In a
 * pod of several containers that is told by what each of them declares.
 */
function missedTarget(
  services: readonly ServicePicture[],
  ports: readonly number[],
  { ports: own = [] }: Container,
  spec: PodSpec,
): Pick<MisledFile, 'service' | 'target'> | undefined {
  const declared = own.map(({ containerPort }) => containerPort);
  const isAlone = runningContainers(spec).length === 1;
  const isUndeclared = isAlone && declaredPorts(spec).length === 0;
  for (const service of services)
    for (const port of service.ports) {
      const target = findPort(spec, port, true);
      if (typeof target !== 'number' || ports.includes(target)) continue;
      if (port.protocol === 'UDP') continue;
      if (isUndeclared || declared.includes(target)) return { service, target };
    }
  return undefined;
}

/** Files of ConfigMaps that were read, under their paths in the container. */
export function* mountedFiles(
  { volumeMounts = [] }: Container,
  { spec, namespace }: PodSet,
  cluster: Cluster,
): Generator<MountedFile> {
  if (volumeMounts.length === 0) return;
  const volumes = new Map((spec.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const [index, { name, mountPath, subPath }] of volumeMounts.entries()) {
    const volume = volumes.get(name);
    const map = cluster.objects.findOfKind('', 'ConfigMap', namespace, mapName(volume));
    if (volume === undefined || map === undefined) continue;
    const [start, end] = map.source.range;
    if (end - start >= mostSettings) continue;
    const at = ['volumeMounts', index, 'mountPath'];
    const texts = asJsonObject(fieldAt(map.value, 'data')) ?? {};
    for (const [key, file] of filesOf(volume, Object.keys(texts))) {
      const text = asText(getOwn(texts, key));
      if (text === undefined || (subPath !== undefined && subPath !== file)) continue;
      const path = subPath === undefined ? `${mountPath.replace(/\/$/, '')}/${file}` : mountPath;
      yield { path, text, map, key, at };
    }
  }
}

function mapName(volume: Volume | undefined): string {
  const [source] = volume?.projected?.sources ?? [];
  return volume?.configMap?.name ?? source?.configMap?.name ?? '';
}

/** Keys, and the files that they become. */
function filesOf({ configMap }: Volume, keys: readonly string[]): [string, string][] {
  const items = configMap?.items ?? [];
  return items.length > 0
    ? items.map(({ key, path }) => [key, path])
    : keys.map((key) => [key, key]);
}

const confDirectory = '/etc/nginx/conf.d/';
const mainFile = '/etc/nginx/nginx.conf';

/**
 * Of nginx, where all its servers are known: its main file is given, or the directory that the main
 * file of its image includes, or the file of that directory which the image has.
 */
function nginxListens(
  { image = '', volumeMounts = [] }: Container,
  files: readonly MountedFile[],
): readonly Listening[] | undefined {
  const own = files.filter(({ path }) => path === mainFile || path.startsWith(confDirectory));
  const main = own.find(({ path }) => path === mainFile);
  const paths = volumeMounts.map(({ mountPath }) => `${mountPath.replace(/\/$/, '')}/`);
  const hasDirectory =
    paths.includes(confDirectory) && own.some(({ path }) => path.startsWith(confDirectory));
  const hasDefault = own.some(({ path }) => path === `${confDirectory}default.conf`);
  const includes = main === undefined ? [`${confDirectory}*.conf`] : includedBy(main.text);
  const isKnown = includes.every(
    (path) => path.startsWith(confDirectory) && (hasDirectory || (hasDefault && isStock(image))),
  );
  // Whatever else is mounted among its files may be a server, too.
  const others = paths.filter((path) => path.startsWith('/etc/nginx/') && path !== confDirectory);
  const known = new Set(own.map(({ path }) => `${path}/`));
  const areFiles = others.every((path) => known.has(path));
  if (own.length === 0 || !isKnown || !areFiles) return undefined;
  const used = own.filter((file) => file === main || includes.length > 0);
  return portsOf(used, ({ text }) => nginxPorts(text));
}

/** Those that tell ports; undefined where one of them may tell any. */
function portsOf(
  files: readonly MountedFile[],
  read: (file: MountedFile) => readonly WrittenPort[] | undefined,
): Listening[] | undefined {
  const listens: Listening[] = [];
  for (const file of files) {
    const ports = read(file);
    if (ports === undefined) return undefined;
    if (ports.length > 0) listens.push({ ...file, ports });
  }
  return listens;
}

/** Files that may hold servers. */
function includedBy(text: string): string[] {
  return [...text.matchAll(/^[ \t]*include[ \t]+([^\s;]{1,200})/gm)].flatMap(([, path = '']) =>
    isWithoutServers(path) ? [] : [path],
  );
}

/** Types of files, parameters of protocols, and modules. */
function isWithoutServers(path: string): boolean {
  const folder = path.split('/').at(-2) ?? '';
  return /(?:mime\.types|_params|\.mime)$/.test(path) || folder.includes('modules');
}

function isStock(image: string): boolean {
  return /^(?:docker\.io\/)?(?:(?:library\/)?nginx|nginxinc\/nginx-unprivileged)(?:[:@]|$)/.test(
    image,
  );
}

/** Of Spring Boot, where one number is given and nothing else tells another. */
function springListens(
  container: Container,
  files: readonly MountedFile[],
): readonly Listening[] | undefined {
  const own = files.filter(({ path }) => /\/application[\w-]*\.(?:ya?ml|properties)$/.test(path));
  const given = portsOf(own, ({ path, text }) => springPorts(path, text));
  if (given === undefined || toldAddresses(container).length > 0) return undefined;
  const [port, ...others] = new Set(given.flatMap(({ ports }) => ports.map((one) => one.port)));
  const told = JSON.stringify([container.env, container.args, container.command]);
  if (port === undefined || others.length > 0 || /server[._]port/i.test(told)) return undefined;
  // Another server of the program may listen on what else is declared.
  const declared = (container.ports ?? []).map(({ containerPort }) => containerPort);
  return declared.includes(port) ? undefined : given;
}
