/** Tries every mutation on a folder. */
import type { Manifest, ManifestObject } from '../../src/manifest/manifest.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { groupBy } from '../../src/multimap.ts';
import { fieldOf } from './field.ts';
import { judge, type Verdict } from './judge.ts';
import type { End } from './link.ts';
import {
  mutate,
  type Mutation,
  type MutationId,
  mutationIds,
  type SkipReason,
} from './mutations.ts';
import { objectKey } from './picture.ts';
import { type RefusalForm, refusalOf, said } from './refusals.ts';
import { seedOf } from './typo.ts';
import { Workspace } from './workspace.ts';

export interface RunOptions {
  /** Only these mutations. */
  readonly only?: readonly MutationId[];
  /**
   * Every field; otherwise one field for each mutation and object, so that an object with many
   * labels does not outweigh the others.
   */
  readonly everyField?: boolean;
  /**
   * Tries each mutation that is found once more on an object that the API server refuses for
   * something else.
   */
  readonly refuse?: boolean;
}

export type Skip =
  | SkipReason
  | 'it has a finding already'
  | 'kustomize makes something unknown of it'
  | 'nothing breaks'
  | 'another arrangement of the files still works'
  | 'the API server would refuse it';

export interface Trial {
  readonly mutation: MutationId;
  readonly file: string;
  readonly line: number;
  /** `Service shop/web`. */
  readonly object: string;
  readonly path: string;
  readonly original: string;
  readonly written: string;
  readonly verdict: Verdict;
  /** Something else does the same: a Service that lost one of two workloads. */
  readonly partial: boolean;
  /** With `refuse`: what was done besides, and whether the mutation is found all the same. */
  readonly refused?: { readonly form: RefusalForm; readonly found: boolean };
  /** What the file belongs to after the mutation: `overlays/dev (kustomization)`. */
  readonly units: readonly string[];
}

export interface RunResult {
  readonly trials: readonly Trial[];
  readonly skipped: readonly { readonly mutation: MutationId; readonly reason: Skip }[];
}

interface Candidate {
  readonly id: MutationId;
  readonly end: End;
  readonly namespaces: readonly string[];
}

export function run(
  manifests: readonly Manifest[],
  { only = mutationIds, everyField = false, refuse = false }: RunOptions = {},
): RunResult {
  const workspace = new Workspace(manifests);
  const faulty = new Set(
    workspace.diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(
        ({ file, object }) => `${file.path} ${object === undefined ? '' : describeObject(object)}`,
      ),
  );
  const unsettled = unsettledObjects(workspace);
  const trials: Trial[] = [];
  const skipped: { mutation: MutationId; reason: Skip }[] = [];
  const all = candidates(workspace).filter(({ id }) => only.includes(id));
  for (const { id, end, namespaces } of everyField ? all : onePerObject(all)) {
    const trial = ((): Trial | Skip => {
      const { object } = end;
      if (isFaulty(object, faulty)) return 'it has a finding already';
      if (unsettled.has(place(object))) return 'kustomize makes something unknown of it';
      const mutation = mutate(id, end, namespaces);
      return typeof mutation === 'string' ? mutation : tryOut(workspace, id, end, mutation, refuse);
    })();
    if (typeof trial === 'string') skipped.push({ mutation: id, reason: trial });
    else trials.push(trial);
  }
  return { trials, skipped };
}

function tryOut(
  workspace: Workspace,
  id: MutationId,
  end: End,
  mutation: Mutation,
  refuse: boolean,
): Trial | Skip {
  const { object, path } = end;
  const { file } = mutation;
  const outcome = workspace.try(file, mutation.edits, [
    mutation.original,
    mutation.written,
    object.name,
  ]);
  if (outcome.refused.includes(place(object))) return 'the API server would refuse it';
  if (outcome.lost.length === 0) return 'nothing breaks';
  if (outcome.works === 'elsewhere') return 'another arrangement of the files still works';
  const verdict = judge(end, mutation, outcome);
  const again = refuse && verdict.found ? tryRefused(workspace, end, mutation) : undefined;
  return {
    ...(again !== undefined && { refused: again }),
    mutation: id,
    file: file.path,
    line: file.position(mutation.edits[0]?.range[0] ?? object.node.range[0]).line,
    object: describeObject(object),
    path: path.join('.'),
    original: mutation.original,
    written: mutation.written,
    verdict,
    partial: outcome.works === 'here',
    units: [...new Set(outcome.units.map(({ name, reason }) => `${name} (${shortened(reason)})`))],
  };
}

/**
 * The mutation on an object that is refused for something else: only what the refusal alone does
 * not bring counts.
 */
function tryRefused(workspace: Workspace, end: End, mutation: Mutation): Trial['refused'] {
  const { object } = end;
  const { file, edits, original, written } = mutation;
  const refusal = refusalOf(object, seedOf(`${place(object)} ${end.path.join('.')}`));
  if (refusal === undefined || object.document.file !== file) return undefined;
  // What is left out cannot be misspelt as well.
  const [start, stop] = refusal.edit.range;
  if (edits.some(({ range }) => range[0] < stop && start < range[1])) return undefined;
  const names = [original, written, object.name];
  const alone = new Set(workspace.try(file, [refusal.edit], names).findings.map(said));
  const { findings } = workspace.try(file, [...edits, refusal.edit], names);
  const own = findings.filter(
    (finding) => finding.severity !== 'info' && !alone.has(said(finding)),
  );
  return { form: refusal.form, found: own.length > 0 };
}

/** A kustomization's reason lists everything that it takes in. */
function shortened(reason: string): string {
  return reason.length > 120 ? `${reason.slice(0, 119)}…` : reason;
}

/**
 * Every mutation at every end of every link, each once however many units and links share the end.
 */
function candidates(workspace: Workspace): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const unit of workspace.units) {
    const { links, namespaces } = workspace.picture(unit);
    for (const { ends } of links.values()) {
      for (const end of ends) {
        // Fields inside of anchors have one place and many paths.
        const { node, file } = fieldOf(end.object, end.path);
        const at = node === undefined ? end.path.join('.') : `${file.path} ${node.range[0]}`;
        for (const id of end.mutations) {
          const key = `${id} ${place(end.object)} ${at}`;
          if (!found.has(key)) found.set(key, { id, end, namespaces });
        }
      }
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      mutationIds.indexOf(a.id) - mutationIds.indexOf(b.id) ||
      compare(sortKey(a.end), sortKey(b.end)),
  );
}

function sortKey({ object, path }: End): string {
  return [object.document.file.path, String(object.node.range[0]).padStart(9, '0'), ...path].join(
    '\n',
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Which one is drawn by lot, the same one each time. */
function onePerObject(all: readonly Candidate[]): Candidate[] {
  const groups = groupBy(all, ({ id, end }) => `${id} ${place(end.object)}`);
  return [...groups].map(([key, group]) => group[seedOf(key) % group.length] as Candidate);
}

function place(object: ManifestObject): string {
  return objectKey(object, (_file, offset) => offset);
}

function isFaulty(
  { document, kind, name, namespace }: ManifestObject,
  faulty: ReadonlySet<string>,
): boolean {
  const { path } = document.file;
  const written = namespace === undefined ? 'default' : namespace;
  return (
    faulty.has(`${path} `) ||
    [`${kind} ${written}/${name}`, `${kind} ${name}`].some((object) =>
      faulty.has(`${path} ${object}`),
    )
  );
}

/** Nothing about them is provable. */
function unsettledObjects({ units }: Workspace): Set<string> {
  return new Set(units.flatMap(({ unsettled }) => [...unsettled.keys()].map(place)));
}
