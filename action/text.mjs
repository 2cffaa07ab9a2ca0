/** Text between workflows, command lines and the log of the runner. */

/**
 * Split at white space; quotes, single or double, keep it. A backslash is a backslash: paths of
 * Windows hold them.
 *
 * @param {string} text
 */
export function words(text) {
  return [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*'|["'])+/g)].map(([word]) =>
    word.replace(
      /"([^"]*)"|'([^']*)'/g,
      (_, /** @type {string | undefined} */ double, /** @type {string} */ single) =>
        double ?? single,
    ),
  );
}

/**
 * A workflow command, escaped as in `actions/toolkit:packages/core/src/command.ts`.
 *
 * @param {string} name
 * @param {string} message
 */
export function asCommand(name, message) {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::${name} title=kubeplumb::${escaped}\n`;
}

/**
 * The runner obeys `::` at the start of a line and `##[` anywhere in it.
 *
 * @param {string} text
 */
export function harmless(text) {
  return text.replace(/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

/**
 * Flags that inputs become, and what `kubeplumb` says of values that only one input can have given.
 *
 * @type {readonly (readonly [RegExp, string])[]}
 */
const named = [
  [/unknown value of --fail-on/g, 'unknown value of the input fail-on'],
  [/^(?:error: )?unknown format "/gm, 'the input format: unknown format "'],
  [/^(?:error: )?configuration (?=.* (?:does not exist|is no file))/gm, 'the input config: '],
  [/^(?:error: )?("[^"]*" is neither a path nor a revision)/gm, 'the input base: $1'],
  [/^(?:error: )?(?=.* (?:does not exist|matches no |holds no ))/gm, 'the input paths: '],
  [/^(?:error: )?(unknown flag|flag |lint has no flag)/gm, 'the input args: $1'],
];

/**
 * What is wrong, in the words of a workflow: who wrote it knows inputs, and no command line.
 *
 * @param {string} text
 * @param {string} [args] the input of that name
 */
export function ofInputs(text, args = '') {
  const told = text.replace(/\n\(kubeplumb(?: \w+)? --help tells more\)$/, '');
  const renamed = named.reduce((sentence, [flag, input]) => {
    // The first that fits says which input it is.
    return sentence.startsWith('the input ') ? sentence : sentence.replace(flag, input);
  }, told);
  const plain = renamed.replace(/^error: /gm, '');
  // Where something is wrong with a flag it is named, or what it was given is quoted.
  const given = words(args).flatMap((word) => word.split('='));
  const said = new Set(plain.split(/[\s"':;,()]+/));
  const isOfArgs = given.some((word) =>
    word.startsWith('--') ? said.has(word) : word !== '' && plain.includes(`"${word}"`),
  );
  return plain.startsWith('the input ') || !isOfArgs ? plain : `the input args: ${plain}`;
}
