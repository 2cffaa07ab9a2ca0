/**
 * All commands, in the order of help. Each is loaded when it is asked for: a run pays for its own
 * only.
 */
import type { Command } from './command.ts';

const loaders = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  get: async () => (await import('./commands/get.ts')).get,
  describe: async () => (await import('./commands/describe.ts')).describe,
  trace: async () => (await import('./commands/trace.ts')).trace,
  diff: async () => (await import('./commands/diff.ts')).diff,
  verify: async () => (await import('./commands/verify.ts')).verify,
  rules: async () => (await import('./commands/rules.ts')).rules,
  explain: async () => (await import('./commands/explain.ts')).explain,
  config: async () => (await import('./commands/config.ts')).config,
  merge: async () => (await import('./commands/merge.ts')).merge,
  init: async () => (await import('./commands/init.ts')).init,
  completion: async () => (await import('./commands/completion.ts')).completionCommand(allCommands),
} satisfies Readonly<Record<string, () => Promise<Command>>>;

export type CommandName = keyof typeof loaders;

export const commandNames = Object.keys(loaders) as readonly CommandName[];

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(loaders, name);
}

export function loadCommand(name: CommandName): Promise<Command> {
  return loaders[name]();
}

export function allCommands(): Promise<readonly Command[]> {
  return Promise.all(commandNames.map(loadCommand));
}
