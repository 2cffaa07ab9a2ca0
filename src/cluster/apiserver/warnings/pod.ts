/**
 * `warningsForPodSpecAndMeta` (pkg/api/pod/warnings.go), without those about volumes, nodes and
 * security profiles.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { pushAll } from '../../../lists.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { addTo } from '../../../multimap.ts';
import type { MinorVersion } from '../../options.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, numberAt, objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { goQuote } from '../go-format.ts';
import { warningsForIP } from './ip.ts';

type Container = readonly [container: JsonObject, path: FieldPath];

/** `path`: that of the pod spec. */
export function warningsForPodSpec(
  spec: JsonObject,
  path: FieldPath,
  minor: MinorVersion,
): string[] {
  const warnings: string[] = [];
  for (const [index, constraint] of objectsAt(spec, 'topologySpreadConstraints').entries()) {
    if (isSet(constraint, 'labelSelector')) continue;
    const own = path.child('topologySpreadConstraints').index(index).child('labelSelector');
    warnings.push(`${own.toString()}: a null labelSelector results in matching no pod`);
  }
  warnAboutRepeats(warnings, spec, 'hostAliases', 'ip', path);
  warnAboutRepeats(warnings, spec, 'imagePullSecrets', 'name', path);
  // Upstream walks init containers first.
  const containers: Container[] = [];
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const [index, container] of objectsAt(spec, field).entries())
      containers.push([container, path.child(field).index(index)]);
  }
  for (const [container, own] of containers) warnAboutEnv(warnings, container, own);
  if (minor >= 28) warnAboutPorts(warnings, containers);
  if (minor >= 33) warnAboutPortNames(warnings, containers);
  const gracePeriod = numberAt(spec, 'terminationGracePeriodSeconds');
  if (gracePeriod !== undefined && gracePeriod < 0) {
    const own = path.child('terminationGracePeriodSeconds').toString();
    warnings.push(`${own}: must be >= 0; negative values are invalid and will be treated as 1`);
  }
  for (const [index, nameserver] of stringsAt(
    objectAt(spec, 'dnsConfig'),
    'nameservers',
  ).entries()) {
    pushAll(
      warnings,
      warningsForIP(path.child('dnsConfig').child('nameservers').index(index), nameserver),
    );
  }
  for (const [index, alias] of objectsAt(spec, 'hostAliases').entries()) {
    pushAll(
      warnings,
      warningsForIP(path.child('hostAliases').index(index).child('ip'), stringAt(alias, 'ip')),
    );
  }
  return warnings;
}

function warnAboutRepeats(
  warnings: string[],
  spec: JsonObject,
  list: string,
  field: string,
  path: FieldPath,
): void {
  const seen = new Set<string>();
  for (const [index, item] of objectsAt(spec, list).entries()) {
    const value = stringAt(item, field);
    if (seen.has(value))
      warnings.push(
        `${path.child(list).index(index).child(field).toString()}: duplicate ${field} ` +
          `${goQuote(value)}`,
      );
    seen.add(value);
  }
}

/** A variable that is defined again is fine only if it builds on the former value. */
function warnAboutEnv(warnings: string[], container: JsonObject, path: FieldPath): void {
  const variables = objectsAt(container, 'env');
  if (variables.length < 2) return;
  const seen = new Set<string>();
  for (const [index, variable] of variables.entries()) {
    const name = stringAt(variable, 'name');
    const value = stringAt(variable, 'value');
    if (seen.has(name) && !isPlaceholder(name)) {
      const former = `$(${name})`;
      if (isSet(variable, 'valueFrom') || value === former || !value.includes(former)) {
        const own = path.child('env').index(index).toString();
        warnings.push(
          `${own}: hides previous definition of ${goQuote(name)}, which may be dropped ` +
            'when using apply',
        );
      }
    }
    seen.add(name);
  }
}

interface Taken {
  readonly path: FieldPath;
  readonly hostIP: string;
  readonly hostPort: number;
}

/** Each port is compared with all before it that have its number: so many warnings say it. */
const mostWarnings = 1000;

function warnAboutPorts(warnings: string[], containers: readonly Container[]): void {
  const byPort = new Map<string, Taken[]>();
  for (const [container, path] of containers) {
    for (const [index, port] of objectsAt(container, 'ports').entries()) {
      const own = path.child('ports').index(index);
      const containerPort = numberAt(port, 'containerPort');
      const hostPort = numberAt(port, 'hostPort');
      const hostIP = stringAt(port, 'hostIP');
      const protocol = stringAt(port, 'protocol');
      if (containerPort === undefined || hostPort === undefined || isPlaceholder(hostIP)) continue;
      if (hostIP !== '' && hostPort === 0) {
        const shown =
          `{Name:${stringAt(port, 'name')} HostPort:0 ContainerPort:${containerPort} ` +
          `Protocol:${protocol} HostIP:${hostIP}}`;
        warnings.push(`${own.toString()}: hostIP set without hostPort: ${shown}`);
      }
      const key = `${containerPort}/${protocol}`;
      for (const other of byPort.get(key) ?? []) {
        if (warnings.length >= mostWarnings) return;
        let what: string | undefined;
        if (hostIP === other.hostIP && hostPort === other.hostPort) what = 'duplicate';
        else if (hostPort === 0 || other.hostPort === 0) what = 'overlapping';
        else if (hostPort === other.hostPort && (hostIP === '') !== (other.hostIP === ''))
          what = 'dangerously ambiguous';
        if (what !== undefined)
          warnings.push(`${own.toString()}: ${what} port definition with ${other.path.toString()}`);
      }
      addTo(byPort, key, { path: own, hostIP, hostPort });
    }
  }
}

/**
 * What this says of init containers is not so: a Service never uses their ports, unless they
 * restart always (controllers' `FindPort`).
 */
function warnAboutPortNames(warnings: string[], containers: readonly Container[]): void {
  const byName = new Map<string, string>();
  for (const [container, path] of containers) {
    for (const [index, port] of objectsAt(container, 'ports').entries()) {
      const name = stringAt(port, 'name');
      if (name === '' || isPlaceholder(name)) continue;
      const own = path.child('ports').index(index).toString();
      const other = byName.get(name);
      if (other === undefined) byName.set(name, own);
      else
        warnings.push(
          `${own}: duplicate port name ${goQuote(name)} with ${other}, services and probes ` +
            `that select ports by name will use ${other}`,
        );
    }
  }
}
