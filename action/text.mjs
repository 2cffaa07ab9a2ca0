/** Text between workflows, command lines and the log of the runner. */

/** Split at white space; quotes, single or double, keep it. A backslash is a backslash: paths of Windows hold them. */
export function words(text) {
  return [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*'|["'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );
}

/** A workflow command, escaped as in `actions/toolkit:packages/core/src/command.ts`. */
export function asCommand(name, message) {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::${name} title=kubeplumb::${escaped}\n`;
}

/** The runner obeys `::` at the start of a line and `##[` anywhere in it. */
export function harmless(text) {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}
