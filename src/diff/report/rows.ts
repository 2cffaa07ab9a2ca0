/**
 * One change in words: port by port, what was there and what is. Pods by workload, as `get` writes
 * them; never stand-ins.
 */
import { addressText } from '../../report/members.ts';
import { enumerate } from '../../text/enumerate.ts';
import type { DiffReport } from '../diff-report.ts';
import type { EndpointChange, PortChange } from '../endpoint-changes.ts';
import type { EndpointSet, PortEndpoints } from '../endpoints-side.ts';

export interface ChangeRow {
  /** `http 80`; empty where there is but one port and it did not change, or none. */
  readonly port: string;
  /** Absent where the port was not there. */
  readonly before?: string;
  readonly after?: string;
}

/** So many sets are named. */
const namedSets = 6;
const namedUnits = 3;

export function changeRows(change: EndpointChange): ChangeRow[] {
  const { kind, base, head } = change;
  const open = '<unknown>';
  const rows = change.ports.flatMap((port): ChangeRow[] => [
    ...(isPolicyOnly(port)
      ? []
      : [
          {
            ...(kind === 'unknown' && head === undefined && { after: open }),
            ...(kind === 'known' && base === undefined && { before: open }),
            ...portRow(port),
          },
        ]),
    ...policyRow(port),
  ]);
  if (
    base === undefined ||
    head === undefined ||
    base.families.length === 0 ||
    head.families.length === 0
  )
    return rows;
  if (base.families.join() !== head.families.join())
    rows.push({
      port: 'addresses',
      before: base.families.join(','),
      after: head.families.join(','),
    });
  return rows;
}

/** The endpoints stay, and others may reach them. */
function isPolicyOnly({ base, head }: PortChange): boolean {
  const rest = (port: PortEndpoints): string =>
    JSON.stringify({ ...port, admits: undefined, reason: undefined });
  return base !== undefined && head !== undefined && rest(base) === rest(head);
}

/** Who may connect, where policies change that. */
function policyRow({ base, head }: PortChange): ChangeRow[] {
  if (base === undefined || head === undefined || base.admits === head.admits) return [];
  const label = labelOf(head);
  const nobody = 'open: no NetworkPolicy isolates the pods';
  return [
    {
      port: `${label === '' ? '' : `${label} `}policy`,
      before: base.admits ?? nobody,
      after: head.admits ?? nobody,
    },
  ];
}

function portRow({ base, head }: PortChange): ChangeRow {
  const [before, after] = [base, head].map((port) => port && labelOf(port));
  const plain = [base, head].map((port) => port && answerText(port, false));
  // Equal words for different things: a StatefulSet in place of a Deployment of that name.
  const kinds = plain[0] === plain[1] && before === after;
  const [was, is] = kinds ? [base, head].map((port) => port && answerText(port, true)) : plain;
  return {
    port:
      before === undefined || after === undefined || before === after
        ? (after ?? before ?? '')
        : `${before} → ${after}`,
    ...(was !== undefined && { before: was }),
    ...(is !== undefined && { after: is }),
  };
}

function labelOf({ name, port, protocol }: PortEndpoints): string {
  return [
    name,
    ...(port === undefined ? [] : [`${port}${protocol === 'TCP' ? '' : `/${protocol}`}`]),
  ]
    .filter(Boolean)
    .join(' ');
}

/** As `get endpoints` has it, with what is not ready. */
function answerText({ sets, open, answer }: PortEndpoints, kinds: boolean): string {
  const texts = sets.map((set) => setText(set, kinds));
  const shown =
    texts.length > namedSets
      ? [...texts.slice(0, namedSets - 1), `${texts.length - namedSets + 1} more`]
      : texts;
  if (open || (answer === 'unknown' && texts.length === 0)) shown.push('<unknown>');
  return shown.join(',') || '<none>';
}

function setText({ workload, text, port, ready }: EndpointSet, kinds: boolean): string {
  const kind = workload === undefined ? '' : `${workload.slice(0, workload.indexOf('/'))}/`;
  const named = `${kinds && !text.startsWith(kind) ? kind : ''}${text}`;
  const who =
    workload === undefined
      ? addressText(text, port)
      : `${named}${port === undefined ? '' : `:${port}`}`;
  return ready ? who : `${who} (not ready)`;
}

/** `(overlays/dev, overlays/prod)`, where a Service is in several units; empty otherwise. */
export function unitsText(
  { namespace, name, units }: EndpointChange,
  { repeated }: DiffReport,
): string {
  if (!repeated.has(`${namespace}/${name}`)) return '';
  const texts = [
    ...new Set(
      units.map(({ base, head }) =>
        base === undefined || head === undefined || base === head
          ? (head ?? base ?? '')
          : `${base} → ${head}`,
      ),
    ),
  ];
  const shown =
    texts.length > namedUnits
      ? [...texts.slice(0, namedUnits - 1), `${texts.length - namedUnits + 1} more`]
      : texts;
  return `(${enumerate(shown)})`;
}

/** Why, in one line; undefined where there is nothing to say beyond the endpoints themselves. */
export function whyText({ gone, renamed, reason, kind }: EndpointChange): string | undefined {
  const lost = gone.filter((workload) => !renamed.some(({ from }) => from === workload));
  const parts = kind === 'emptied' ? renamed.map(({ from, to }) => `${from} is now ${to}`) : [];
  if (kind === 'emptied' && lost.length > 0)
    parts.push(`${enumerate(lost)} ${lost.length === 1 ? 'is' : 'are'} gone`);
  if (reason !== undefined) parts.push(reason);
  return parts.length === 0 ? undefined : parts.join('; ');
}

export function serviceName({ namespace, name }: EndpointChange): string {
  return `${namespace}/${name}`;
}
