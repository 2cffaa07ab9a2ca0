/** The version from package.json; the bundle has it written in. */
import { readFileSync } from 'node:fs';

declare const KUBEPLUMB_VERSION: string | undefined;

export const version: string =
  typeof KUBEPLUMB_VERSION === 'string' ? KUBEPLUMB_VERSION : fromPackage();

function fromPackage(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
