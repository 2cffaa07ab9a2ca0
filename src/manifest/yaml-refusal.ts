/** Why a document of YAML cannot be read, as the parts of its reader throw it. */
import type { Problem } from './manifest.ts';
import type { Range } from './source.ts';

/** Thrown to leave the recursion; `readYaml` catches it. */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function refusal(
  message: string,
  range: Range,
  help?: string,
  code: Problem['code'] = 'syntax',
): Refusal {
  return new Refusal({ code, message, range, ...(help === undefined ? {} : { help }) });
}
