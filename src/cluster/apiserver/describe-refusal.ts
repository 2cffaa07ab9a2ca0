import { splitApiVersion } from '../../kubernetes/group-version.ts';
import { goQuote } from './go-format.ts';
import type { Refusal } from './refusal.ts';

/**
 * The API server's whole error as kubectl prints it: `Service "web" is invalid: spec.ports:
 * Required value`. Of decoding errors it names the first wrong type or all unknown fields; of field
 * errors all, each once (apimachinery api/errors NewInvalid, runtime NewStrictDecodingError).
 */
export function describeRefusal(
  { apiVersion, kind, name }: { apiVersion: string; kind: string; name: string },
  refusals: readonly Refusal[],
): string {
  const messages = [...new Set(refusals.map((refusal) => refusal.message))];
  const [group, version] = splitApiVersion(apiVersion);
  const first = refusals[0];
  if (first?.type === 'Not served' || first?.type === 'Not admitted') return first.message;
  if (first?.type === 'Wrong type' || first?.type === 'Unknown field') {
    const problem =
      first.type === 'Wrong type' ? first.message : `strict decoding error: ${messages.join(', ')}`;
    return `${kind} in version ${goQuote(version)} cannot be handled as a ${kind}: ${problem}`;
  }
  const qualified = group === '' ? kind : `${kind}.${group}`;
  return (
    `${qualified} ${goQuote(name)} is invalid: ` +
    `${messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`}`
  );
}
