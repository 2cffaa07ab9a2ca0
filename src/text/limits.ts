/**
 * How much of anything is taken: every limit there is, so that nothing a stranger writes costs more than a run can afford.
 * docs/limits.md is made from this file (scripts/generate-limits.ts): a heading is a comment of the form `// ## Files`, the first sentence of a
 * constant's comment says what it counts, what comes behind `Above:` says what happens to more.
 */

// ## Files

/** Bytes of one file that is read from the disk or from a commit. Above: it is not read, which is told like any other file that cannot be read. */
export const mostFileBytes = 32 * 1024 * 1024;

/** Bytes that are read from stdin. Above: the run ends with exit code 2. */
export const mostStdinBytes = 256 * 1024 * 1024;

/** Directories below one another that are entered. Above: the directory is not listed, which is told like any other that cannot be. */
export const mostDirectoryDepth = 200;

// ## Documents

/**
 * Mappings and lists within one another in one document. Above: the document is not read, which is told and gives exit code 2.
 */
export const mostNesting = 256;

/** Values that the aliases (`*x`, `<<: *x`) of all documents of a run stand for. Above: documents with aliases are not read, which is told and gives exit code 2. */
export const mostAliased = 500_000;

// ## Kustomizations

/** Objects that one kustomization brings together, with everything that it refers to. Above: it is not built, which is told and gives exit code 2. */
export const mostBuiltObjects = 20_000;

/** Objects of all kustomizations in one run, those of a base counted for each that refers to it. Above: the others are not built, which is told and gives exit code 2. */
export const mostBuiltObjectsInAll = 250_000;

// ## git

/** Files and symbolic links in one commit. Above: `diff` ends with exit code 2. */
export const mostFilesInCommit = 500_000;

/** Seconds that git may take for one answer. Above: it is ended, and `diff` ends with exit code 2. */
export const mostGitSeconds = 120;

/** Characters in the name of a revision. Above: it is not a revision. */
export const mostRevisionLength = 1_000;

// ## Directories that refer to each other

/** Objects that are judged again because their directory is joined with several others, with four more for each object that was read. Above: further directories are judged alone, which is told and gives exit code 2. */
export const mostJoinedObjects = 20_000;

// ## Searches for what was meant

/** Beginnings of names that are looked at in the search for the one nearest to a written name. Above: a name that is further off in the alphabet is not suggested. */
export const mostComparisons = 20_000;

/** Workloads or Services that share some labels with a selector that takes none, of which the most similar is told. Above: the others are not compared. */
export const mostAlike = 500;

// ## What is printed

/** Characters of one value of a manifest in a message. Above: it is cut off, and `…` stands for the rest. */
export const mostValueLength = 200;

/** Characters of one sentence of a message. Above: it is cut off, and `…` stands for the rest. */
export const mostMessageLength = 4_000;

/** Findings of one rule in one file, and questions that it leaves open there. Above: the others are counted, and the last one says how many. */
export const mostFindings = 1_000;

/** Values that one step of a template (`get -o jsonpath=`) gives. Above: `get` ends with exit code 2. */
export const mostTemplateResults = 1_000_000;
