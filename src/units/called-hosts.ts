/**
 * The hosts that a manifest names in what its containers, or the files of a ConfigMap, are given.
 */
import { groupOf } from '../kubernetes/group-version.ts';
import { asJsonObject, asList, asText, fieldAt, type Json } from '../kubernetes/json.ts';
import { findKind } from '../kubernetes/kinds.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { hostNames, isHostName, mayNameHost } from '../text/host-names.ts';
import { isHostSetting } from '../text/host-settings.ts';
import { mostSettings } from '../text/limits.ts';

export interface CalledHost {
  readonly service: string;
  /** Undefined where the host says none. */
  readonly namespace: string | undefined;
  /** It ends with `.svc` or more: a name of the cluster and of nothing else. */
  readonly cluster: boolean;
}

/** `web`, `web.shop`, `web.shop.svc.cluster.local`: other hosts are none of a Service. */
const serviceHost = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)(\.svc(?:\.cluster\.local)?)?)?$/;

/** Each once, in the order of the text. */
export function calledHosts(object: ManifestObject): CalledHost[] {
  const found = new Map<string, CalledHost>();
  for (const { setting, text } of textsOf(object)) {
    const whole = text.trim();
    const hosts =
      setting !== undefined && isHostSetting(setting) && isHostName(whole)
        ? [whole.toLowerCase()]
        : mayNameHost(text)
          ? hostNames(text).map(({ host }) => host)
          : [];
    for (const host of hosts) {
      const [, service, namespace, domain] = serviceHost.exec(host) ?? [];
      if (service !== undefined)
        found.set(host, { service, namespace, cluster: domain !== undefined });
    }
  }
  return [...found.values()];
}

interface Text {
  readonly setting?: string;
  readonly text: string;
}

function textsOf({ apiVersion, kind, range, value }: ManifestObject): Text[] {
  if (kind === 'ConfigMap') {
    const [start, end] = range;
    return end - start >= mostSettings ? [] : pairsOf(fieldAt(value, 'data') ?? null);
  }
  const template = findKind(groupOf(apiVersion), kind)?.podTemplate;
  if (template === undefined) return [];
  const spec = fieldAt(value, ...template, 'spec');
  return ['containers', 'initContainers']
    .flatMap((list) => asList(fieldAt(spec, list)))
    .flatMap((container) => [
      ...asList(fieldAt(container, 'env')).flatMap((variable): Text[] => {
        const text = asText(fieldAt(variable, 'value'));
        const setting = asText(fieldAt(variable, 'name'));
        return text === undefined ? [] : [{ text, ...(setting !== undefined && { setting }) }];
      }),
      ...['command', 'args']
        .flatMap((list) => asList(fieldAt(container, list)))
        .flatMap((word): Text[] => {
          const text = asText(word);
          return text === undefined ? [] : [{ text }];
        }),
    ]);
}

function pairsOf(data: Json): Text[] {
  return Object.entries(asJsonObject(data) ?? {}).flatMap(([setting, value]): Text[] => {
    const text = asText(value);
    return text === undefined ? [] : [{ setting, text }];
  });
}
