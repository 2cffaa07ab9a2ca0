/** Scripts that make shells complete command lines. */
import { rules } from '../../../rules/index.ts';
import { getOwn } from '../../own.ts';
import type { Command } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { type CompletedCommand, completedCommands } from '../completion/completions.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { unknownValue, UsageError } from '../usage-error.ts';

const scripts: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};
const shells = Object.keys(scripts);

/** `commands` gives all there are, this one among them. */
export function completionCommand(commands: () => Promise<readonly Command[]>): Command {
  return {
    name: 'completion',
    summary: 'print a script that completes commands, flags and their values in your shell',
    usage: [`completion ${shells.join('|')}`],
    flags: [],
    words: shells,
    notes:
      'bash: add the line below to ~/.bashrc. zsh: write the script to a file _kubeplumb ' +
      'in a directory of $fpath, or source it behind compinit. fish: write it to ' +
      '~/.config/fish/completions/kubeplumb.fish.',
    examples: [
      [
        'source <(kubeplumb completion bash)',
        'in ~/.bashrc; bash 3.2: eval "$(kubeplumb completion bash)"',
      ],
      ['source <(kubeplumb completion zsh)', 'in ~/.zshrc, behind compinit'],
      ['kubeplumb completion fish > ~/.config/fish/completions/kubeplumb.fish', 'once'],
    ],
    async run(line, io) {
      const [shell, more] = line.positionals;
      if (shell === undefined || more !== undefined)
        throw new UsageError(`completion takes one shell: ${shells.join(', ')}`, 'completion');
      const script = getOwn(scripts, shell);
      if (script === undefined)
        throw new UsageError(unknownValue('shell', shell, shells), 'completion');
      const ids = rules.map(({ meta }) => meta.id);
      io.stdout.write(script(completedCommands(await commands(), ids)));
      return 0;
    },
  };
}
