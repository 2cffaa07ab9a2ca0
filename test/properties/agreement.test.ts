/**
 * Of every Service in the fixtures: lint, the summary, get, describe and diff say the same of its
 * endpoints.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { isInPreset } from '../../src/config/presets.ts';
import { serviceEndpoints } from '../../src/diff/service-endpoints.ts';
import type { LintResult } from '../../src/lint/diagnostic.ts';
import { judgedState } from '../../src/lint/selectors/why-no-backends.ts';
import type { Unseen } from '../../src/lint/unseen.ts';
import { whyNone } from '../../src/lint/why-none.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { lint } from '../../src/project/project.ts';
import { defaultSettings } from '../../src/project/settings.ts';
import { describeService } from '../../src/report/describe-service.ts';
import { endpointsView } from '../../src/report/get/endpoints.ts';
import { plainStyle } from '../../src/report/style.ts';
import type { Unit } from '../../src/units/unit.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const recommended = rules.filter(({ meta }) => isInPreset(meta, 'recommended'));

const files = ['ok', 'bad', 'conformance'].flatMap((folder) =>
  readdirSync(join(fixtures, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.endsWith('.fixed.yaml'))
    .map((path) => join(folder, path)),
);

interface Seen {
  readonly unit: Unit;
  readonly cluster: Cluster;
  readonly unseen: Unseen;
}

/** All that is told of the endpoints of one Service, and is not the same; empty where it agrees. */
function disagreements(service: ServicePicture, seen: Seen, result: LintResult): string[] {
  const { unit, cluster, unseen } = seen;
  const state = judgedState(service, cluster, unseen);
  const wrong: string[] = [];
  const check = (holds: boolean, text: string): void => {
    if (!holds) wrong.push(`${service.object.name}: ${state}, ${text}`);
  };

  const change = serviceEndpoints(service, unit, cluster, unseen);
  if (service.spec.type === 'ExternalName' && service.slices.length === 0)
    check(change.answer === 'external', `diff says ${change.answer}`);
  else if (service.ports.length > 0 || service.headless)
    check((change.answer === 'reached') === (state === 'reached'), `diff says ${change.answer}`);

  const described = describeService(service, cluster, unseen, { style: plainStyle, width: 200 });
  const shown = [...described.matchAll(/^Endpoints: +(.*)/gm)].map(([, text = '']) => text);
  const dialled = shown.filter((text) => !text.startsWith('<'));
  if (service.spec.type !== 'ExternalName')
    check(dialled.length > 0 === (state === 'reached'), `describe says ${shown.join(' / ')}`);

  if (service.automatic && state === 'none') {
    const rows = endpointsView(cluster, unseen, true).rows;
    const row = rows.find(
      ({ namespace, name }) =>
        namespace === service.object.namespace && name === service.object.name,
    );
    check(row?.cells[0] === '<none>', `get says ${row?.cells[0]}`);
    check(row?.cells[3] === whyNone(service, cluster, unseen).reason, 'get gives another reason');
  }

  // The endpoints of the API server are its own.
  if (state === 'none' && service.spec.type !== 'ExternalName' && !isAPIServer(service))
    check(isTold(service, result), 'and lint is silent');
  return wrong;
}

function isAPIServer({ object }: ServicePicture): boolean {
  return object.namespace === 'default' && object.name === 'kubernetes';
}

/**
 * Whether a finding, or a question that is left open, is about the Service or what is behind it.
 */
function isTold(service: ServicePicture, { diagnostics, unknowns }: LintResult): boolean {
  const concerned = new Set(
    [
      service.object,
      ...service.backends.map(({ members }) => members.set.workload),
      ...(service.manualEndpoints === undefined ? [] : [service.manualEndpoints]),
      ...service.manualSlices,
    ].map(({ kind, name }) => `${kind}/${name}`),
  );
  const objects = [...diagnostics, ...unknowns].map(({ object }) => object);
  const named = diagnostics.map(({ message, related }) =>
    [message, ...related.map((one) => one.message)].join('\n'),
  );
  return (
    objects.some(
      (object) => object !== undefined && concerned.has(`${object.kind}/${object.name}`),
    ) || named.some((text) => text.includes(service.object.name))
  );
}

describe('endpoints of the Services in the fixtures', () => {
  it('are the same whoever is asked', () => {
    const wrong: string[] = [];
    let services = 0;
    let none = 0;
    for (const path of files) {
      const manifest = readManifest(
        new SourceFile(path, readFileSync(join(fixtures, path), 'utf8')),
      );
      const seen: Seen[] = [];
      const result = lint(
        {
          manifests: [manifest],
          explicitFiles: true,
          absent: new Map(),
          assumed: [],
          settings: { ...defaultSettings, rules: recommended },
        },
        { onPicture: (unit, cluster, unseen) => void seen.push({ unit, cluster, unseen }) },
      );
      const states = { reached: 0, unknown: 0, none: 0 };
      for (const one of seen)
        for (const service of one.cluster.services) {
          services += 1;
          states[judgedState(service, one.cluster, one.unseen)] += 1;
          wrong.push(...disagreements(service, one, result).map((text) => `${path}: ${text}`));
        }
      none += states.none;
      const { endpoints } = result.summary;
      if (JSON.stringify(endpoints) !== JSON.stringify(states)) wrong.push(`${path}: summary`);
    }
    expect(wrong).toEqual([]);
    // Enough of them, or the test says nothing.
    expect(services).toBeGreaterThan(500);
    expect(none).toBeGreaterThan(30);
  });
});
