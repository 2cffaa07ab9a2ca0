/**
 * How much of anything is taken, so that nothing a stranger writes costs more than a run can
 * afford: the limits that users should know. Smaller bounds, as that of the lines of one list,
 * stand where they hold. docs/limits.md is made from this file (scripts/generate-limits.ts): a
 * heading is a comment of the form `// ## Files`, the first sentence of a constant's comment says
 * what it counts, what comes behind `Above:` says what happens to more.
 */

// ## Files

/**
 * Bytes of one file that is read from the disk or from a commit. Above: it is not read, which is
 * told like any other file that cannot be read.
 */
export const mostFileBytes = 32 * 1024 * 1024;

/**
 * Bytes of all files that are found below directories and by patterns. Above: reading stops, and
 * the run ends with exit code 2.
 */
export const mostFoundBytes = 256 * 1024 * 1024;

/** Bytes that are read from stdin. Above: the run ends with exit code 2. */
export const mostStdinBytes = 256 * 1024 * 1024;

/**
 * Directories below one another that are entered. Above: the directory is not listed, which is told
 * like any other that cannot be.
 */
export const mostDirectoryDepth = 200;

// ## Documents

/**
 * Mappings and lists within one another in one document. Above: the document is not read, which is
 * told and gives exit code 2.
 */
export const mostNesting = 256;

/**
 * Values that the aliases (`*x`, `<<: *x`) of all documents of a run stand for. Above: documents
 * with aliases are not read, which is told and gives exit code 2.
 */
export const mostAliased = 500_000;

// ## Kustomizations

/**
 * Objects that one kustomization brings together, with everything that it refers to. Above: it is
 * not built, which is told and gives exit code 2.
 */
export const mostBuiltObjects = 10_000;

/**
 * Objects of all kustomizations in one run, those of a base counted for each that refers to it.
 * Above: the others are not built, which is told and gives exit code 2.
 */
export const mostBuiltObjectsInAll = 100_000;

/**
 * Objects of all kustomizations in one run, each counted for every patch, label, replacement and
 * number of replicas that it is compared with. Above: the others are not built, which is told and
 * gives exit code 2.
 */
export const mostTransformations = 3_000_000;

// ## Regular expressions of manifests

/**
 * States of the machine that one becomes: letters, with those that are repeated counted each time.
 * Above: it matches nothing.
 */
export const mostRegexStates = 2_000;

// ## Patterns of files

/** Characters of one pattern in a `.gitignore` or a `kubeplumb.yaml`. Above: it matches nothing. */
export const mostPatternLength = 4_096;

// ## git

/** Files and symbolic links in one commit. Above: `diff` ends with exit code 2. */
export const mostFilesInCommit = 500_000;

/**
 * Seconds that git may take for one answer. Above: it is ended, and `diff` ends with exit code 2.
 */
export const mostGitSeconds = 120;

/** Characters in the name of a revision. Above: it is not a revision. */
export const mostRevisionLength = 1_000;

// ## Directories that refer to each other

/**
 * Characters of a ConfigMap that is read for the names of hosts. Above: it holds dashboards or
 * certificates, and names none.
 */
export const mostSettings = 65_536;

/**
 * Objects that are judged again because their directory is joined with several others, or they
 * have to do with several examples of their directory, with four more for each object that was
 * read. Above: further directories and examples are judged alone, which is told and gives exit
 * code 2.
 */
export const mostJoinedObjects = 10_000;

/**
 * Names and labels by which files have to do with several examples of their directory, counted for
 * each of these, with four more for each that was read. Above: further examples are judged alone,
 * which is told and gives exit code 2.
 */
export const mostJoinedNames = 500_000;

// ## Pods

/** Pods of one workload. Above: it is taken to ask for as many; no cluster runs more. */
export const mostPods = 100_000;

// ## Objects that are refused

/**
 * Faults of one object that the API server would refuse, which are thought mended to judge what
 * depends on it. Above: what depends on it is left open.
 */
export const mostMended = 200;

// ## Searches for what was meant

/**
 * Beginnings of names that are looked at in the search for the one nearest to a written name.
 * Above: a name that is further off in the alphabet is not suggested.
 */
export const mostComparisons = 20_000;

/**
 * Pairs of a selector that takes nothing, among which the wrong one is looked for. Above: the
 * others are taken for right.
 */
export const mostWrongPairs = 50;

/**
 * Workloads or Services that share some labels with a selector that takes none, of which the most
 * similar is told. Above: the others are not compared.
 */
export const mostAlike = 500;

/**
 * Comparisons of one thing with another that a rule makes in one unit where nothing spares them:
 * each selector with each pod that it takes, each route with each grant. Above: the rule stops
 * there, which is told and gives exit code 2.
 */
export const mostPairs = 500_000;

/**
 * Pods behind Services of one unit, as workloads, where no two Services have the same. Above: what
 * further Services lead to is not predicted, which is told and gives exit code 2.
 */
export const mostBackends = 250_000;

/**
 * Services of a selector that takes many, among which the port is looked for that was probably
 * meant. Above: the others are not looked at.
 */
export const mostMeant = 500;

/**
 * Pods of one workload that are placed one by one, times the nodes that are looked at for each.
 * Above: all of them are taken to find a node.
 */
export const mostPlacements = 2_000_000;

// ## What is printed

/**
 * Characters of one value of a manifest in a message. Above: it is cut off, and `…` stands for the
 * rest.
 */
export const mostValueLength = 200;

/** Characters of one sentence of a message. Above: it is cut off, and `…` stands for the rest. */
export const mostMessageLength = 4_000;

/** Other places that a finding shows. Above: the others are left out. */
export const mostRelated = 50;

/**
 * Findings of one rule in one file, and questions that it leaves open there. Above: the others are
 * counted, and the last one says how many.
 */
export const mostFindings = 1_000;

/**
 * Values that one step of a template (`get -o jsonpath=`) gives. Above: `get` ends with exit code
 * 2.
 */
export const mostTemplateResults = 1_000_000;
