/**
 * The library: texts in, pictures and findings out. Nothing here touches disk, network, environment or clock, so it runs in a browser as well.
 *
 * @example
 * const manifests = load([{ path: 'web.yaml', text }]);
 * const { diagnostics } = lint(manifests);
 * for (const { title, file, range } of diagnostics) console.log(`${file.path}:${file.position(range[0]).line}: ${title}`);
 */
import { rules } from '../rules/index.ts';
import { type Cluster, predict as predictCluster } from './cluster/cluster.ts';
import { type ClusterOptions, defaultClusterOptions } from './cluster/options.ts';
import type { LintResult } from './lint/diagnostic.ts';
import { lintUnits } from './lint/lint.ts';
import type { Rule } from './lint/rule.ts';
import type { Manifest } from './manifest/manifest.ts';
import { readManifest } from './manifest/read.ts';
import { SourceFile } from './manifest/source.ts';
import type { UnitMode } from './units/unit.ts';
import { groupUnits } from './units/units.ts';

/** A file as its reader has it: a name to show and the whole text. */
export interface InputFile {
  /** With forward slashes: units are found by directory. */
  readonly path: string;
  readonly text: string;
}

/**
 * Decodes files as kubectl does. Never throws: a document that cannot be decoded has the state `broken` and says why.
 *
 * @example
 * const [manifest] = load([{ path: 'web.yaml', text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n' }]);
 * manifest?.objects[0]?.kind; // 'Service'
 */
export function load(files: readonly InputFile[]): Manifest[] {
  return files.map(({ path, text }) => readManifest(new SourceFile(path, text)));
}

/**
 * What a control plane makes of all the objects together: pods, EndpointSlices and Endpoints of every Service. Objects behind a document that kubectl
 * cannot decode are left out, as kubectl would never send them.
 *
 * @example
 * const { services } = predict(load(files));
 * for (const { object, slices } of services) console.log(object.name, slices.flatMap(({ members }) => members.map(({ count }) => count)));
 */
export function predict(manifests: readonly Manifest[], options: Partial<ClusterOptions> = {}): Cluster {
  const objects = manifests.flatMap((manifest) => manifest.objects.filter(({ afterBroken }) => !afterBroken));
  return predictCluster(objects, withDefaults(options));
}

export interface LintOptions extends Partial<ClusterOptions> {
  /** What belongs together; `auto` (the default) looks at directories, kustomizations and references. */
  readonly unit?: UnitMode;
  /** Instead of all rules there are. */
  readonly rules?: readonly Rule[];
}

/**
 * Runs the rules.
 *
 * @example
 * const { diagnostics, unknowns, summary } = lint(load(files), { unit: 'all' });
 */
export function lint(manifests: readonly Manifest[], { unit = 'auto', rules: chosen = rules, ...options }: LintOptions = {}): LintResult {
  return lintUnits(manifests, groupUnits(manifests, { mode: unit, explicitFiles: false }), chosen, withDefaults(options));
}

/** Pods have the cluster's families unless told otherwise. */
function withDefaults(options: Partial<ClusterOptions>): ClusterOptions {
  return { ...defaultClusterOptions, ...(options.ipFamilies !== undefined && { podIPFamilies: options.ipFamilies }), ...options };
}

export { rules };
export { endpointSliceObjects, endpointsObjects, podObjects, serviceObjects } from './cluster/api-objects.ts';
export type { ApiObject } from './cluster/api-objects.ts';
export type { Cluster } from './cluster/cluster.ts';
export type { ClusterOptions, IPFamily } from './cluster/options.ts';
export type { PodMembers, PodSet } from './cluster/pods.ts';
export type { ServicePicture } from './cluster/service.ts';
export { describeObject, type ObjectReference } from './manifest/object-reference.ts';
export type { Diagnostic, Fix, LintResult, LintSummary, RelatedLocation, Severity, TextEdit, Unknown } from './lint/diagnostic.ts';
export { defineRule } from './lint/rule.ts';
export type { Category, DocumentFinding, Finding, Messages, Place, Rule, RuleContext, RuleMeta } from './lint/rule.ts';
export type { Manifest, ManifestDocument, ManifestObject, Problem } from './manifest/manifest.ts';
export type { Json, JsonObject, Node, Path } from './manifest/node.ts';
export { SourceFile } from './manifest/source.ts';
export type { Position, Range } from './manifest/source.ts';
export type { UnitMode } from './units/unit.ts';
