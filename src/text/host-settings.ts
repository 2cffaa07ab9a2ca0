/**
 * Settings that hold a host, and those that hold its port: `DB_HOST` and `DB_PORT`, `redis.host`
 * and `redis.port`, `dbHost` and `dbPort`.
 */

import { perText } from './per-text.ts';

const hostWords: ReadonlySet<string> = new Set(
  'host hosts hostname server servers addr address broker brokers'.split(' '),
);

/** Whether a variable or key is named for a host. */
export const isHostSetting = perText(
  (name) => hostWords.has(wordsIn(name).at(-1) ?? '') || serviceName.test(name),
);

/**
 * Of members that find each other by DNS: any other `SERVICE_NAME` is what a program calls itself.
 */
const serviceName =
  /^(?:K8S|KUBERNETES)_(?:\w{1,40}_)?SERVICE(?:_NAME)?$|HEADLESS_SERVICE(?:_NAME)?$/;

/**
 * What finds the setting of the port that belongs to a host's, and is equal for both; undefined for
 * every other setting.
 */
export function settingPair(name: string): string | undefined {
  const words = wordsIn(name);
  // `port_value` of Envoy.
  if (words.at(-1) === 'value') words.pop();
  const last = words.pop() ?? '';
  return last === 'port' || hostWords.has(last) ? words.join('.') : undefined;
}

/** `PGHOST` of libpq, and what was named after it. */
const glued = /^(pg|mysql|redis|mongo)(?=(?:host|port)$)/i;

/** The words of a name, in lower case. */
export function wordsIn(name: string): string[] {
  return name
    .replace(glued, '$1.')
    .replace(/([a-z0-9])([A-Z])/g, '$1.$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
