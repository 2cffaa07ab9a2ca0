/**
 * Pod Security admission: pods that a namespace does not allow (k8s.io/pod-security-admission
 * policy/check_*.go, at their latest version).
 */
import type { Container, PodSpec, Volume } from 'kubernetes-types/core/v1';
import type { PodSecurityLevel } from './pod-security-levels.ts';
import type { Refusal } from './refusal.ts';

/** Why a bare Pod is not taken. */
export function refuseForbiddenPod(
  name: string,
  spec: PodSpec,
  level: PodSecurityLevel,
): Refusal[] {
  const violations = podSecurityViolations(level, spec);
  if (violations.length === 0) return [];
  const message =
    `pods "${name}" is forbidden: violates PodSecurity "${level}:latest": ` +
    `${violations.join(', ')}`;
  return [{ type: 'Not admitted', path: ['spec'], message }];
}

/**
 * What a pod does that its namespace forbids, in the API server's words: `privileged (container
 * "web" must not set securityContext.privileged=true)`; empty when it is allowed. SELinux options,
 * AppArmor profiles, sysctls, Windows host processes and probes' hosts are not looked at.
 */
export function podSecurityViolations(level: PodSecurityLevel, spec: PodSpec): string[] {
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  const restricted = level === 'restricted';
  const windows = (spec as { os?: { name?: string } }).os?.name === 'windows';
  // A user namespace of its own makes root inside the pod nobody outside.
  const ownUsers = (spec as { hostUsers?: boolean }).hostUsers === false;
  return [
    ...(restricted && !windows ? privilegeEscalation(containers) : []),
    ...capabilities(containers, restricted && !windows),
    ...hostNamespaces(spec),
    ...hostPorts(containers, spec.hostNetwork === true),
    ...privileged(containers),
    ...volumes(spec.volumes ?? [], restricted),
    ...(restricted && !ownUsers
      ? [...runAsNonRoot(spec, containers), ...runAsUser(spec, containers)]
      : []),
    ...seccompProfile(spec, containers, restricted && !windows),
  ];
}

type Check = (container: Container) => boolean;

/** `containers "a", "b" must not …`, or nothing where no container is concerned. */
function concerning(
  containers: readonly Container[],
  check: Check,
  what: string,
  or = '',
): string[] {
  const names = containers.filter(check).map(({ name }) => `"${name}"`);
  return names.length === 0
    ? []
    : [`${or}container${names.length === 1 ? '' : 's'} ${names.join(', ')} ${what}`];
}

function because(reason: string, details: readonly string[], separator = ', '): string[] {
  return details.length === 0 ? [] : [`${reason} (${details.join(separator)})`];
}

function privilegeEscalation(containers: readonly Container[]): string[] {
  const check: Check = ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false;
  return because(
    'allowPrivilegeEscalation != false',
    concerning(containers, check, 'must set securityContext.allowPrivilegeEscalation=false'),
  );
}

/**
 * What container runtimes grant by default; the restricted standard lets only one be added back.
 */
const defaultCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

function capabilities(containers: readonly Container[], restricted: boolean): string[] {
  const allowed = restricted ? new Set(['NET_BIND_SERVICE']) : defaultCapabilities;
  const wrong = ({ securityContext }: Container): string[] =>
    (securityContext?.capabilities?.add ?? []).filter((name) => !allowed.has(name));
  const added = [...new Set(containers.flatMap(wrong))].sort().map((name) => `"${name}"`);
  const undropped: Check = ({ securityContext }) =>
    !(securityContext?.capabilities?.drop ?? []).includes('ALL');
  const details = [
    ...(restricted
      ? concerning(containers, undropped, 'must set securityContext.capabilities.drop=["ALL"]')
      : []),
    ...concerning(
      containers,
      (each) => wrong(each).length > 0,
      `must not include ${added.join(', ')} in securityContext.capabilities.add`,
    ),
  ];
  return because(
    restricted ? 'unrestricted capabilities' : 'non-default capabilities',
    details,
    '; ',
  );
}

function hostNamespaces(spec: PodSpec): string[] {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(
    (field) => spec[field] === true,
  );
  return because(
    'host namespaces',
    shared.map((field) => `${field}=true`),
  );
}

/** With hostNetwork every container port is one. */
function hostPorts(containers: readonly Container[], hostNetwork: boolean): string[] {
  const used = ({ ports = [] }: Container): number[] =>
    ports
      .map(({ hostPort, containerPort }) => (hostPort ?? 0) || (hostNetwork ? containerPort : 0))
      .filter((port) => port !== 0);
  const users = containers.filter((container) => used(container).length > 0);
  const numbers = [...new Set(users.flatMap(used))].sort((a, b) => a - b);
  const verb = users.length === 1 ? 'uses' : 'use';
  return because(
    'hostPort',
    concerning(
      users,
      () => true,
      `${verb} hostPort${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`,
    ),
  );
}

function privileged(containers: readonly Container[]): string[] {
  const check: Check = ({ securityContext }) => securityContext?.privileged === true;
  return because(
    'privileged',
    concerning(containers, check, 'must not set securityContext.privileged=true'),
  );
}

const restrictedVolumeTypes = new Set([
  'name',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

function volumes(all: readonly Volume[], restricted: boolean): string[] {
  const typesOf = (volume: Volume): string[] =>
    Object.keys(volume).filter((field) => !restrictedVolumeTypes.has(field));
  const wrong = all.filter((volume) =>
    restricted ? typesOf(volume).length > 0 : volume.hostPath !== undefined,
  );
  if (wrong.length === 0) return [];
  const names =
    `volume${wrong.length === 1 ? '' : 's'} ` +
    `${wrong.map(({ name }) => `"${name}"`).join(', ')}`;
  if (!restricted) return because('hostPath volumes', [names]);
  const types = [...new Set(wrong.flatMap(typesOf))].sort().map((type) => `"${type}"`);
  const uses =
    `${wrong.length === 1 ? 'uses' : 'use'} restricted volume ` +
    `type${types.length === 1 ? '' : 's'}`;
  return because('restricted volume types', [`${names} ${uses} ${types.join(', ')}`]);
}

function runAsNonRoot(
  { securityContext: pod }: PodSpec,
  containers: readonly Container[],
): string[] {
  const field = 'securityContext.runAsNonRoot';
  const wrong = [
    ...(pod?.runAsNonRoot === false ? [`pod must not set ${field}=false`] : []),
    ...concerning(
      containers,
      ({ securityContext }) => securityContext?.runAsNonRoot === false,
      `must not set ${field}=false`,
    ),
  ];
  const silent: Check = ({ securityContext }) =>
    securityContext?.runAsNonRoot === undefined && pod?.runAsNonRoot !== true;
  return because(
    'runAsNonRoot != true',
    wrong.length > 0 ? wrong : concerning(containers, silent, `must set ${field}=true`, 'pod or '),
  );
}

function runAsUser({ securityContext: pod }: PodSpec, containers: readonly Container[]): string[] {
  return because('runAsUser=0', [
    ...(pod?.runAsUser === 0 ? ['pod must not set runAsUser=0'] : []),
    ...concerning(
      containers,
      ({ securityContext }) => securityContext?.runAsUser === 0,
      'must not set runAsUser=0',
    ),
  ]);
}

/** The profile is in the pod's or the container's own context. */
function seccompProfile(
  { securityContext: pod }: PodSpec,
  containers: readonly Container[],
  restricted: boolean,
): string[] {
  const typeIn = (context: object | undefined): string | undefined =>
    (context as { seccompProfile?: { type?: string } } | undefined)?.seccompProfile?.type;
  const field = 'securityContext.seccompProfile.type';
  const wrong = [
    ...(typeIn(pod) === 'Unconfined' ? [`pod must not set ${field} to "Unconfined"`] : []),
    ...concerning(
      containers,
      ({ securityContext }) => typeIn(securityContext) === 'Unconfined',
      `must not set ${field} to "Unconfined"`,
    ),
  ];
  if (wrong.length > 0 || !restricted) return because('seccompProfile', wrong);
  const silent: Check = ({ securityContext }) =>
    typeIn(securityContext) === undefined && typeIn(pod) === undefined;
  return because(
    'seccompProfile',
    concerning(
      containers,
      silent,
      `must set ${field} to "RuntimeDefault" or "Localhost"`,
      'pod or ',
    ),
  );
}
