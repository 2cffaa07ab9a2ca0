/**
 * The grammar of messages, asked of what a rule says in its cases: of every word, wherever in the
 * sources it comes from.
 */
import type {
  DocumentFinding,
  Finding,
  IgnoreContext,
  Messages,
  Rule,
  RuleContext,
} from '../../src/lint/rule.ts';

/** Words that ask or preach instead of saying what is. */
const softeners = /\b(?:please|simply|should|consider)\b/i;

/** What a template leaves behind whose parts are not there. */
const leftOver = /\b(?:undefined|NaN)\b|\[object /;

/** Its beginning in lower case, unless that is a name or an acronym; no full stop. */
const sentence = /^(?!(?:The|A|An|It|This|There|No|Change|Write|Add|Remove|Use)\b).*[^.!\s]$/s;

/** What is wrong with the words of a message, a why, a help or a label; undefined if nothing. */
export function grammarProblem(text: string): string | undefined {
  if (text === '' || text.trim() !== text) return 'is empty, or has space around it';
  if (!sentence.test(text)) return 'is no sentence in lower case without a full stop';
  if (leftOver.test(text)) return 'has a part that is missing';
  const [word] = softeners.exec(text.replace(/"[^"]*"/g, '""')) ?? [];
  return word === undefined ? undefined : `says "${word}"`;
}

function hold(what: string, text: string | undefined): void {
  const problem = text === undefined ? undefined : grammarProblem(text);
  if (problem !== undefined) throw new Error(`the ${what} ${problem}: ${text}`);
}

type Said = Finding<Messages, string> | DocumentFinding<Messages, string>;

function held(finding: Said, messages: Messages): void {
  hold('message', messages[finding.id]?.(finding.data));
  hold('why', finding.why);
  hold('help', finding.help);
  for (const { message } of finding.related ?? []) hold('label', message);
  for (const { title } of finding.fixes ?? []) hold('title of a fix', title);
}

/** The rule, which throws when what it says breaks the grammar. */
export function inGrammar<R extends Rule>(rule: R): R {
  const listen = <C extends RuleContext<Messages> | IgnoreContext<Messages>>(context: C): C => ({
    ...context,
    ...('report' in context && {
      report: (finding: Finding<Messages, string>) => {
        held(finding, rule.messages);
        context.report(finding);
      },
    }),
    reportDocument: (finding: DocumentFinding<Messages, string>) => {
      held(finding, rule.messages);
      context.reportDocument(finding);
    },
  });
  return {
    ...rule,
    ...(rule.check && { check: (context) => rule.check?.(listen(context)) }),
    ...(rule.checkIgnores && { checkIgnores: (context) => rule.checkIgnores?.(listen(context)) }),
  };
}
