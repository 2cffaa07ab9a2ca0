/**
 * The schedule and the time zone of a CronJob: `validateScheduleFormat` and `validateTimeZone`
 * (pkg/apis/batch/validation/validation.go), with the parser of github.com/robfig/cron v3.
 */
import { goQuote } from '../go-format.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const dayNames = 'sun mon tue wed thu fri sat'.split(' ');
const fields: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: monthNames },
  { min: 0, max: 6, names: dayNames },
];

const macros = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

/** `time.ParseDuration`. */
const duration =
  /^[+-]?(?:0|(?:(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:ns|us|µs|μs|ms|s|m|h)){1,32})$/u;
const every = '@every ';

/** Why the API server cannot read a schedule, in the parser's words (parser.go `Parser.Parse`). */
export function scheduleProblem(schedule: string): string | undefined {
  let spec = schedule;
  if (/^(?:CRON_)?TZ=/.test(spec)) {
    const blank = spec.indexOf(' ');
    if (blank === -1)
      return 'invalid schedule format: runtime error: slice bounds out of range [:-1]';
    const zone = spec.slice(spec.indexOf('=') + 1, blank);
    if (isUnknownZone(zone)) return `provided bad location ${zone}: unknown time zone ${zone}`;
    spec = spec.slice(blank).trim();
  }
  if (spec.startsWith('@')) return macroProblem(spec);
  const parts = spec.split(/\s+/u).filter((part) => part !== '');
  if (parts.length !== fields.length)
    return `expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`;
  for (const [index, bounds] of fields.entries())
    for (const range of (parts[index] ?? '').split(',')) {
      const problem = range === '' ? undefined : rangeProblem(range, bounds);
      if (problem !== undefined) return problem;
    }
  return undefined;
}

function macroProblem(spec: string): string | undefined {
  if (macros.has(spec)) return undefined;
  if (!spec.startsWith(every)) return `unrecognized descriptor: ${spec}`;
  const text = spec.slice(every.length);
  return duration.test(text)
    ? undefined
    : `failed to parse duration ${spec}: time: invalid duration ${goQuote(text)}`;
}

/** `getRange`: `*`, `a`, `a-b`, each with `/step` behind it. */
function rangeProblem(range: string, { min, max, names }: Bounds): string | undefined {
  const [bounds = '', step, ...slashes] = range.split('/');
  const [low = '', high, ...hyphens] = bounds.split('-');
  let [start, end] = [min, max];
  if (low !== '*' && low !== '?') {
    const first = numberOf(low, names, min);
    if (typeof first === 'string') return first;
    if (hyphens.length > 0) return `too many hyphens: ${range}`;
    const last = high === undefined ? first : numberOf(high, names, min);
    if (typeof last === 'string') return last;
    [start, end] = [first, last];
  }
  if (slashes.length > 0) return `too many slashes: ${range}`;
  const by = step === undefined ? 1 : numberOf(step);
  if (typeof by === 'string') return by;
  if (step !== undefined && high === undefined) end = max;
  if (start < min) return `beginning of range (${start}) below minimum (${min}): ${range}`;
  if (end > max) return `end of range (${end}) above maximum (${max}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return by === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

/** `parseIntOrName`; a text says why it is none. `first`: the number of the first name. */
function numberOf(text: string, names: readonly string[] = [], first = 0): number | string {
  const index = names.indexOf(text.toLowerCase());
  if (index !== -1) return index + first;
  if (!/^[+-]?\d{1,18}$/.test(text))
    return (
      `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid ` +
      'syntax'
    );
  const number = Number(text);
  return number < 0 ? `negative number (${number}) not allowed: ${text}` : number;
}

/** Why a time zone beside the schedule is refused; `zone` is set. */
export function timeZoneProblem(zone: string): string | undefined {
  if (zone === '') return 'timeZone must be nil or non-empty string';
  const isName = zone
    .split('/')
    .every((part) => /^[A-Za-z._0-9+-]{1,14}$/.test(part) && !/^(?:\.{1,2}$|-)/.test(part));
  if (!isName || isUnknownZone(zone)) return `unknown time zone ${zone}`;
  return zone.toLowerCase() === 'local'
    ? 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones'
    : undefined;
}

/** What Go's `time.LoadLocation` knows beside the names of the database. */
const known = new Set(['', 'UTC', 'Local', 'local', 'LOCAL']);

/** The database that JavaScript has is the same; it does not mind case, where Go does. */
function isUnknownZone(zone: string): boolean {
  if (known.has(zone)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    return timeZone !== zone && timeZone.toLowerCase() === zone.toLowerCase();
  } catch {
    return true;
  }
}
