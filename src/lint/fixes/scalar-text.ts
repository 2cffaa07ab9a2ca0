import { resolvePlain } from '../../manifest/scalars.ts';

/**
 * How a value is written in the place of another: with that one's quotes (JSON needs them), else
 * with quotes only where it would be read as something else.
 */
export function scalarText(value: string | number | boolean, replaced: string): string {
  if (typeof value !== 'string') return String(value);
  if (replaced.startsWith('"')) return JSON.stringify(value);
  if (replaced.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  return isPlain(value) ? value : JSON.stringify(value);
}

/** Whether YAML 1.1 reads the text as this very string, in block and flow style alike. */
function isPlain(text: string): boolean {
  return (
    resolvePlain(text) === text &&
    /^[\w./]([\w./ +@:-]*[\w./+@-])?$/.test(text) &&
    !/: | #/.test(text)
  );
}
