/**
 * Whose pods a node takes, where one picture is made of a whole repository: a Node of test data, or
 * of another application, is none of the cluster that all the rest ends up in.
 */
import { isListedNode } from '../cluster/scheduler/nodes.ts';
import type { PlaceOf } from '../cluster/scheduler/scheduler.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import type { AbsentPaths } from '../units/kustomize/broken.ts';
import { testDataAmong } from '../units/test-data.ts';
import { groupUnits } from '../units/units.ts';
import type { Settings } from './settings.ts';

interface Together {
  readonly manifests: readonly Manifest[];
  readonly explicitFiles: boolean;
  readonly absent: AbsentPaths;
  readonly settings: Settings;
}

/** Undefined where all nodes count for all pods: that is what somebody said, or there are none. */
export function placesOf({
  manifests,
  explicitFiles,
  absent,
  settings,
}: Together): PlaceOf | undefined {
  if (settings.unit !== 'applied' || explicitFiles) return undefined;
  if (!manifests.some(({ objects }) => objects.some(({ kind }) => kind === 'Node')))
    return undefined;
  const places = new Map<SourceFile, string>();
  const configured = settings.units;
  const apart = groupUnits(manifests, { mode: 'auto', explicitFiles, configured, absent });
  for (const [index, { documents }] of apart.entries())
    for (const { file } of documents) if (!places.has(file)) places.set(file, String(index));
  const testData = testDataAmong(manifests.map(({ file }) => file.path));
  return ({ document: { file }, kind, value }) =>
    kind === 'Node' && isListedNode(value) && testData(file.path) === undefined
      ? undefined
      : places.get(file);
}
