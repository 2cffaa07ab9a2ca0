/**
 * Names of Services in all that is neither a container's nor a ConfigMap's: those of the cluster's
 * own domain (`api.shop.svc`), and short ones with a port in fields of custom resources.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { foreignFields } from '../../kubernetes/common-references.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { type AnyJson, asJsonObject, fieldAt, type Path, textsIn } from '../../kubernetes/json.ts';
import { isCustom } from '../../kubernetes/references.ts';
import { isHostSetting, settingPair } from '../../text/host-settings.ts';
import type { AppSetting } from './app-settings.ts';

/**
 * Read by rules of their own, or names of what is served rather than called: routes of a mesh,
 * parts of the cluster. A Certificate is for the names that a Service is called by.
 */
const ownRules: ReadonlySet<string> = new Set(['networking.istio.io', 'cert-manager.io']);
const ownKinds: ReadonlySet<string> = new Set([
  'ConfigMap',
  'CustomResourceDefinition',
  'Endpoints',
  'EndpointSlice',
  'Secret',
  'Service',
]);

/** Every text with such a name, in the order of the objects. */
export function* clusterNames(cluster: Cluster): Generator<AppSetting> {
  const workloads = new Set(cluster.pods.all.map(({ workload }) => workload));
  for (const object of cluster.objects.all) {
    const isOther = ownRules.has(groupOf(object.apiVersion)) && object.kind !== 'Certificate';
    if (isOther || ownKinds.has(object.kind)) continue;
    if (workloads.has(object) || !mayHold(object)) continue;
    for (const { at, text } of textsIn(object.value, []))
      // What a controller writes into `status` is not the manifest's.
      if (at[0] !== 'status' && text.includes('.svc'))
        yield { object, at, text, local: new Set(), ...besidePort(object.value, at) };
  }
}

/**
 * Texts in the spec of custom resources that may hold a short name: `redis://cache`, `kafka:9092`,
 * and where a Mapping of Ambassador sends requests: `web`.
 */
export function* shortNames({ objects }: Cluster): Generator<AppSetting> {
  for (const object of objects.all) {
    const group = groupOf(object.apiVersion);
    if (!isCustom(group) || ownRules.has(group)) continue;
    const isMapping = group === 'getambassador.io' && /^(?:TCP)?Mapping$/.test(object.kind);
    const spec = fieldAt(object.value, 'spec');
    for (const { at, text } of spec === undefined ? [] : textsIn(spec, ['spec'])) {
      if (text.includes('.svc') || at.some((step) => foreignFields.has(String(step)))) continue;
      const given = { object, at, text, local: new Set<string>() };
      if (isMapping && at.join('.') === 'spec.service') yield { ...given, setting: 'host' };
      else if (/:\/\/|:\d/.test(text)) yield given;
    }
  }
}

/** What the field is called, where it is for a host and its port stands in the field beside it. */
function besidePort(value: AnyJson, at: Path): Pick<AppSetting, 'setting' | 'port'> {
  const setting = at.at(-1);
  if (typeof setting !== 'string' || !isHostSetting(setting)) return {};
  const holder = asJsonObject(fieldAt(value, ...at.slice(0, -1))) ?? {};
  const pair = settingPair(setting);
  for (const [key, number] of Object.entries(holder))
    if (typeof number === 'number' && !isHostSetting(key) && settingPair(key) === pair)
      return { setting, port: { number, at: [...at.slice(0, -1), key] } };
  return {};
}

function mayHold({ source: { document, range } }: ClusterObject): boolean {
  return document.file.text.slice(...range).includes('.svc');
}
