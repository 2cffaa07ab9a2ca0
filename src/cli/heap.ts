/** How much memory a run on many manifests takes. */
import type { SourceFile } from '../manifest/source.ts';

/** In characters; less is done before V8 would collect anything. */
const many = 4_000_000;
/** How much more than what is in use may be there before V8 collects. */
const slack = 40;
/** Those of Node 20 to 24. What another V8 does not know it would complain of. */
const knownVersions = /^1[123]\./;

/**
 * V8 lets what is in use grow to twice to four times of itself before it collects, on the
 * assumption that a program which needs memory may have it. Pictures of units come and go, and
 * collecting them earlier costs a twentieth of the time and halves the memory.
 */
export function boundHeap(files: readonly SourceFile[]): void {
  let size = 0;
  for (const { text } of files) size += text.length;
  if (size < many || !knownVersions.test(process.versions.v8)) return;
  process.getBuiltinModule('node:v8').setFlagsFromString(`--heap-growing-percent=${slack}`);
}
