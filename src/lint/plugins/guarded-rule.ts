/** A rule of a plugin, run so that whatever it does wrong is told as its own fault. */
import { describeError } from '../../fault.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { severities } from '../diagnostic.ts';
import type { Messages, Rule, RuleContext } from '../rule.ts';
import { PluginError } from './plugin-error.ts';

/** The same rule; its functions throw nothing but PluginErrors. */
export function guarded(rule: Rule, source: string): Rule {
  const fault = faultsOf(rule, source);
  const messages = guardedMessages(rule, fault);
  const checks = checksOf(messages, fault.fail);
  return {
    meta: rule.meta,
    messages,
    check: (context) =>
      fault.attempt('failed', () =>
        rule.check?.({
          ...context,
          report: (finding) => {
            checks.report(finding);
            context.report(finding);
          },
          reportDocument: (finding) => {
            checks.reportDocument(finding);
            context.reportDocument(finding);
          },
          unknown: (place) => {
            checks.unknown(place);
            context.unknown(place);
          },
        }),
      ),
  };
}

/** How the faults of a rule are told. */
interface Faults {
  readonly fail: (problem: string, cause?: unknown) => never;
  /** Runs what the plugin wrote; `what` is said of what it throws. */
  readonly attempt: <T>(what: string, action: () => T) => T;
}

function faultsOf({ meta }: Rule, source: string): Faults {
  const fail = (problem: string, cause?: unknown): never => {
    throw new PluginError(`plugin "${source}": rule "${meta.id}" ${problem}`, { cause });
  };
  return {
    fail,
    attempt: (what, action) => {
      try {
        return action();
      } catch (error) {
        if (error instanceof PluginError) throw error;
        return fail(`${what}: ${describeError(error)}`, error);
      }
    },
  };
}

function guardedMessages({ messages }: Rule, { attempt, fail }: Faults): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([id, message]) => [
      id,
      (data: never) => {
        const text: unknown = attempt(`cannot word its message "${id}"`, () => message(data));
        return typeof text === 'string' ? text : fail(`has a message "${id}" that gives no text`);
      },
    ]),
  );
}

/** Whether what a rule says has the form that it must have. */
function checksOf(
  messages: Messages,
  fail: Fail,
): Pick<RuleContext<Messages>, 'report' | 'reportDocument' | 'unknown'> {
  return {
    report(finding) {
      checkMessage(finding, messages, fail);
      checkPlace(finding, 'reports', fail);
      for (const related of finding.related ?? [])
        checkPlace(related, 'names a related place', fail);
      if (finding.severity !== undefined && !severities.includes(finding.severity))
        fail(
          `reports with severity "${String(finding.severity)}"; legal values: ` +
            `${severities.join(', ')}`,
        );
    },
    reportDocument(finding) {
      checkMessage(finding, messages, fail);
      if (finding.document?.file === undefined || !isRange(finding.range))
        fail('reports without a document and a range in it');
    },
    unknown(place) {
      checkPlace(place, 'leaves a question open', fail);
      if (typeof place.reason !== 'string') fail('leaves a question open without a reason');
    },
  };
}

type Fail = (problem: string) => never;

function checkMessage(finding: { readonly id: PropertyKey }, messages: Messages, fail: Fail): void {
  const id = String(finding?.id);
  if (Object.hasOwn(messages, id)) return;
  const known = Object.keys(messages);
  const near = nearestName(id, known);
  const meant =
    near === undefined ? `its messages: ${known.join(', ')}` : `did you mean "${near}"?`;
  fail(`reports message "${id}", which it does not have; ${meant}`);
}

function checkPlace(
  place: { readonly object: unknown; readonly at: unknown },
  does: string,
  fail: Fail,
): void {
  const { object, at } = place as {
    readonly object?: { readonly source?: { readonly document?: unknown } };
    readonly at?: unknown;
  };
  if (object?.source?.document === undefined) fail(`${does} without an object of the cluster`);
  if (
    !Array.isArray(at) ||
    !at.every((step) => typeof step === 'string' || typeof step === 'number')
  )
    fail(`${does} without a path: at: ['metadata', 'name']`);
}

function isRange(range: unknown): boolean {
  return (
    Array.isArray(range) && range.length === 2 && range.every((offset) => Number.isInteger(offset))
  );
}
