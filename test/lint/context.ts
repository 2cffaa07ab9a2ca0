/** What a rule is given, made of files: for tests of what rules share. */
import { type Cluster, predict } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { Assumptions, parseAssumption } from '../../src/lint/unseen/assumptions.ts';
import { OtherUnits } from '../../src/lint/unseen/other-units.ts';
import { Unseen } from '../../src/lint/unseen/unseen.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import type { Unit, UnitMode } from '../../src/units/unit.ts';
import { groupUnits } from '../../src/units/units.ts';
import type { Files } from '../support/lint-files.ts';

export interface Context {
  readonly cluster: Cluster;
  readonly unit: Unit;
  readonly unseen: Unseen;
  /** By `Kind/name`. */
  object(key: string): ClusterObject;
}

/** The unit that the first file belongs to. */
export function contextOf(
  files: Files,
  { mode = 'auto', assume = [] }: { mode?: UnitMode; assume?: readonly string[] } = {},
): Context {
  const manifests = Object.entries(files).map(([path, text]) =>
    readManifest(new SourceFile(path, text)),
  );
  const units = groupUnits(manifests, { mode, explicitFiles: false });
  const first = manifests[0]?.file;
  const unit = units.find(({ documents }) => documents.some(({ file }) => file === first));
  if (unit === undefined) throw new Error('the first file belongs to no unit');
  const cluster = predict(unit.objects, { ...defaultClusterOptions, oneCluster: false });
  const assumptions = assume.map((text) => {
    const assumption = parseAssumption(text);
    if (assumption === undefined) throw new Error(`"${text}" is not an assumption`);
    return assumption;
  });
  return {
    cluster,
    unit,
    unseen: new Unseen(unit, cluster, {
      otherUnits: new OtherUnits(units),
      assumptions: new Assumptions(assumptions),
    }),
    object(key) {
      const found = cluster.objects.all.find(({ kind, name }) => `${kind}/${name}` === key);
      if (found === undefined) throw new Error(`there is no ${key}`);
      return found;
    },
  };
}
