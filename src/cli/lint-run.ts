/** What one run of `lint` is about. */
import type { Rule } from '../lint/rule.ts';
import type { LoadedConfig } from './config.ts';
import type { CommandLine } from './flags.ts';
import type { ReadProject } from './inputs.ts';
import type { Io } from './io.ts';
import type { LintScope } from './lint-scope.ts';

export interface LintRun {
  readonly line: CommandLine;
  readonly io: Io;
  readonly scope: LintScope;
  /** Inputs as the user typed them. */
  readonly named: readonly string[];
  readonly config: LoadedConfig;
  readonly rules: readonly Rule[];
  readonly project: ReadProject;
}
