/** Runs rules over the picture of every unit and joins what they say. */
import { type Cluster, predict } from '../cluster/cluster.ts';
import type { ServicePicture } from '../cluster/service.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Range } from '../manifest/source.ts';
import { patchOf } from '../units/patch.ts';
import type { Unit } from '../units/unit.ts';
import { type Diagnostic, type LintResult, type Unknown } from './diagnostic.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { documentDraft, type Draft, locateIn, objectDraft, referenceTo } from './draft.ts';
import { fingerprint } from './fingerprint.ts';
import type { Place, Rule } from './rule.ts';
import { summarize } from './summary.ts';
import { type Surroundings, World } from './world.ts';
import { type Assumption, Assumptions } from './assumptions.ts';
import { Elsewhere } from './elsewhere.ts';

/** What one unit gave. */
interface UnitResult {
  readonly unit: Unit;
  readonly drafts: readonly Draft[];
  readonly unknowns: readonly Unknown[];
  readonly services: readonly ServicePicture[];
}

export function lintUnits(
  manifests: readonly Manifest[],
  units: readonly Unit[],
  rules: readonly Rule[],
  options: ClusterOptions,
  assume: readonly Assumption[] = [],
): LintResult {
  const surroundings = { elsewhere: new Elsewhere(units), assumptions: new Assumptions(assume) };
  const results = units.map((unit) => lintUnit(unit, rules, options, surroundings));
  return {
    diagnostics: sign(agreed(results)),
    unknowns: dedupe(
      results.flatMap(({ unknowns }) => unknowns),
      (unknown) => `${unknown.rule} ${unknown.file.path} ${unknown.range[0]}`,
    ),
    summary: summarize(manifests, results),
  };
}

function lintUnit(unit: Unit, rules: readonly Rule[], options: ClusterOptions, surroundings: Surroundings): UnitResult {
  const cluster = picture(unit, options);
  const drafts: Draft[] = [];
  const unknowns: Unknown[] = [];
  const world = new World(unit, cluster, surroundings);
  for (const rule of rules) {
    const unknown = (place: Place & { reason: string }): void => {
      unknowns.push({ rule: rule.meta.id, ...locateIn(place), object: referenceTo(place.object), reason: place.reason });
    };
    rule.check({
      cluster,
      unit,
      world,
      unknown,
      report(finding) {
        const objects = [finding.object, ...(finding.related ?? []).map(({ object }) => object), ...(finding.dependsOn ?? [])];
        const patched = objects.map((object) => patchOf(object, unit.patches)).find((patch) => patch !== undefined);
        if (patched === undefined) drafts.push(objectDraft(rule, finding));
        else unknown({ ...finding, reason: `${patched.source} patches it: render the kustomization to judge it` });
      },
      reportDocument: (finding) => drafts.push(documentDraft(rule, finding)),
    });
  }
  return { unit, drafts, unknowns, services: cluster.services };
}

/** A Service that needs an address family tells that the cluster has it, unless somebody said which families there are. */
function picture(unit: Unit, options: ClusterOptions): Cluster {
  // A unit is what belongs together, not what is proven to run side by side.
  const assumed = { ...options, oneCluster: false };
  const cluster = predict(unit.objects, assumed);
  const assumptionFails =
    options.ipFamiliesAssumed && cluster.objects.refused.some(({ refusals }) => refusals.some(({ assumes }) => assumes === 'ip-families'));
  return assumptionFails ? predict(unit.objects, { ...assumed, ipFamilies: ['IPv4', 'IPv6'], podIPFamilies: ['IPv4', 'IPv6'] }) : cluster;
}

/**
 * An object may belong to several units (a kustomize base of two overlays, the common part of alternatives). What is said of it must hold in all of
 * them: a fault in one arrangement only may be none at all.
 */
function agreed(results: readonly UnitResult[]): Draft[] {
  const units = new Map<object, number>();
  for (const { unit } of results) {
    for (const subject of [...unit.documents, ...unit.objects.map(({ node }) => node)]) units.set(subject, (units.get(subject) ?? 0) + 1);
  }
  const found = new Map<string, { draft: Draft; count: number }>();
  for (const { drafts } of results) {
    for (const draft of dedupe(drafts, placeKey)) {
      const known = found.get(placeKey(draft));
      if (known === undefined) found.set(placeKey(draft), { draft, count: 1 });
      else known.count += 1;
    }
  }
  return [...found.values()].filter(({ draft, count }) => count === (units.get(draft.subject) ?? 1)).map(({ draft }) => draft);
}

function placeKey({ rule, file, range, path }: Draft): string {
  return `${rule} ${file.path} ${range[0]} ${path.join('.')}`;
}

function dedupe<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

/** Sorts, and numbers findings of one rule at one path so that each has a fingerprint of its own. */
function sign(drafts: readonly Draft[]): Diagnostic[] {
  const seen = new Map<string, number>();
  return [...drafts].sort(byPlace).map(({ subject: _subject, ...draft }) => {
    const identity = [
      draft.rule,
      draft.file.path,
      draft.object === undefined ? '' : describeObject(draft.object),
      JSON.stringify(draft.path),
    ].join('\n');
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return { ...draft, fingerprint: fingerprint(`${identity}\n${ordinal}`) };
  });
}

function byPlace(a: Draft, b: Draft): number {
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return compareRanges(a.range, b.range) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

function compareRanges(a: Range, b: Range): number {
  return a[0] - b[0] || a[1] - b[1];
}
