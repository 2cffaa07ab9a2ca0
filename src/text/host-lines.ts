/**
 * Hosts with their ports on lines of their own, as most files of settings have them:
 *
 *     redis:                 CACHE_HOST=redis       Host loki.obs.svc
 *       host: redis          CACHE_PORT=6379        Port 3100
 *       port: 6379
 */
import type { HostName } from './host-names.ts';
import { isHostSetting, settingPair } from './host-settings.ts';

interface Line {
  readonly indent: number;
  readonly key: string;
  readonly value: string;
  /** Where the value stands in the text. */
  readonly offset: number;
}

const assigned = '(?:[ \\t]{0,20}[:=][ \\t]{0,20}|[ \\t]{1,40})';
const setting = new RegExp(
  `^([ \\t]*)(?:- )?["']?([A-Za-z][\\w.-]{0,80})["']?${assigned}` +
    `["']?([a-z0-9][a-z0-9.-]{0,252})["']?,?(?:[ \\t]{1,20}#.{0,200})?[ \\t]{0,20}$`,
  'i',
);

/** Only those whose port stands beside them: a host alone may be of anything. */
export function hostLines(text: string): HostName[] {
  if (!text.includes('\n') || !/host|server|addr|broker/i.test(text)) return [];
  const found: HostName[] = [];
  let beside: Line[] = [];
  for (const line of linesOf(text)) {
    // Another mapping, or another section, begins.
    if (line === undefined || line.indent !== beside[0]?.indent) {
      found.push(...pairsIn(beside));
      beside = [];
    }
    if (line !== undefined) beside.push(line);
  }
  return [...found, ...pairsIn(beside)];
}

/** Undefined for a line that ends what stands beside each other. */
function* linesOf(text: string): Generator<Line | undefined> {
  let start = 0;
  for (const written of text.split('\n')) {
    const isEmpty = written.trim() === '' || /^\s*[#;]/.test(written);
    const [all, space = '', key = '', value = ''] =
      isEmpty || written.length > 400 ? [] : (setting.exec(written) ?? []);
    if (all !== undefined)
      yield { indent: space.length, key, value, offset: start + placeOf(value, key, written) };
    // Other settings may stand between a host and its port, but no other section.
    else if (!isEmpty && /^\s*\[|:[ \t]*$|[{}]\s*$/.test(written)) yield undefined;
    start += written.length + 1;
  }
}

/** Where a value stands behind its key. */
function placeOf(value: string, key: string, written: string): number {
  return written.indexOf(value, written.indexOf(key) + key.length);
}

function pairsIn(lines: readonly Line[]): HostName[] {
  const ports = new Map<string, Line>();
  for (const line of lines) {
    const pair = isHostSetting(line.key) ? undefined : settingPair(line.key);
    if (pair !== undefined && /^\d{2,5}$/.test(line.value)) ports.set(pair, line);
  }
  if (ports.size === 0) return [];
  return lines.flatMap(({ key, value, offset }): HostName[] => {
    const port = isHostSetting(key) ? ports.get(settingPair(key) ?? '') : undefined;
    if (port === undefined || !/[a-z]/i.test(value)) return [];
    const host = value.toLowerCase();
    return [
      {
        host,
        port: Number(port.value),
        offset,
        portOffset: port.offset,
        form: /\.svc(\.cluster\.local)?$/.test(host) ? 'name' : 'setting',
      },
    ];
  });
}
