/** What the `yaml` package complains of, in words that say what to do. */
import type { YAMLError } from 'yaml';
import type { Problem } from './manifest.ts';
import type { Range } from './source.ts';

/** A line that is nothing but dots. */
const ellipsis = /^[ \t]*(?:- )?(?:\.{3}|…|\[(?:\.{3}|…)\])[ \t]*(?:#.*)?$/m;

interface Wording {
  readonly message: string;
  readonly help?: string;
  readonly range?: Range;
}

/**
 * The first error that kubectl would stumble over, or undefined. `contentEnd` is where the
 * document's value ends: behind a flow collection (`isFlow`) go-yaml reads no further.
 */
export function syntaxProblem(
  errors: readonly YAMLError[],
  text: string,
  contentEnd: number,
  isFlow: boolean,
): Problem | undefined {
  const inOrder = errors
    .filter(
      (error) =>
        !isTolerated(error) &&
        !(isFlow && error.pos[0] >= contentEnd && error.code === 'UNEXPECTED_TOKEN'),
    )
    .sort((left, right) => left.pos[0] - right.pos[0]);
  const [error] = inOrder;
  if (error === undefined) return undefined;
  const start = Math.min(error.pos[0], text.trimEnd().length);
  const conflict = /^<{7}.*$/m.exec(text);
  if (conflict !== null) {
    const range: Range = [conflict.index, conflict.index + conflict[0].trimEnd().length];
    return {
      code: 'syntax',
      message: 'a merge conflict is not resolved',
      range,
      help: 'keep one side and remove the marker lines',
    };
  }
  const left = ellipsis.exec(text);
  if (left !== null) {
    const at = left.index + left[0].search(/\S/);
    return {
      code: 'syntax',
      message: 'an ellipsis stands for what was left out',
      range: [at, at + (/^[^ \t#]+/.exec(text.slice(at))?.[0].length ?? 0)],
      help: 'write it out, or take the line away',
    };
  }
  const { range, ...wording } =
    strangeBlank(text, start) ?? indentedSeparator(text, start) ?? describe(error, text, start);
  return {
    code: 'syntax',
    ...wording,
    range: range ?? [start, Math.max(start, Math.min(error.pos[1], endOfToken(text, start)))],
  };
}

/** Errors by the letter of YAML 1.2 that go-yaml v2 does not raise. */
function isTolerated({ code, message }: YAMLError): boolean {
  return (
    (code === 'MISSING_CHAR' && message.startsWith('Comments must be separated')) ||
    (code === 'BAD_DQ_ESCAPE' && message.endsWith(" \\'"))
  );
}

function endOfToken(text: string, start: number): number {
  const lineEnd = /[\r\n]/.exec(text.slice(start));
  return lineEnd === null ? text.length : Math.max(start + lineEnd.index, start + 1);
}

/** Where YAML wants a blank: one that looks like it, as word processors and chats make them. */
const strangeBlanks = /(?:^ *|[:-] *)([\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff])/;

function strangeBlank(text: string, start: number): Wording | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const found = strangeBlanks.exec(text.slice(lineStart, endOfToken(text, start)));
  if (found?.[1] === undefined) return undefined;
  const at = lineStart + found.index + found[0].length - 1;
  const code = found[1].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    message: `the character U+${code} looks like a blank, and is none to YAML`,
    help: 'write an ordinary blank',
    range: [at, at + 1],
  };
}

const separator = /^[ \t]{1,80}---[ \t]*(?:#.*)?\r?$/;

function indentedSeparator(text: string, start: number): Wording | undefined {
  const found = separator.exec(lineAt(text, start));
  if (found === null) return undefined;
  const at = text.lastIndexOf('\n', start - 1) + found[0].indexOf('---') + 1;
  return {
    message: '"---" begins a document only at the start of its line; here it is text',
    help: 'move it to the start of the line, and with it the object that begins below it',
    range: [at, at + 3],
  };
}

function describe(error: YAMLError, text: string, start: number): Wording {
  const found = text.charAt(start);
  if (
    /^(?: *\t)/.test(lineAt(text, start)) &&
    (error.code === 'TAB_AS_INDENT' || /[\t ]/.test(found))
  )
    return tabs(text, start);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return tabs(text, start);
    case 'BAD_SCALAR_START':
      return { message: `a value cannot start with ${found}`, help: 'put it in quotes' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return mappingValue(text, start);
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        message: 'this line is neither a key nor the end of the value above it',
        help: 'add the missing ":" or check the indentation',
      };
    case 'BAD_DQ_ESCAPE':
      return {
        message: `YAML has no escape ${text.slice(start, start + 2)}`,
        help: 'double the backslash, or use single quotes',
        range: [start, start + 2],
      };
    case 'BAD_ALIAS':
      return {
        message: found === '*' ? 'a value cannot start with *' : 'an anchor or alias has no name',
        help: 'put the value in quotes if it is text',
      };
    case 'BAD_INDENT':
      if (/ in block collection must/.test(error.message)) return unclosedFlow(text, start);
      return indentation(text, start);
    case 'BAD_COLLECTION_TYPE':
    case 'TAG_RESOLVE_FAILED':
      return {
        message: 'the tag cannot be resolved',
        help: 'put the value in quotes if its "!" is text',
      };
    case 'BLOCK_IN_FLOW':
      return {
        message: 'a block mapping or list cannot be inside [ ] or { }',
        help: lineAt(text, start).includes(';')
          ? 'part what is in the brackets with "," and not with ";"'
          : 'close the bracket first',
      };
    case 'MISSING_CHAR':
      return missing(error, text, start);
    case 'UNEXPECTED_TOKEN':
      return unexpected(error, text, start);
    default:
      return { message: error.message.charAt(0).toLowerCase() + error.message.slice(1) };
  }
}

/** A second `: ` on the line, or a key on the next one where the value went on. */
function mappingValue(text: string, start: number): Wording {
  const message = 'mapping values are not allowed here';
  const line = contentOfLine(text, start);
  if (/:(\s|$)/.test(text.slice(start, line[1])))
    return { message, help: 'quote the value if its ": " is text', range: [start, line[1]] };
  const next = line[1] + text.slice(line[1]).search(/\S|$/);
  return {
    message,
    help: 'the line above has a value already: check the indentation',
    range: contentOfLine(text, next),
  };
}

function indentation(text: string, start: number): Wording {
  return {
    message: 'the indentation does not fit the lines above',
    help: 'all keys of a mapping and all items of a list start at the same column',
    range: contentOfLine(text, start),
  };
}

/** From the first character at or behind `start` that is not blank to the end of its line. */
function contentOfLine(text: string, start: number): Range {
  const from = start + text.slice(start).search(/[^ \t]|$/);
  const lineEnd = from + text.slice(from).search(/[\r\n]|$/);
  return [from, from + text.slice(from, lineEnd).trimEnd().length];
}

function isBehindQuote(text: string, start: number): boolean {
  return /["'][ ]*$/.test(text.slice(Math.max(0, start - 20), start));
}

function behindQuote(text: string, start: number): Wording {
  return {
    message: 'unexpected text behind the closing quote',
    help: `quotes inside quotes: \\" in double ones, '' in single ones`,
    range: contentOfLine(text, start),
  };
}

function tabs(text: string, start: number): Wording {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const tab = text.indexOf('\t', lineStart);
  return {
    message: 'tabs cannot indent in YAML',
    help: 'indent with spaces',
    ...(tab === -1 ? {} : { range: [tab, tab + 1] as const }),
  };
}

function missing(error: YAMLError, text: string, start: number): Wording {
  if (/quote$/.test(error.message))
    return unclosed(text, start, error.message.includes('"') ? '"' : "'");
  if (/map keys need to be followed/.test(error.message))
    return {
      message: 'a key without ":"',
      help: 'write "key: value", with a blank behind the colon',
    };
  if (/ in flow (?:map|seq)|must end with a/i.test(error.message)) return unclosedFlow(text, start);
  if (/directives-end/.test(error.message)) {
    const help = 'remove the directive: YAML 1.1 is what kubectl reads anyway';
    return {
      message: 'kubectl takes a directive for a document of its own',
      help,
      range: contentOfLine(text, text.search(/^%/m)),
    };
  }
  if (/Missing , /.test(error.message))
    return isBehindQuote(text, start)
      ? behindQuote(text, start)
      : { message: 'a comma is missing' };
  if (/Missing space after/.test(error.message))
    return { message: 'a blank is missing behind ":"' };
  if (/Sequence item without/.test(error.message))
    return {
      message: 'an item of the list does not start with "- "',
      help: 'add the dash or check the indentation',
    };
  return { message: error.message.charAt(0).toLowerCase() + error.message.slice(1) };
}

function unexpected(error: YAMLError, text: string, start: number): Wording {
  const found = text.charAt(start);
  if (/Unexpected , in/.test(error.message)) return { message: 'nothing stands before this comma' };
  if (found === ']' || found === '}')
    return { message: `nothing is open that ${found} could close` };
  if (found === '@' || found === '`' || found === '%')
    return { message: `a value cannot start with ${found}`, help: 'put it in quotes' };
  if (isBehindQuote(text, start)) return behindQuote(text, start);
  if (found === '-' && /:[ ]+$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start)))
    return {
      message: 'a list cannot start on the line of its key',
      help: 'start it on the next line',
    };
  if (/at node end/.test(error.message))
    return {
      message: 'unexpected text behind the value',
      help: 'quote the whole value, or check the indentation',
    };
  if (/Block scalar header/.test(error.message))
    return {
      message: 'only a comment may follow the block indicator',
      help: 'start the text on the next line',
    };
  return indentation(text, start);
}

/** The quote that is not closed is the last one that opens a value before the end of the text. */
function unclosed(text: string, end: number, quote: string): Wording {
  const before = text.slice(0, end);
  const match = [...before.matchAll(quote === '"' ? /(^|[\s[{,:-])"/g : /(^|[\s[{,:-])'/g)].at(-1);
  const at = match === undefined ? before.lastIndexOf(quote) : match.index + match[0].length - 1;
  return {
    message: `unclosed ${quote}`,
    help: 'close the quote on the same line',
    ...(at < 0 ? {} : { range: [at, at + 1] as const }),
  };
}

function unclosedFlow(text: string, end: number): Wording {
  const open: number[] = [];
  for (let at = 0; at < end; at++) {
    const char = text.charAt(at);
    if (char === '[' || char === '{') open.push(at);
    else if (char === ']' || char === '}') open.pop();
  }
  const at = open.at(-1);
  if (at === undefined) return { message: 'a bracket is not closed' };
  const bracket = text.charAt(at);
  return {
    message: `unclosed ${bracket}`,
    help: `add the missing ${bracket === '[' ? ']' : '}'}`,
    range: [at, at + 1],
  };
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end);
}
