/**
 * Remarks of `get`, `describe` and `trace`: what is missing from what they show, and why. Those of
 * one kind are one line.
 */
import { type ClusterObject, identityOf } from '../cluster/objects.ts';
import { isExclusive } from '../kubernetes/kinds.ts';
import { looksLikePatch } from '../lint/objects/partial-object.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { groupBy } from '../multimap.ts';
import type { Picture } from '../project/project.ts';
import { failures } from '../report/lint-report.ts';
import { quoted } from '../report/summary.ts';
import { counted } from '../report/text.ts';
import { firstFew } from '../text/enumerate.ts';
import { findKustomizations } from '../units/kustomization.ts';
import type { ReadProject } from './inputs.ts';

/** @param again the command line without its input */
export function notes(read: ReadProject, shown: readonly Picture[], again: string): string[] {
  const { inputs, manifests } = read;
  const told = new Set(failures(inputs));
  const unread = inputs.problems.filter((problem) => !told.has(problem));
  return [
    ...belowNotes(read, shown, again),
    ...chartNote(inputs.charts, shown, again),
    ...folded(unread, ({ path, message }) => `${path} ${message}`, 'more that could not be read'),
    ...brokenNote(manifests),
    ...kustomizationNotes(shown),
    ...withinNote(manifests, shown),
    ...templateNote(manifests, again),
    ...refusedNote(read, shown),
    ...severalNote(shown),
  ];
}

/** The first one in full, and how many more there are. */
function folded<T>(items: readonly T[], tell: (item: T) => string, more: string): string[] {
  const [first] = items;
  if (first === undefined) return [];
  return [`${tell(first)}${items.length === 1 ? '' : `; and ${items.length - 1} ${more}`}`];
}

function belowNotes(
  { inputs: { below } }: ReadProject,
  shown: readonly Picture[],
  again: string,
): string[] {
  const nothing = holdNothing(shown);
  return below
    .filter(({ only }) => only || nothing)
    .map(
      ({ path, files, only }) =>
        `${only ? `${path} holds no manifest itself, but` : 'there may be more:'} ` +
        `${counted(files, 'file')} below ${only ? 'it' : path}: ${again} -R ${quoted(path)}`,
    );
}

/** Where there is something else to look at, a few words are enough. */
function chartNote(charts: readonly string[], shown: readonly Picture[], again: string): string[] {
  const [first] = charts;
  if (first === undefined) return [];
  if (!holdNothing(shown)) {
    const chart = charts.length === 1 ? quoted(first) : 'CHART';
    return [`${counted(charts.length, 'Helm chart')} not rendered (--helm ${chart} shows it)`];
  }
  const what =
    charts.length === 1
      ? `${first} is a Helm chart, which`
      : `${firstFew(charts, 3)} are Helm charts, each of which`;
  return [`${what} must be rendered first: helm template ${quoted(first)} | ${again} -`];
}

export function holdNothing(shown: readonly Picture[]): boolean {
  return shown.every(
    ({ cluster }) => cluster.services.length === 0 && cluster.pods.all.length === 0,
  );
}

function brokenNote(manifests: readonly Manifest[]): string[] {
  const broken = manifests.flatMap(({ file, documents, objects }) => {
    const document = documents.find(
      ({ state, problem }) => state === 'broken' && problem !== undefined,
    );
    if (document?.problem === undefined) return [];
    const { line, column } = file.position(document.problem.range[0]);
    const lost = objects.filter(({ afterBroken }) => afterBroken).length;
    const behind =
      lost === 0
        ? ''
        : `; kubectl stops reading there, so ${counted(lost, 'object')} behind it ` +
          `${lost === 1 ? 'is' : 'are'} left out`;
    return [`${file.path}:${line}:${column}: ${document.problem.message}${behind}`];
  });
  return folded(broken, (text) => text, 'more (kubeplumb lint lists all)');
}

/** What kustomize stops at, and what it would have brought that was not read. */
function kustomizationNotes(shown: readonly Picture[]): string[] {
  const broken = shown.flatMap(({ unit }) => unit.broken ?? []);
  const missing = [...new Set(shown.flatMap(({ unit }) => unit.missing))];
  return [
    ...folded(
      broken,
      ({ document: { file }, message, range }) =>
        `kustomize would not build this: ${file.path}:${file.position(range[0]).line}: ${message}`,
      'more (kubeplumb lint lists all)',
    ),
    ...folded(missing, (what) => `${what} is not read, so there may be more`, 'more'),
  ];
}

/** An overlay that another one builds on may well be applied itself. */
function withinNote(manifests: readonly Manifest[], shown: readonly Picture[]): string[] {
  const names = new Set(shown.map(({ unit }) => unit.name));
  const all = [...findKustomizations(manifests).values()];
  const within = all.flatMap(({ directory, namespace, isComponent }) => {
    if (namespace === undefined || isComponent || names.has(directory)) return [];
    // In the same namespace it is only a part of what is applied.
    const user = all.find(
      (one) => one.namespace !== undefined && one.resources.includes(directory),
    );
    return user?.namespace === undefined || user.namespace.value === namespace.value
      ? []
      : [{ directory, user: user.directory }];
  });
  return folded(
    within,
    ({ directory, user }) =>
      `${directory} is shown as a part of ${user}: name it to see it by itself`,
    'more',
  );
}

function templateNote(manifests: readonly Manifest[], again: string): string[] {
  const templates = manifests
    .flatMap(({ documents }) => documents)
    .filter(({ state }) => state === 'template').length;
  if (templates === 0) return [];
  const how = `helm template CHART | ${again} - shows them`;
  return [`${counted(templates, 'template')} not rendered (${how})`];
}

function refusedNote({ assumed }: ReadProject, shown: readonly Picture[]): string[] {
  const foreign = new Set(assumed.map(({ document: { file } }) => file));
  const refused = shown.flatMap(({ cluster, unit }) =>
    cluster.objects.refused
      .filter(({ source: { document } }) => !foreign.has(document.file))
      .map((object) => ({ object, isPatch: looksLikePatch(object, object.refusals, unit) })),
  );
  const tell = ({ object }: (typeof refused)[number]): string =>
    `${describeObject(object)} (${object.refusals[0]?.message ?? ''})`;
  const patches = refused.filter(({ isPatch }) => isPatch);
  const [first, ...others] = refused.filter(({ isPatch }) => !isPatch);
  const more = others.length > 0 ? ` and ${counted(others.length, 'more object')}` : '';
  return [
    ...(first === undefined
      ? []
      : [
          `the API server would refuse ${tell(first)}${more}; kubeplumb lint lists ` +
            `${more === '' ? 'it' : 'them'}`,
        ]),
    ...folded(patches, (one) => `taken for a patch, and left out: ${tell(one)}`, 'more'),
  ];
}

/** Several objects of one name, of which `kubectl apply` of all would leave the last one. */
function severalNote(shown: readonly Picture[]): string[] {
  const several = shown.flatMap(({ cluster }) => {
    const accepted = cluster.objects.all.filter(
      ({ kind, refusals }) => refusals.length === 0 && isExclusive(kind),
    );
    return [...groupBy(accepted, identityOf).values()].filter(
      (objects) => new Set(objects.map(({ value }) => JSON.stringify(value))).size > 1,
    );
  });
  return folded(
    several,
    (objects) => {
      const last = objects.at(-1);
      const places = objects.map(placeOf);
      return (
        `${last === undefined ? '' : describeObject(last)} stands in ${objects.length} ` +
        `places (${places.slice(0, 3).join(', ')}${places.length > 3 ? ', …' : ''}): shown ` +
        `is what the last one leaves; --unit auto shows them apart`
      );
    },
    'more',
  );
}

/** `k8s/web.yaml:12`. */
function placeOf({ source }: ClusterObject): string {
  const { document, node } = source.original ?? source;
  return `${document.file.path}:${document.file.position(node.range[0]).line}`;
}
