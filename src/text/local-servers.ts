/**
 * Commands that serve at localhost only, as they come: the servers that frameworks bring for
 * development, and stores that are to be opened on purpose.
 */

interface LocalServer {
  /** What is run, without paths in front of it. */
  readonly run: readonly string[];
  /** Flags that say where it listens, or where that is written. */
  readonly flags: readonly string[];
  /** It takes an address behind the command, as in `runserver 0.0.0.0:8000`. */
  readonly behind?: true;
  readonly variable?: string;
}

/** By what their own help says of the flag for the host. */
const servers: readonly LocalServer[] = [
  { run: ['flask', 'run'], flags: ['-h', '--host'], variable: 'FLASK_RUN_HOST' },
  { run: ['manage.py', 'runserver'], flags: [], behind: true },
  { run: ['uvicorn'], flags: ['--host', '--uds', '--fd'], variable: 'UVICORN_HOST' },
  { run: ['artisan', 'serve'], flags: ['--host'], variable: 'SERVER_HOST' },
  { run: ['ng', 'serve'], flags: ['--host', '--configuration', '-c'] },
  { run: ['hugo', 'server'], flags: ['--bind'] },
  { run: ['hugo', 'serve'], flags: ['--bind'] },
  { run: ['jekyll', 'serve'], flags: ['-H', '--host'] },
  { run: ['mkdocs', 'serve'], flags: ['-a', '--dev-addr'] },
];

/** A command that listens at localhost, and which of its words says so. */
export interface ServedLocally {
  readonly server: string;
  readonly word: number;
}

/**
 * @param words of the command and its arguments, those in a line for a shell apart
 * @param variables by their names
 */
export function servedLocally(
  words: readonly string[],
  variables: ReadonlySet<string>,
): ServedLocally | undefined {
  for (const { run, flags, behind, variable } of servers) {
    const [first = '', second] = run;
    const word = words.findIndex(
      (one, index) =>
        nameOf(one) === first && (second === undefined || words[index + 1] === second),
    );
    if (word === -1) continue;
    const others = words.slice(word + run.length);
    const isTold =
      (variable !== undefined && variables.has(variable)) ||
      others.some((one) => flags.some((flag) => isFlag(one, flag))) ||
      (behind === true && others.some((one) => /^(?!-)\S*[.:[$]/.test(one) && !isLoopback(one)));
    return isTold ? undefined : { server: run.join(' '), word };
  }
  return undefined;
}

function nameOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** `--host=0.0.0.0`, `-h0.0.0.0`. */
function isFlag(word: string, flag: string): boolean {
  return (
    word === flag ||
    word.startsWith(`${flag}=`) ||
    (flag.length === 2 && word.startsWith(flag) && !word.startsWith('--'))
  );
}

function isLoopback(address: string): boolean {
  return /^(?:127\.|localhost\b|\[?::1)/.test(address);
}

/** A setting of a file by which a server listens at localhost alone. */
export interface LocalSetting {
  readonly host: string;
  readonly offset: number;
}

const key =
  '(?:bind(?:[-_]?address|_?ip|Ip)?|listen_addresses|(?:server|network|http)\\.(?:host|address)|' +
  'rpc_address|listen_address)';
const local = '(?:127\\.0\\.0\\.1|localhost|-?::1)';
const line = new RegExp(`^[ \\t]{0,20}${key}[ \\t]{0,20}[:=]?[ \\t]{0,20}(\\S.{0,200})$`);
const onlyLocal = new RegExp(`^${local}(?:[, ]{1,3}${local}){0,5}$`);

/** Undefined where a line opens it to others as well, or none says anything. */
export function localSetting(text: string): LocalSetting | undefined {
  let found: LocalSetting | undefined;
  let start = 0;
  for (const written of text.split('\n')) {
    const [all, value = ''] = (written.length > 300 ? null : line.exec(written)) ?? [];
    const host = value.replace(/[ \t]#.*|["'[\]]/g, '').trim();
    if (all !== undefined && !onlyLocal.test(host)) return undefined;
    if (all !== undefined) found ??= { host, offset: start + all.length - value.length };
    start += written.length + 1;
  }
  return found;
}
