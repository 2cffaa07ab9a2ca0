/** What a command is. */
import type { CommandLine, FlagName } from './flags.ts';
import type { ExitCode, Io } from './io.ts';

export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Behind `kubeplumb`, one way of calling it a line. */
  readonly usage: readonly string[];
  /** Flags beside --help and --color, in the order of help. */
  readonly flags: readonly FlagName[];
  /** What a flag means here, where that is not what it means elsewhere. */
  readonly flagHelp?: Partial<Readonly<Record<FlagName, string>>>;
  /** What `--output` takes. */
  readonly formats?: readonly string[];
  /** What the first argument can be, where that is one of a few words. */
  readonly words?: readonly string[];
  /** What stands below the flags, and command lines with what they do. */
  readonly notes?: string;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** `line.positionals` no longer holds the command's name. */
  run(line: CommandLine, io: Io): Promise<ExitCode>;
}
