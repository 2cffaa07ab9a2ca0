/** The hosts that a text names, with their ports, wherever these stand. */
import type { Cluster } from '../../cluster/cluster.ts';
import { remembered } from '../../memo.ts';
import { hostLines } from '../../text/host-lines.ts';
import { type HostName, hostNames, isHostName, mayNameHost } from '../../text/host-names.ts';
import { isHostSetting, wordsIn } from '../../text/host-settings.ts';
import { nginxHosts } from '../../text/nginx-hosts.ts';
import { usualPort } from '../../text/usual-ports.ts';
import type { Place } from '../rule.ts';
import { type AppSetting, appSettings, partOf } from './app-settings.ts';

export interface SpokenHost extends HostName {
  /** Undefined for what a file lists. */
  readonly setting: string | undefined;
  /** Some characters of the host. */
  place(offset: number, length: number): Place;
  /** Undefined where the text leaves the port to the protocol. */
  portPlace(): Place | undefined;
  /**
   * That of the protocol that the scheme or the name of the setting speaks of, where no port is
   * written.
   */
  readonly usualPort: number | undefined;
}

/** A text that names hosts, with them. */
export interface NamingText {
  readonly given: AppSetting;
  readonly hosts: readonly SpokenHost[];
}

/** What containers are given that names hosts: each text is read once, whoever asks. */
export function namingTexts(cluster: Cluster): readonly NamingText[] {
  return textsOf(cluster);
}

const textsOf = remembered((cluster: Cluster): readonly NamingText[] => {
  const texts: NamingText[] = [];
  for (const given of appSettings(cluster)) {
    const hosts = spokenHosts(given);
    if (hosts.length > 0) texts.push({ given, hosts });
  }
  return texts;
});

/** In the order of the text; the value of a setting that is named for a host is one as a whole. */
export function spokenHosts(given: AppSetting): SpokenHost[] {
  const { object, port, setting, text } = given;
  const whole = text.trim();
  const isForHosts = setting !== undefined && isHostSetting(setting);
  const isBare = isForHosts && isHostName(whole) && whole.length > 1;
  const listed = isForHosts && !isBare ? listedHosts(text) : [];
  const lines = isBare || listed.length > 0 ? [] : hostLines(text);
  if (!isBare && listed.length + lines.length === 0 && !mayNameHost(text)) return [];
  const bare: HostName = {
    host: whole.toLowerCase(),
    port: port?.number,
    offset: text.indexOf(whole),
    portOffset: undefined,
    form: /\.svc(\.cluster\.local)?$/i.test(whole) ? 'name' : 'setting',
  };
  const names = isBare
    ? [bare]
    : listed.length > 0
      ? listed
      : joined(nginxHosts(text, hostNames(text)), lines);
  return names.map((name) => ({
    ...name,
    setting,
    usualPort:
      name.port === undefined
        ? (usualPort(name.scheme === undefined ? wordsIn(setting ?? '') : [name.scheme]) ??
          (name.form === 'setting' ? usualPort(wordsIn(name.host)) : undefined))
        : undefined,
    place: (offset, length) => partOf(given, name.offset + offset, length),
    portPlace: () =>
      name.portOffset !== undefined
        ? partOf(given, name.portOffset, String(name.port).length)
        : isBare && port !== undefined
          ? { object, at: port.at }
          : undefined,
  }));
}

/** Of a host that was found in both ways the one counts that has its port. */
function joined(names: readonly HostName[], lines: readonly HostName[]): readonly HostName[] {
  if (lines.length === 0) return names;
  const found = new Set(lines.map(({ offset }) => offset));
  return [...names.filter(({ offset }) => !found.has(offset)), ...lines];
}

/**
 * `db-0.db,db-1.db`: what is nothing but hosts with dots between commas. Short names may be of
 * anything.
 */
function listedHosts(text: string): HostName[] {
  const found: HostName[] = [];
  let offset = 0;
  for (const part of text.split(',')) {
    const host = part.trim();
    if (!host.includes('.') || !isHostName(host)) return [];
    found.push({
      host: host.toLowerCase(),
      port: undefined,
      offset: offset + part.indexOf(host),
      portOffset: undefined,
      form: /\.svc(\.cluster\.local)?$/i.test(host) ? 'name' : 'setting',
    });
    offset += part.length + 1;
  }
  return found.length > 1 ? found : [];
}
