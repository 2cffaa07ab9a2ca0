/**
 * The library: texts in, pictures, findings and reports out. Nothing here touches disk, network,
 * environment or clock, so it runs in a browser as well. What is not exported here is nobody's to
 * rely on. docs/library.md shows each part at work.
 *
 * @example
 * const { diagnostics } = lint(load([{ path: 'web.yaml', text }])); for (const { title, file, range
 * } of diagnostics) console.log(`${file.path}:${file.position(range[0]).line}: ${title}`);
 */

// From texts to findings.
export { type InputFile, load } from './library/load.ts';
export {
  fixAll,
  type FixOptions,
  lint,
  type LintOptions,
  predict,
  type PredictOptions,
  units,
} from './library/lint.ts';
export {
  type ConfigMistakes,
  readConfig,
  type ReadConfigOptions,
  type Settings,
} from './library/config.ts';
export { report, type ReportOptions } from './library/report.ts';
export { diff, type DiffInput, reportDiff, type ReportDiffOptions } from './library/diff.ts';
export { trace } from './library/trace.ts';
export { diffFormats, type DiffFormat } from './diff/report/render.ts';
export { version } from './library/version.ts';
export { reportFormats, type ReportFormat } from './report/render.ts';
export { applyFixes } from './library/fixes.ts';
export type { FixedFile } from './lint/fixes/fixes.ts';
export { applyBaseline, formatBaseline, parseBaseline } from './library/baseline.ts';
export type { Baselined, BaselineEntry } from './lint/baseline.ts';
export { type Assumption, parseAssumption } from './lint/unseen/assumptions.ts';

// Rules: ours, and what others write.
export { rules } from '../rules/index.ts';
export { defineRule } from './lint/rule.ts';
export { type Plugin, pluginRules } from './lint/plugins/plugin.ts';
export { PluginError } from './lint/plugins/plugin-error.ts';
export { isInPreset, type Preset, presets } from './config/presets.ts';
export type {
  AnyRule,
  Category,
  DocumentFinding,
  Finding,
  Messages,
  OptionSchemas,
  Place,
  Rule,
  RuleContext,
  RuleMeta,
} from './lint/rule.ts';
export type { RuleSettings, Subject } from './lint/settings.ts';

// The picture, and its print as API objects.
export {
  endpointSliceObjects,
  endpointsObjects,
  podObjects,
  serviceObjects,
} from './library/objects.ts';
export type { ApiObject } from './cluster/api-objects.ts';
export type { EndpointChange } from './diff/endpoint-changes.ts';
export type { Cluster } from './cluster/cluster.ts';
export type { ClusterObject } from './cluster/objects.ts';
export type { ClusterOptions, IPFamily } from './cluster/options.ts';
export type { PodMembers, PodSet } from './cluster/pods.ts';
export type { ServicePicture } from './cluster/service.ts';
export type { CustomWorkload } from './cluster/operators/custom-workloads.ts';
export type { Unseen } from './lint/unseen/unseen.ts';
export type { ConfiguredUnit, Unit, UnitMode } from './units/unit.ts';

// Findings and places.
export type { ConfigProblem } from './config/problem.ts';
export type { FindingChanges } from './diff/finding-changes.ts';
export type {
  Diagnostic,
  Fix,
  LintResult,
  LintSummary,
  RelatedLocation,
  Severity,
  Suppression,
  TextEdit,
  Unknown,
} from './lint/diagnostic.ts';
export type { Fixed } from './lint/fixes/fix-all.ts';
export type { DiffReport, DiffSide } from './diff/diff-report.ts';
export type { Hop, HopState, Step, Trace } from './trace/hop.ts';
export type { NotFound, Traced } from './trace/named.ts';
export type { UnreadInput } from './report/lint-report.ts';
export type { Manifest, ManifestDocument, ManifestObject, Problem } from './manifest/manifest.ts';
export type { Node } from './manifest/node.ts';
export type { Json, JsonObject, Path } from './kubernetes/json.ts';
export { describeObject, type ObjectReference } from './manifest/object-reference.ts';
export { type Position, type Range, SourceFile } from './manifest/source.ts';
