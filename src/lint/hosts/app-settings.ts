/** What containers are told: texts in which the names of Services stand. */
import type { Cluster } from '../../cluster/cluster.ts';
import { allContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { isHostSetting, settingPair, wordsIn } from '../../text/host-settings.ts';
import { mostSettings } from '../../text/limits.ts';
import type { Place } from '../rule.ts';

/** A text that a container or a file of a ConfigMap is given. */
export interface AppSetting {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly text: string;
  /** Names that mean something else there. */
  readonly local: ReadonlySet<string>;
  /** It lies in a Secret with values that somebody has yet to replace: perhaps it is one. */
  readonly unfinished?: boolean;
  /** The variable or key that holds it; undefined for arguments. */
  readonly setting?: string;
  /**
   * The port that the variable beside it holds, where this one is named for a host or holds a URL:
   * `DB_PORT` for `DB_HOST`, `ADS_PORT` for `ADS_ROUTE`.
   */
  readonly port?: { readonly number: number; readonly at: Path };
}

/** Where a container holds what it runs. */
const commands: readonly (readonly string[])[] = [
  ['command'],
  ['args'],
  ['startupProbe', 'exec', 'command'],
  ['readinessProbe', 'exec', 'command'],
  ['livenessProbe', 'exec', 'command'],
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
];

/**
 * Every value of `env`, `command` and `args`, every file of a ConfigMap and every plain text of a
 * Secret.
 */
export const appSettings = remembered((cluster: Cluster): readonly AppSetting[] => {
  const found: AppSetting[] = [];
  for (const set of cluster.pods.all) addSettingsOfPods(set, found);
  const hostKeys = keysOfHosts(cluster);
  for (const [kind, field] of [
    ['ConfigMap', 'data'],
    ['Secret', 'stringData'],
  ] as const) {
    for (const object of cluster.objects.ofKind('', kind)) {
      const [start, end] = object.source.range;
      if (end - start >= mostSettings) continue;
      const settings: Setting[] = [];
      const data = asJsonObject(fieldAt(object.value, field)) ?? {};
      for (const [key, value] of Object.entries(data)) {
        const text = asText(value);
        const setting =
          hostKeys.get(`${kind}/${object.namespace ?? ''}/${object.name}/${key}`) ?? key;
        if (text !== undefined) settings.push({ at: [field, key], setting, text });
      }
      const unfinished = kind === 'Secret' && settings.some(({ text }) => toReplace.test(text));
      for (const setting of withPorts(settings))
        found.push({ object, local: noNames, unfinished, ...setting });
    }
  }
  return found;
});

const noNames: ReadonlySet<string> = new Set();

/** What people write where a password is to stand. */
const toReplace = /change[-_ ]?(?:me|this)|replace[-_ ]?(?:me|this|with)|your[-_ ]/i;

/**
 * Keys that say nothing of a host, and hold the value of a variable that is named for one, by
 * `ConfigMap/shop/web/key`.
 */
function keysOfHosts({ pods }: Cluster): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { namespace, spec } of pods.all)
    for (const { container } of allContainers(spec))
      for (const { name: variable, valueFrom } of container.env ?? [])
        for (const [kind, ref] of [
          ['ConfigMap', valueFrom?.configMapKeyRef],
          ['Secret', valueFrom?.secretKeyRef],
        ] as const)
          if (ref?.name !== undefined && isHostSetting(variable) && !isHostSetting(ref.key))
            found.set(`${kind}/${namespace}/${ref.name}/${ref.key}`, variable);
  return found;
}

function addSettingsOfPods({ workload, templatePath, spec }: PodSet, found: AppSetting[]): void {
  const lists = (['containers', 'initContainers'] as const).flatMap((list) =>
    asList(spec[list]).map((container, index) => ({
      container,
      at: [...templatePath, 'spec', list, index],
    })),
  );
  const local = new Set(lists.flatMap(({ container }) => asText(fieldAt(container, 'name')) ?? []));
  for (const { container, at } of lists) {
    for (const variable of withPorts(variablesOf(container, at)))
      found.push({ object: workload, local, ...variable });
    for (const path of commands) {
      const words = asList(fieldAt(container, ...path)).map(asText);
      for (const [index, text] of words.entries())
        if (text !== undefined) {
          const own = { object: workload, at: [...at, ...path, index], text, local };
          found.push(isDialled(words, index) ? { ...own, setting: 'host' } : own);
        }
    }
  }
}

const clients =
  /(?:^|\/)(?:pg_isready|psql|redis-cli|mysqladmin|mysql|mariadb|mariadb-admin|mongosh?)$/;

/** Whether an argument of its own is the host of a client: `[redis-cli, -h, cache, ping]`. */
function isDialled(words: readonly (string | undefined)[], index: number): boolean {
  const flag = words[index - 1];
  return (flag === '-h' || flag === '--host') && clients.test(words[0] ?? '');
}

function variablesOf(container: Json, at: Path): Setting[] {
  const found: Setting[] = [];
  asList(fieldAt(container, 'env')).forEach((variable, index) => {
    const text = asText(fieldAt(variable, 'value'));
    const setting = asText(fieldAt(variable, 'name')) ?? '';
    if (text !== undefined) found.push({ at: [...at, 'env', index, 'value'], setting, text });
  });
  return found;
}

interface Setting {
  readonly at: Path;
  readonly setting: string;
  readonly text: string;
}

/** Settings that stand beside each other; those of hosts with the ports that belong to them. */
function withPorts(settings: readonly Setting[]): readonly (Setting & Pick<AppSetting, 'port'>)[] {
  if (!settings.some(speaksOfHost)) return settings;
  const ports = new Map<string, { number: number; at: Path }>();
  for (const { at, setting, text } of settings) {
    const pair = isHostSetting(setting) ? undefined : settingPair(setting);
    if (pair !== undefined && /^\d{1,5}$/.test(text)) ports.set(pair, { number: Number(text), at });
  }
  return settings.map((one) => {
    const pair = settingPair(one.setting) ?? wordsIn(one.setting).slice(0, -1).join('.');
    const port = speaksOfHost(one) ? ports.get(pair) : undefined;
    return { ...one, ...(port !== undefined && { port }) };
  });
}

function speaksOfHost({ setting, text }: Setting): boolean {
  return isHostSetting(setting) || text.includes('://');
}

/** The place of some characters of a text. */
export function partOf({ object, at, text }: AppSetting, offset: number, length: number): Place {
  return { object, at, within: new PartOfText(text, offset, length) };
}

/** Which occurrence it is is counted when somebody asks. */
class PartOfText {
  readonly text: string;
  readonly #whole: string;
  readonly #offset: number;

  constructor(whole: string, offset: number, length: number) {
    this.text = whole.slice(offset, offset + length);
    this.#whole = whole;
    this.#offset = offset;
  }

  get occurrence(): number {
    return occurrencesBefore(this.#whole, this.text, this.#offset);
  }
}

function occurrencesBefore(text: string, part: string, offset: number): number {
  let count = 0;
  for (
    let found = text.indexOf(part);
    found !== -1 && found < offset;
    found = text.indexOf(part, found + 1)
  )
    count += 1;
  return count;
}
