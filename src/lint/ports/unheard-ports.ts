/**
 * A declared port of which nothing tells its container, where one setting tells it of a number that
 * nobody declares: the one was meant by the other.
 */
import type { Container } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts, findPort } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { listenSetting, listenSettings, wordsOf } from '../../text/listen-settings.ts';
import type { Place } from '../rule.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { isConfigured } from './configured-ports.ts';
import { isMentionedInPod } from './mentioned.ts';
import { mountedFiles, placeOf } from './served-files.ts';

export interface UnheardPort {
  readonly set: PodSet;
  /** From the workload to what tells it, or to the mount of the file that does. */
  readonly at: Path;
  /** The file of a ConfigMap that tells it, with the place in it. */
  readonly file?: { readonly path: string; readonly place: Place };
  readonly told: number;
  /** The declared port, and who calls it. */
  readonly port: number;
  readonly service: ServicePicture;
}

interface Told {
  readonly port: number;
  readonly words: readonly string[];
  readonly at: Path;
  readonly file?: UnheardPort['file'];
}

export function* unheardPorts(cluster: Cluster): Generator<UnheardPort> {
  for (const set of cluster.pods.all) {
    const services = set.spec.hostNetwork === true ? [] : servicesOf(cluster, set);
    if (services.length === 0) continue;
    for (const { container, path } of runningContainers(set.spec)) {
      const found = unheardIn(container, path, set, services, cluster);
      if (found !== undefined) yield found;
    }
  }
}

function unheardIn(
  container: Container,
  path: Path,
  set: PodSet,
  services: readonly ServicePicture[],
  cluster: Cluster,
): UnheardPort | undefined {
  const { spec, workload, templatePath } = set;
  const tells = [...tolds(container, set, cluster)];
  // Most are told of nothing.
  if (tells.length === 0) return undefined;
  const all = declaredPorts(spec).map(({ port }) => port.containerPort);
  const dialled = services.flatMap((one) => one.ports.map((port) => findPort(spec, port, true)));
  const known = new Set([...all, ...dialled, ...probed(container)]);
  const strange = tells.filter(({ port }) => !known.has(port));
  const [told] = strange;
  if (told === undefined || new Set(strange.map(({ port }) => port)).size > 1) return undefined;
  const own = container.ports ?? [];
  const isUnheard = (port: number): boolean =>
    !isMentionedInPod(port, spec) && !isConfigured(port, workload, cluster);
  const [lost, ...others] = own.filter(({ containerPort }) => isUnheard(containerPort));
  if (lost === undefined || others.length > 0) return undefined;
  const service = services.find((one) => leadsTo(one, lost.containerPort, set));
  if (service === undefined) return undefined;
  if (!isSameRole(told.words, lost.name ?? '', own.length === 1)) return undefined;
  return {
    set,
    at: [...templatePath, 'spec', ...path, ...told.at],
    ...(told.file !== undefined && { file: told.file }),
    told: told.port,
    port: lost.containerPort,
    service,
  };
}

function leadsTo({ ports }: ServicePicture, target: number, { spec }: PodSet): boolean {
  return ports.some((port) => port.protocol !== 'UDP' && findPort(spec, port, true) === target);
}

/** Numbers that probes dial: whoever tells of one as well tells where it answers them. */
function probed({ readinessProbe, livenessProbe, startupProbe }: Container): unknown[] {
  return [readinessProbe, livenessProbe, startupProbe].flatMap((probe) => [
    probe?.httpGet?.port,
    probe?.tcpSocket?.port,
    probe?.grpc?.port,
  ]);
}

/** Words of settings and of ports → what the listener is for. */
const roles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    metrics: ['prometheus', 'telemetry', 'monitoring'],
    health: ['healthz', 'healthcheck', 'probe'],
    admin: ['management', 'manage', 'mgmt'],
    webhook: ['webhooks'],
    grpc: [],
    console: ['ui'],
    https: ['tls', 'secure'],
  }).flatMap(([role, words]) => [role, ...words].map((word) => [word, role])),
);
/** Listeners beside the one that a program is for. */
const aside = ['metrics', 'health', 'admin'];

const rolesIn = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((word) => roles.get(word) ?? []));

/** A setting of one listener and a port of another are no slip of each other. */
function isSameRole(words: readonly string[], name: string, isOnly: boolean): boolean {
  const [own, its] = [rolesIn(words), rolesIn(wordsOf(name))];
  if (own.size === 0) return isOnly || !aside.some((role) => its.has(role));
  return [...own].every((role) => its.has(role));
}

/** What flags, variables and files tell a container. */
function* tolds(container: Container, set: PodSet, cluster: Cluster): Generator<Told> {
  yield* flags(container);
  yield* variables(container);
  if (container.volumeMounts === undefined) return;
  for (const file of mountedFiles(container, set, cluster)) {
    if (hasReader.test(file.path)) continue;
    for (const { port, words, offset } of listenSettings(file.text)) {
      const place = placeOf(file, { port, offset, length: String(port).length });
      yield { port, words, at: file.at, file: { path: file.path, place } };
    }
  }
}

/** Files that are read word by word, see served-files.ts. */
const hasReader = /^\/etc\/nginx\/|\/application[\w-]*\.(?:ya?ml|properties)$/;

function* flags({ command = [], args = [] }: Container): Generator<Told> {
  for (const [field, list] of [
    ['command', command],
    ['args', args],
  ] as const)
    for (const [index, text] of list.entries()) {
      const [, socat] = /^(?:TCP[46]?|UDP[46]?)-LISTEN:(\d{1,5})(?:,|$)/i.exec(text) ?? [];
      if (socat !== undefined) yield { port: Number(socat), words: ['listen'], at: [field, index] };
      const [, name, value] = /^--?([A-Za-z][\w.-]{0,60})(?:=(.{1,100}))?$/.exec(text) ?? [];
      const behind = value ?? list[index + 1] ?? '';
      const setting = name === undefined ? undefined : listenSetting(name, behind);
      if (setting !== undefined)
        yield { ...setting, at: [field, value === undefined ? index + 1 : index] };
    }
}

/** `SERVER_PORT` beside `SERVER_HOST` is that of another host. */
function* variables({ env = [] }: Container): Generator<Told> {
  const prefixes = new Set(
    env.flatMap(({ name }) => /^(.+)_(?:HOST|HOSTNAME|URL|SERVER)$/.exec(name)?.[1] ?? []),
  );
  for (const [index, { name, value = '' }] of env.entries()) {
    const setting = listenSetting(name, value);
    const isOthers = prefixes.has(name.replace(/_PORT$/, '')) || /API|WEB|SERVICE/.test(name);
    if (setting !== undefined && !isOthers) yield { ...setting, at: ['env', index, 'value'] };
  }
}
