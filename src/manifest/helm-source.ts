/**
 * What `helm template` writes above every document: `# Source:
 * shop/charts/cache/templates/service.yaml`.
 */
import type { SourceFile } from './source.ts';

/** Of several the last one counts, which stands nearest. */
const sourceLine = /^# Source: ([\w.-]+\/(?:charts|templates|crds)\/.+)$/gm;

/** The template that a text before or around a place names. */
export function sourceIn(text: string): string | undefined {
  let path: string | undefined;
  for (const [, found] of text.matchAll(sourceLine)) path = found?.trimEnd();
  return path;
}

/** The template that a place of a rendered file was rendered from, as Helm names it. */
export function templateAt({ text }: SourceFile, offset: number): string | undefined {
  if (!text.includes('# Source: ')) return undefined;
  const separator = text.lastIndexOf('\n---', offset);
  return sourceIn(text.slice(Math.max(0, separator), offset));
}
