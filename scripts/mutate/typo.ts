/** The slips that people make: deterministic, for a run must be comparable with the one before. */

/** What a name must look like for the API server to take it. */
export type NameForm = 'label-value' | 'label-key' | 'dns-label' | 'dns-name' | 'port-name';

const forms: Readonly<Record<NameForm, (text: string) => boolean>> = {
  'label-value': (text) => text.length <= 63 && /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/.test(text),
  'label-key': (text) =>
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(text),
  'dns-label': (text) => text.length <= 63 && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text),
  'dns-name': (text) =>
    text.length <= 253 &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(text),
  'port-name': (text) =>
    text.length <= 15 &&
    /[a-z]/.test(text) &&
    !text.includes('--') &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text),
};

const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

const slips: readonly ((text: string, at: number) => string)[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.charAt(at) + text.slice(at),
  (text, at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
  (text, at) => text.slice(0, at) + neighbour(text.charAt(at)) + text.slice(at + 1),
  (text) => (text.includes('-') ? text.replace('-', '_') : text.replace('_', '-')),
  (text) => text.replace(/[-_]/, ''),
];

function neighbour(letter: string): string {
  const row = rows.find((candidate) => candidate.includes(letter));
  const at = row?.indexOf(letter) ?? -1;
  return row?.charAt(at === row.length - 1 ? at - 1 : at + 1) ?? letter;
}

/**
 * A misspelling that is legal and none of `taken`; undefined where there is none (a name of one
 * letter).
 */
export function misspell(
  text: string,
  form: NameForm,
  seed: number,
  taken: ReadonlySet<string> = new Set(),
): string | undefined {
  // The part of a key before the slash is copied from somewhere; what people type is the name.
  const slash = form === 'label-key' ? text.lastIndexOf('/') + 1 : 0;
  const [prefix, name] = [text.slice(0, slash), text.slice(slash)];
  if (name.length < 2) return undefined;
  for (let attempt = 0; attempt < slips.length * name.length; attempt += 1) {
    const slip = slips[(seed + attempt) % slips.length] as (typeof slips)[number];
    const at = ((seed >>> 4) + attempt) % name.length;
    const written = prefix + slip(name, at);
    if (written !== text && forms[form](written) && !taken.has(written)) return written;
  }
  return undefined;
}

/** Digits swapped or one off, within what is a port. */
export function mistypeNumber(
  number: number,
  seed: number,
  taken: ReadonlySet<number> = new Set(),
): number | undefined {
  const digits = String(number);
  const swapped = [...digits].map((_, at) =>
    Number(digits.slice(0, at) + digits.charAt(at + 1) + digits.charAt(at) + digits.slice(at + 2)),
  );
  const candidates = [...swapped, number + 1, number + 10, number - 1];
  return candidates
    .map((_, attempt) => candidates[(seed + attempt) % candidates.length] as number)
    .find(
      (candidate) =>
        candidate !== number && candidate > 0 && candidate < 65536 && !taken.has(candidate),
    );
}

/** Keys that mean the same to people, and to no controller. */
const synonyms: Readonly<Record<string, string>> = {
  app: 'app.kubernetes.io/name',
  name: 'app',
  component: 'app.kubernetes.io/component',
  'k8s-app': 'app',
  'app.kubernetes.io/name': 'app',
  'app.kubernetes.io/instance': 'instance',
  'app.kubernetes.io/component': 'component',
  'app.kubernetes.io/part-of': 'part-of',
};

/** Another key for the same thing, or the same one misspelt. */
export function renameKey(
  key: string,
  seed: number,
  taken: ReadonlySet<string>,
): string | undefined {
  const synonym = synonyms[key];
  if (seed % 2 === 0 && synonym !== undefined && !taken.has(synonym)) return synonym;
  return misspell(key, 'label-key', seed >>> 1, taken);
}

/** FNV-1a, 32 bits. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
