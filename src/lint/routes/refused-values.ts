/** What a value of Gateway API is refused for, whichever kind it stands in. */
import { fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';

export interface Problem {
  readonly at: Path;
  readonly part?: 'key';
  /** One sentence, lower case, no full stop. */
  readonly problem: string;
  readonly help: string;
}

const host = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** `Hostname`: a name in lower case, maybe with a star in front. */
export function* hostRefusals(value: Json | undefined, at: Path): Iterable<Problem> {
  if (typeof value !== 'string' || isPlaceholder(value) || host.test(value)) return;
  const help = /:\d+$/.test(value)
    ? 'take the port out: the listener has it'
    : value === '*'
      ? 'leave it out: that is every host'
      : 'write a name in lower case, such as shop.example.com or *.example.com';
  yield { at, problem: `"${value}" is no name of a host`, help };
}

export function* wordRefusals(
  value: Json | undefined,
  at: Path,
  field: readonly string[],
  allowed: readonly string[],
): Iterable<Problem> {
  const written = fieldAt(value, ...field);
  if (typeof written !== 'string' || isPlaceholder(written) || allowed.includes(written)) return;
  yield {
    at: [...at, ...field],
    problem: `"${written}" is none of ${allowed.join(', ')}`,
    help: `write one of ${allowed.join(', ')}`,
  };
}
