/**
 * References to variables, `$(NAME)`, in what a container is told
 * (third_party/forked/golang/expansion/expand.go `Expand`; pkg/kubelet/kubelet_pods.go
 * `makeEnvironmentVariables`): what is not defined stays as it is written.
 */
import type { Container } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asJsonObject, fieldAt, type Path } from '../../kubernetes/json.ts';
import { lazily, remembered } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import { NameIndex } from '../../text/name-index.ts';

export interface VariableReference {
  readonly name: string;
  /** From the container to the text. */
  readonly at: Path;
  /** How often the same characters stand before it in the text. */
  readonly occurrence: number;
  /** Variables of `env` from this one on are not known there; all of them are to arguments. */
  readonly before: number;
}

const reference = /\$(?:\$|\(([A-Za-z_][A-Za-z0-9_]*)\))/g;

/**
 * Those in the values of `env`, in `command` and in `args`; those of a shell, which has such signs
 * of its own, are left out.
 */
export function variableReferences({
  env = [],
  command = [],
  args = [],
}: Container): VariableReference[] {
  const found: VariableReference[] = [];
  const add = (text: unknown, at: Path, before: number): void => {
    if (typeof text !== 'string' || !text.includes('$(')) return;
    const seen = new Map<string, number>();
    for (const [, name] of text.matchAll(reference)) {
      if (name === undefined) continue;
      const occurrence = seen.get(name) ?? 0;
      seen.set(name, occurrence + 1);
      found.push({ name, at, occurrence, before });
    }
  };
  for (const [index, { value }] of env.entries()) add(value, ['env', index, 'value'], index);
  if (runsShell({ command, args })) return found;
  for (const [field, list] of [
    ['command', command],
    ['args', args],
  ] as const)
    for (const [index, text] of list.entries()) add(text, [field, index], env.length);
  return found;
}

export function runsShell({
  command = [],
  args = [],
}: Pick<Container, 'command' | 'args'>): boolean {
  return [...command, ...args].some((text) => /(?:^|\/)(?:ba|da|a|k|z)?sh$/.test(String(text)));
}

/** The variables of a container, however many references there are to them. */
export class Variables {
  /** By name, at which place of `env` it is defined first. */
  readonly #places = new Map<string, number>();
  /** Of whole ConfigMaps; undefined where one of them was not read. */
  readonly #sources: ReadonlySet<string> | undefined;
  /** Those of `env`, by their places, then those of whole ConfigMaps. */
  readonly #names: () => { readonly list: readonly string[]; readonly index: NameIndex };

  constructor(container: Container, namespace: string, cluster: Cluster) {
    const own = (container.env ?? []).map(({ name }) => name);
    for (const [place, name] of own.entries())
      if (!this.#places.has(name)) this.#places.set(name, place);
    const sources = namesFromSources(container, namespace, cluster);
    this.#sources = sources;
    this.#names = lazily(() => {
      const list = [...own, ...(sources ?? [])];
      return { list, index: new NameIndex(list) };
    });
  }

  /**
   * Whether a reference finds it. `later`: it is defined behind the place that refers; `unread`: a
   * ConfigMap that was not read may have it.
   */
  stateOf({ name, before }: VariableReference): 'defined' | 'later' | 'unread' | 'missing' {
    const place = this.#places.get(name);
    if (place !== undefined && place < before) return 'defined';
    if (this.#sources === undefined) return 'unread';
    if (this.#sources.has(name)) return 'defined';
    return place === undefined || place === before ? 'missing' : 'later';
  }

  /**
   * The nearest of those that are known at the place that refers; a letter or two are like any
   * other.
   */
  nearest({ name, before }: VariableReference): string | undefined {
    if (name.length < 3) return undefined;
    const { list, index } = this.#names();
    const found = index.nearest(name, (place) => {
      const isKnown = place < before || place >= list.length - (this.#sources?.size ?? 0);
      return isKnown && list[place] !== name;
    });
    return found === undefined ? undefined : list[found];
  }
}

/** What everybody calls the fields of a pod that it is told. */
export const podFields: ReadonlyMap<string, string> = new Map([
  ['POD_NAME', 'metadata.name'],
  ['POD_NAMESPACE', 'metadata.namespace'],
  ['NAMESPACE', 'metadata.namespace'],
  ['POD_IP', 'status.podIP'],
  ['POD_UID', 'metadata.uid'],
  ['NODE_NAME', 'spec.nodeName'],
  ['HOST_IP', 'status.hostIP'],
]);

/** What a container has from whole ConfigMaps; undefined where one of its sources was not read. */
function namesFromSources(
  { envFrom = [] }: Container,
  namespace: string,
  { objects }: Cluster,
): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { prefix = '', configMapRef, secretRef } of envFrom) {
    const [kind, name] =
      configMapRef === undefined ? ['Secret', secretRef?.name] : ['ConfigMap', configMapRef.name];
    const source = objects.findOfKind('', kind, namespace, name ?? '');
    if (source === undefined) return undefined;
    for (const field of ['data', 'stringData'])
      for (const key of Object.keys(asJsonObject(fieldAt(source.value, field)) ?? {}))
        names.add(prefix + key);
  }
  return names;
}

const whatServicesGive =
  /_(?:SERVICE_HOST$|SERVICE_PORT(?:_.|$)|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:ADDR|PORT|PROTO))?$)/;

/** As variables are called by custom. */
const inCapitals = /^[A-Z][A-Z0-9_]*$/;

/**
 * What webhooks put into containers (identities of clouds, Dapr, OpenTelemetry), and the Job
 * controller (pkg/controller/job/indexed_job_utils.go `addCompletionIndexEnvVariables`).
 */
const injected = /^(?:(?:AWS|AZURE|GOOGLE|DAPR|OTEL|TPU)_|JOB_COMPLETION_INDEX$)/;

/** Whether a name can be nothing but that of a variable, which only manifests define. */
export function isOwnVariable(name: string): boolean {
  return inCapitals.test(name) && !injected.test(name);
}

/** `SHOP_API` of `SHOP_API_SERVICE_HOST`; undefined for names that no Service gives. */
export function serviceOfVariable(name: string): string | undefined {
  if (!inCapitals.test(name)) return undefined;
  const end = name.slice(1).search(whatServicesGive);
  return end === -1 ? undefined : name.slice(0, end + 1);
}

interface ServiceVariables {
  /** The first Service with a prefix, whether it gives variables or not. */
  readonly byPrefix: ReadonlyMap<string, ServicePicture>;
  /** Of those that give some. */
  readonly prefixes: readonly string[];
}

const serviceVariables = remembered(
  ({ services }: Cluster): ReadonlyMap<string | undefined, ServiceVariables> =>
    new Map(
      [...groupBy(services, ({ object }) => object.namespace)].map(([namespace, own]) => [
        namespace,
        {
          byPrefix: new Map(own.toReversed().map((service) => [variablePrefix(service), service])),
          prefixes: own.filter(givesVariables).map(variablePrefix),
        },
      ]),
    ),
);

/** Of the Services of a namespace; undefined where there is none. */
export function serviceVariablesIn(
  cluster: Cluster,
  namespace: string,
): ServiceVariables | undefined {
  return serviceVariables(cluster).get(namespace);
}

/** pkg/kubelet/envvars/envvars.go `makeEnvVariableName` */
function variablePrefix({ object }: ServicePicture): string {
  return object.name.replaceAll('-', '_').toUpperCase();
}

/**
 * Services without a cluster IP give no variables (pkg/kubelet/envvars/envvars.go `FromServices`).
 */
export function givesVariables({ spec, headless }: ServicePicture): boolean {
  return !headless && spec.type !== 'ExternalName';
}
