/**
 * Names that say the same but for a word for what they name: `web`, `web-svc`, `svc-web`,
 * `web-deployment`.
 */

const kindWords: ReadonlySet<string> = new Set(
  (
    'svc srv service services deploy deployment dep depl pod pods app application container ' +
    'workload sts statefulset set ds daemonset rs replicaset'
  ).split(' '),
);

/** Keys whose values tell members of one application apart: two that are alike are two. */
const tellingApart =
  /(?:^|[./-])(?:version|track|colou?r|tier|role|env|environment|release|channel|stage|zone|region|shard|slot|generation)$/i;

/** Whether a label's key says which application it is, rather than which part or edition of it. */
export function isNaming(key: string): boolean {
  return !tellingApart.test(key);
}

/**
 * Words that say nothing in the name of an object of that kind alone: `account` is an application
 * elsewhere.
 */
const ownWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    ServiceAccount: 'sa account serviceaccount user',
    Role: 'role clusterrole',
    ClusterRole: 'role clusterrole',
    ConfigMap: 'cm config configmap configuration conf',
    Secret: 'secret secrets credentials creds',
    PersistentVolumeClaim: 'pvc claim volume pv',
    StorageClass: 'sc class storageclass',
    Middleware: 'middleware',
    Gateway: 'gateway gw',
    TriggerAuthentication: 'auth authentication trigger',
  }).map(([kind, words]) => [kind, new Set(words.split(' '))]),
);

/**
 * Whether two different names, of labels' values or of objects of a kind, are equal but for such
 * words.
 */
export function differInKindWord(a: string, b: string, kind = ''): boolean {
  return a !== b && coreOf(a, kind) === coreOf(b, kind);
}

/**
 * Whether two names share a word, and have each a word of their own as well: `letsencrypt-prod` and
 * `letsencrypt-staging` are two things of one family.
 */
export function areSiblings(a: string, b: string, kind = ''): boolean {
  const [x, y] = [a, b].map((name) => new Set(coreOf(name, kind).split('-')));
  if (x === undefined || y === undefined) return false;
  const shared = [...x].filter((word) => word.length > 2 && y.has(word)).length;
  return shared > 0 && x.size > shared && y.size > shared;
}

/** The words of a name; such of one or two letters say nothing. */
export function wordsOfName(name: string): string[] {
  return name.split('-').filter((word) => word.length > 2);
}

/** Whether two names have a word in common. */
export function shareWord(a: string, b: string): boolean {
  const words = new Set(wordsOfName(a));
  return wordsOfName(b).some((word) => words.has(word));
}

/** The same words, of which one is short for the other. */
const shortened: ReadonlyMap<string, string> = new Map([
  ['service', 'svc'],
  ['srv', 'svc'],
  ['application', 'app'],
  ['deployment', 'deploy'],
  ['configuration', 'config'],
  ['conf', 'config'],
  ['credentials', 'creds'],
]);

/** A name without such words; where nothing else is in it, they are made alike. */
export function coreOf(name: string, kind = ''): string {
  const own = ownWords.get(kind);
  const words = name.toLowerCase().split(/[-_.]/);
  const core = words.filter((word) => !kindWords.has(word) && own?.has(word) !== true);
  return (core.length > 0 ? core : words.map((word) => shortened.get(word) ?? word)).join('-');
}
