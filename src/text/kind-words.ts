/**
 * Names that say the same but for a word for what they name: `web`, `web-svc`, `svc-web`,
 * `web-deployment`.
 */

const kindWords: ReadonlySet<string> = new Set(
  (
    'svc service services deploy deployment dep pod pods app application container workload ' +
    'sts statefulset set ds daemonset rs replicaset'
  ).split(' '),
);

/** Keys whose values tell members of one application apart: two that are alike are two. */
const tellingApart =
  /(?:^|[./-])(?:version|track|colou?r|tier|role|env|environment|release|channel|stage|zone|region|shard|slot|generation)$/i;

/** Whether a label's key says which application it is, rather than which part or edition of it. */
export function isNaming(key: string): boolean {
  return !tellingApart.test(key);
}

/** Whether two different names are equal but for such words. */
export function differInKindWord(a: string, b: string): boolean {
  const [x, y] = [coreOf(a), coreOf(b)];
  return a !== b && x !== '' && x === y;
}

/** A name without such words; empty where nothing else is in it. */
export function coreOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[-_.]/)
    .filter((word) => !kindWords.has(word))
    .join('-');
}
