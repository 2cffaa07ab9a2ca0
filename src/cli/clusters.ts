/** The pictures that `get` and `describe` show: what `kubectl apply -f` of the inputs would give. */
import { type Cluster, predict } from '../cluster/cluster.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { World } from '../lint/world.ts';
import { quoted } from '../report/summary.ts';
import { counted } from '../report/text.ts';
import type { UnitMode } from '../units/unit.ts';
import { groupUnits } from '../units/units.ts';
import type { CommandLine } from './flags.ts';
import type { ReadManifests } from './inputs.ts';

export interface Picture {
  readonly cluster: Cluster;
  readonly world: World;
}

/** Objects behind a document that kubectl cannot decode are left out: it would not have read them. */
export function pictures({ manifests, inputs }: ReadManifests, line: CommandLine, options: ClusterOptions): Picture[] {
  const units = groupUnits(manifests, { mode: (line.value('unit') ?? 'all') as UnitMode, explicitFiles: inputs.explicitFiles });
  return units.map((unit) => {
    const objects = unit.objects.filter(({ afterBroken }) => !afterBroken);
    const cluster = predict(objects, options);
    return { cluster, world: new World(unit, cluster) };
  });
}

/** What is missing from the pictures, and why. */
export function notes(read: ReadManifests, shown: readonly Picture[], again: string): string[] {
  const { manifests, inputs } = read;
  const lines: string[] = [];
  const nothing = shown.every(({ cluster }) => cluster.services.length === 0 && cluster.pods.all.length === 0);
  for (const { path, files, only } of inputs.below) {
    if (only || nothing)
      lines.push(
        `${only ? `${path} holds no manifest itself, but` : 'there may be more:'} ${counted(files, 'file')} below ${only ? 'it' : path}: ${again} -R ${quoted(path)}`,
      );
  }
  for (const chart of inputs.charts)
    lines.push(`${chart} is a Helm chart, which must be rendered first: helm template ${quoted(chart)} | ${again} -`);
  for (const { path, message, explicit } of inputs.problems) if (!explicit) lines.push(`${path} ${message}`);
  for (const { file, documents, objects } of manifests) {
    const broken = documents.find(({ state, problem }) => state === 'broken' && problem !== undefined);
    if (broken?.problem !== undefined) {
      const { line, column } = file.position(broken.problem.range[0]);
      const lost = objects.filter(({ afterBroken }) => afterBroken).length;
      lines.push(
        `${file.path}:${line}:${column}: ${broken.problem.message}${lost === 0 ? '' : `; kubectl stops reading there, so ${counted(lost, 'object')} behind it ${lost === 1 ? 'is' : 'are'} left out`}`,
      );
    }
  }
  const templates = manifests.flatMap(({ documents }) => documents).filter(({ state }) => state === 'template').length;
  if (templates > 0) lines.push(`${counted(templates, 'template')} not rendered`);
  const refused = shown.flatMap(({ cluster }) => cluster.objects.refused);
  const [first] = refused;
  if (first !== undefined) {
    const more = refused.length > 1 ? ` and ${counted(refused.length - 1, 'more object')}` : '';
    lines.push(
      `the API server would refuse ${describeObject(first)} (${first.refusals[0]?.message ?? ''})${more}; kubeplumb lint tells all`,
    );
  }
  return lines;
}
