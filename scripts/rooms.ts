/**
 * The rooms of the house, from the ground up: code in one may import what lies below it, and
 * nothing above. `test/architecture.test.ts` holds the sources to it, and the table in
 * docs/architecture.md is made of it.
 */
export interface Room {
  /** Folders and files, from the root of the repository. */
  readonly paths: readonly string[];
  readonly takes: string;
  readonly gives: string;
  /** The files to read first. */
  readonly first?: readonly string[];
  /**
   * Libraries that its code uses. What is not listed is not imported, but for `kubernetes-types`,
   * which is types only.
   */
  readonly packages?: readonly string[];
  /** Whether it may ask Node: for files, processes, the environment. */
  readonly io?: boolean;
}

export const rooms: readonly Room[] = [
  {
    paths: ['src/generated'],
    takes: 'Kubernetes’ own sources',
    gives: 'tables of types and kinds, made by a script',
  },
  {
    paths: [
      'src/text',
      'src/multimap.ts',
      'src/memo.ts',
      'src/lists.ts',
      'src/own.ts',
      'src/fault.ts',
      'src/json-schema.ts',
    ],
    takes: 'words and values',
    gives: 'names that are near, patterns, host names, limits',
  },
  {
    paths: ['src/kubernetes'],
    takes: 'nothing',
    gives: 'what Kubernetes is: kinds, labels, references, JSON that no schema has checked',
    first: ['kinds.ts'],
  },
  {
    paths: ['src/manifest'],
    takes: 'one text',
    gives: 'documents and objects as kubectl decodes them, every value with its place',
    first: ['read.ts', 'node.ts'],
    packages: ['yaml'],
  },
  {
    paths: ['src/cluster'],
    takes: 'one unit’s objects',
    gives: 'the picture: admitted objects, pods, EndpointSlices, Endpoints',
    first: ['cluster.ts'],
  },
  {
    paths: ['src/units'],
    takes: 'all manifests',
    gives: 'which objects belong to one cluster',
    first: ['units.ts'],
  },
  {
    paths: ['src/lint'],
    takes: 'the pictures',
    gives: 'diagnostics, and questions left unknown',
    first: ['rule.ts', 'lint.ts'],
    packages: ['ajv'],
  },
  {
    paths: ['rules'],
    takes: 'one picture',
    gives: 'what one rule says of it',
    first: ['index.ts'],
  },
  {
    paths: ['src/config'],
    takes: 'a kubeplumb.yaml',
    gives: 'settings of the cluster, the units and the rules, or every mistake at its place',
    first: ['schema.ts'],
    packages: ['yaml'],
  },
  {
    paths: ['src/project'],
    takes: 'manifests and settings',
    gives: 'units, pictures, findings and fixes: the one way to them',
    first: ['project.ts'],
  },
  {
    paths: ['src/files'],
    takes: 'what the user typed',
    gives: 'texts, and what could not be read',
    first: ['inputs.ts'],

    io: true,
  },
  {
    paths: ['src/report'],
    takes: 'the result',
    gives: 'text of one format',
    first: ['pretty.ts'],
  },
  {
    paths: ['src/trace'],
    takes: 'one picture and the two ends of a request',
    gives: 'the hops between them, up to the first broken one, and their report',
    first: ['hop.ts', 'trace.ts'],
  },
  {
    paths: ['src/verify'],
    takes: 'the pictures, and what a cluster lists of itself',
    gives: 'what is equal, missing, extra or not ready, and why, and its report',
    first: ['compare.ts', 'dump.ts'],
  },
  {
    paths: ['src/diff'],
    takes: 'two projects',
    gives: 'what a change does to endpoints and findings, and its report',
    first: ['side.ts', 'endpoint-changes.ts'],
  },
  {
    paths: ['src/library', 'src/index.ts'],
    takes: 'texts',
    gives: 'what `import … from "kubeplumb"` offers',
    first: ['lint.ts'],
  },
  {
    paths: ['src/testing', 'src/testing.ts'],
    takes: 'a rule and a table of manifests',
    gives: 'tests of any framework',
    first: ['rule-tester.ts'],
  },
  {
    paths: ['src/cli'],
    takes: 'argv',
    gives: 'an exit code',
    first: ['main.ts'],
    packages: ['diff', 'yaml'],
    io: true,
  },
];

/** The number of the room that a file lies in, from the ground up; -1 where it is in none. */
export function floorOf(path: string): number {
  return rooms.findIndex(({ paths }) =>
    paths.some((room) => path === room || path.startsWith(`${room}/`)),
  );
}
