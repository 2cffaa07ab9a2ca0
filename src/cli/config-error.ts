/** A kubeplumb.yaml with mistakes: all of them, each at its place. */
import type { ConfigProblem } from '../config/problem.ts';
import { pushAll } from '../lists.ts';
import type { SourceFile } from '../manifest/source.ts';
import { sourceFrame } from '../report/frame.ts';
import { printable } from '../report/safe-text.ts';
import type { Style } from '../report/style.ts';
import { counted } from '../report/text.ts';

export class ConfigError extends Error {
  readonly file: SourceFile;
  readonly problems: readonly ConfigProblem[];

  constructor(file: SourceFile, problems: readonly ConfigProblem[]) {
    super(`${file.path}: ${problems.map(({ message }) => message).join('; ')}`);
    this.file = file;
    this.problems = problems;
  }

  /** `kubeplumb.yaml:3:1: error: unknown key "namspace"; did you mean "namespace"?`, one a line. */
  compact(): string {
    return this.problems
      .map(({ range, message }) => {
        const { line, column } = this.file.position(range[0]);
        return `${printable(`${this.file.path}:${line}:${column}: error: ${message}`)}\n`;
      })
      .join('');
  }

  pretty(style: Style, width: number): string {
    const title = `${printable(this.file.path)} has ${counted(this.problems.length, 'mistake')}`;
    const lines = [`${style.red(style.bold('error'))}  ${style.bold(title)}`];
    for (const { range, message } of this.problems) {
      const { line, column } = this.file.position(range[0]);
      lines.push(`  ${style.dim(`${printable(this.file.path)}:${line}:${column}`)}`);
      pushAll(
        lines,
        sourceFrame(this.file, range, printable(message), {
          style,
          width,
          gutter: 3,
          paint: style.red,
        }),
      );
    }
    return `${lines.join('\n')}\n`;
  }
}
