/**
 * The hosts that a manifest names in what its containers, or the files of a ConfigMap, are given.
 */
import { groupOf } from '../kubernetes/group-version.ts';
import { asJsonObject, asList, asText, fieldAt, type Json } from '../kubernetes/json.ts';
import { findKind } from '../kubernetes/kinds.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { getOwn } from '../own.ts';
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
  forEachText(object, (text, setting) => {
    for (const host of hostsIn(text, setting)) {
      const [, service, namespace, domain] = serviceHost.exec(host) ?? [];
      if (service !== undefined)
        found.set(host, { service, namespace, cluster: domain !== undefined });
    }
  });
  return [...found.values()];
}

function hostsIn(text: string, setting: string | undefined): readonly string[] {
  if (setting !== undefined && isHostSetting(setting)) {
    const whole = text.trim();
    if (isHostName(whole)) return [whole.toLowerCase()];
  }
  return mayNameHost(text) ? hostNames(text).map(({ host }) => host) : noHosts;
}

const noHosts: readonly string[] = [];

/** Tells each text, with the name of the setting that holds it, where it has one. */
type Listener = (text: string, setting?: string) => void;

function forEachText(object: ManifestObject, tell: Listener): void {
  const { apiVersion, kind, range, value, document } = object;
  if (kind === 'ConfigMap') {
    const [start, end] = range;
    const data = end - start >= mostSettings ? undefined : asJsonObject(fieldAt(value, 'data'));
    for (const setting in data) {
      const text = asText(getOwn(data, setting));
      if (text !== undefined) tell(text, setting);
    }
    return;
  }
  const template = findKind(groupOf(apiVersion), kind)?.podTemplate;
  if (template === undefined) {
    if (apiVersion.includes('.') && document.file.text.slice(...range).includes('.svc'))
      forEachTextBelow(fieldAt(value, 'spec') ?? null, tell);
    return;
  }
  const spec = fieldAt(value, ...template, 'spec');
  for (const list of ['containers', 'initContainers'])
    for (const container of asList(fieldAt(spec, list))) forEachTextOf(container, tell);
}

function forEachTextOf(container: Json, tell: Listener): void {
  for (const variable of asList(fieldAt(container, 'env'))) {
    const text = asText(fieldAt(variable, 'value'));
    if (text !== undefined) tell(text, asText(fieldAt(variable, 'name')));
  }
  for (const list of ['command', 'args'])
    for (const word of asList(fieldAt(container, list))) {
      const text = asText(word);
      if (text !== undefined) tell(text);
    }
}

/** Names of the cluster's domain in a custom resource. */
function forEachTextBelow(value: Json, tell: Listener): void {
  if (typeof value === 'string') {
    if (value.includes('.svc')) tell(value);
  } else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) forEachTextBelow(item, tell);
}
