/** From a command line to an exit code. */
import { isInput } from '../files/read.ts';
import { PluginError } from '../lint/plugins/plugin-error.ts';
import { harmless, printableLines } from '../report/safe-text.ts';
import { ansiStyle, plainStyle } from '../report/style.ts';
import { nearestName } from '../text/nearest-name.ts';
import { usesColor } from './color.ts';
import type { Command } from './command.ts';
import { allCommands, commandNames, isCommand, loadCommand } from './commands.ts';
import { ConfigError } from './config-error.ts';
import {
  type CommandLine,
  flagIn,
  type FlagName,
  flags,
  parseCommandLine,
  spellings,
} from './flags.ts';
import { commandHelp, overview } from './help.ts';
import type { ExitCode, Io, Output } from './io.ts';
import { didYouMeanPath, withSpaces } from './nearby-path.ts';
import { commandHere, flagHere, isOfOthers } from './other-tools.ts';
import { rerun } from './rerun.ts';
import { didYouMean, OutsideError, UnknownFlag, UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** Runs one command. Never throws: wrong use and crashes are told on stderr and give 2. */
export async function main(argv: readonly string[], given: Io): Promise<ExitCode> {
  // Whoever composes a message may forget that a stranger has a part in it.
  const stderr: Output = {
    write: (text) => given.stderr.write(harmless(printableLines(text))),
    get isTTY() {
      return given.stderr.isTTY;
    },
    get columns() {
      return given.stderr.columns;
    },
  };
  const io = { ...given, stderr };
  const line = await watched(argv);
  return line === undefined
    ? attempted(argv, io, given)
    : rerun(line, io, async (looksAt) => attempted(argv, { ...io, looksAt }, given));
}

/** The command line, where it asks for `--watch`; what is wrong with any is told when it is run. */
async function watched(argv: readonly string[]): Promise<CommandLine | undefined> {
  if (!argv.some((argument) => argument === '--watch' || /^-\w+$/.test(argument))) return undefined;
  try {
    const line = parseCommandLine(argv);
    const [first = ''] = line.positionals;
    const { flags: known } = await loadCommand(isCommand(first) ? first : 'lint');
    return line.has('watch') && known.includes('watch') && !line.has('help') ? line : undefined;
  } catch {
    return undefined;
  }
}

/** Never throws. */
async function attempted(argv: readonly string[], io: Io, given: Io): Promise<ExitCode> {
  try {
    return await run(parseCommandLine(argv), io);
  } catch (error) {
    if (error instanceof UsageError) {
      const command = error.command ?? argv.find(isCommand);
      const help = command === undefined ? 'kubeplumb --help' : `kubeplumb ${command} --help`;
      const meant = error instanceof UnknownFlag ? await flagMeant(error.written, command) : '';
      io.stderr.write(`error: ${error.message}${meant}\n(${help} tells more)\n`);
      return 2;
    }
    if (error instanceof PluginError || error instanceof OutsideError) {
      io.stderr.write(`error: ${error.message}\n`);
      return 2;
    }
    if (error instanceof ConfigError) return reportConfig(error, argv, given);
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(
      `error: kubeplumb ${version} failed on this input, which is a fault of its own; ` +
        `please report it:\nhttps://github.com/kubeplumb/kubeplumb/issues\n${details}\n`,
    );
    return 2;
  }
}

/** For programs one line each, for people with the place. */
function reportConfig(error: ConfigError, argv: readonly string[], io: Io): ExitCode {
  const line = parseCommandLine(argv);
  const style = usesColor(line.value('color'), io.stderr, io.env) ? ansiStyle(false) : plainStyle;
  const forPeople = line.list('output').every((format) => format === 'pretty');
  const told = forPeople
    ? error.pretty(style, Math.min(io.stderr.columns ?? 100, 120))
    : error.compact();
  io.stderr.write(harmless(told));
  return 2;
}

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  if (line.has('version') || (line.positionals[0] === 'version' && line.positionals.length === 1)) {
    io.stdout.write(`kubeplumb ${version}\n`);
    return 0;
  }
  const [first] = line.positionals;
  if (first === undefined) return withoutArguments(line, io);
  if (first === 'help') return help(line.positionals[1], io);
  if (isCommand(first)) {
    line.positionals.shift();
    return execute(await loadCommand(first), line, io);
  }
  if (line.has('help') || isInput(first, io.cwd)) {
    const late = line.positionals.find((word) => isCommand(word) && !isInput(word, io.cwd));
    if (late !== undefined)
      throw new UsageError(
        `"${late}" is a command, and comes first: kubeplumb ${late} PATH…`,
        late,
      );
    return execute(await loadCommand('lint'), line, io);
  }
  throw new UsageError(neither(line.positionals, io.cwd));
}

async function withoutArguments(line: CommandLine, io: Io): Promise<ExitCode> {
  if (line.has('filename') || line.has('kustomize') || line.has('helm'))
    return execute(await loadCommand('lint'), line, io);
  if (line.has('help')) {
    io.stdout.write(overview(await allCommands(), io.stdout.columns));
    return 0;
  }
  // As lint says: without any path the working directory is read.
  return execute(await loadCommand('lint'), line, io);
}

async function execute(command: Command, line: CommandLine, io: Io): Promise<ExitCode> {
  if (line.has('help')) {
    io.stdout.write(commandHelp(command, io.stdout.columns));
    return 0;
  }
  for (const flag of line.given()) {
    if (flag === 'color' || command.flags.includes(flag)) continue;
    const short = flags[flag].short;
    throw new UsageError(
      `${command.name} has no flag --${flag}${short === undefined ? '' : ` (-${short})`}; ` +
        `it belongs to ${await commandsWith(flag)}`,
      command.name,
    );
  }
  return command.run(line, io);
}

async function commandsWith(flag: FlagName): Promise<string> {
  const all = await allCommands();
  return all
    .filter((command) => command.flags.includes(flag))
    .map(({ name }) => name)
    .join(', ');
}

/** `; did you mean "--fix"?`, of the flags that the command takes if one of them is near. */
async function flagMeant(written: string, name = 'lint'): Promise<string> {
  const { flags: own } = await loadCommand(isCommand(name) ? name : 'lint');
  const isOurs = !isOfOthers(written);
  const nearest = isOurs ? nearestName(written, spellings(own)) : undefined;
  if (nearest !== undefined) return `; did you mean "--${nearest}"?`;
  const far = isOurs ? nearestName(written, spellings()) : undefined;
  const here = far === undefined ? flagHere(written) : `--${far}`;
  if (here === undefined) return '';
  const flag = flagIn(here);
  const isElsewhere = flag !== undefined && !own.includes(flag) && flag !== 'color';
  const where = isElsewhere ? `, which belongs to ${await commandsWith(flag)}` : '';
  return far === undefined ? `; here it is ${here}${where}` : `; did you mean "${here}"${where}?`;
}

async function help(name: string | undefined, io: Io): Promise<ExitCode> {
  if (name === undefined) {
    io.stdout.write(overview(await allCommands(), io.stdout.columns));
    return 0;
  }
  if (!isCommand(name)) throw new UsageError(unknownCommand(name));
  io.stdout.write(commandHelp(await loadCommand(name), io.stdout.columns));
  return 0;
}

function unknownCommand(name: string): string {
  return (
    `unknown command "${name}"${didYouMean(name, commandNames) || ';'} commands: ` +
    `${commandNames.join(', ')}`
  );
}

/** The first argument is not a command, and there is no such file. */
function neither(words: readonly string[], cwd: string): string {
  const [first = ''] = words;
  const path = withSpaces(words, cwd);
  if (path !== undefined) return `"${path}" is one path: a shell wants quotes around it`;
  const near = didYouMeanPath(first, cwd);
  if (/[./\\]/.test(first) || near !== '') return `"${first}" does not exist${near}`;
  const meant =
    commandHere(first) ||
    didYouMean(first, commandNames) ||
    `; commands: ${commandNames.join(', ')}`;
  return `"${first}" is neither a command nor a file${meant}`;
}
