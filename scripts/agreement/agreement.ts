/**
 * Whether lint, the summary, get, describe and diff say the same of the endpoints of every Service:
 * what `get` prints as `<none>` and `lint` neither reports nor leaves open is a disagreement.
 */
import { rules } from '../../rules/index.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { EndpointState } from '../../src/cluster/endpoint-state.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { isInPreset } from '../../src/config/presets.ts';
import { serviceEndpoints } from '../../src/diff/service-endpoints.ts';
import type { LintResult } from '../../src/lint/diagnostic.ts';
import { whyNone } from '../../src/lint/endpoints/why-none.ts';
import { judgedState } from '../../src/lint/selectors/why-no-backends.ts';
import type { Unseen } from '../../src/lint/unseen/unseen.ts';
import type { Manifest, ManifestObject } from '../../src/manifest/manifest.ts';
import { lint } from '../../src/project/project.ts';
import { defaultSettings } from '../../src/project/settings.ts';
import { describeService } from '../../src/report/describe-service.ts';
import { endpointsView } from '../../src/report/get/endpoints.ts';
import { plainStyle } from '../../src/report/style.ts';
import type { Unit } from '../../src/units/unit.ts';

export interface Agreement {
  /** Services that were asked about, by what is to be said of them. */
  readonly states: Readonly<Record<EndpointState, number>>;
  /** What is told of one, and is not the same; empty where all agrees. */
  readonly wrong: readonly string[];
}

const recommended = rules.filter(({ meta }) => isInPreset(meta, 'recommended'));

export function agreementOf(manifests: readonly Manifest[], explicitFiles: boolean): Agreement {
  const seen: Seen[] = [];
  const result = lint(
    {
      manifests,
      explicitFiles,
      absent: new Map(),
      assumed: [],
      settings: { ...defaultSettings, rules: recommended },
    },
    { onPicture: (unit, cluster, unseen) => void seen.push({ unit, cluster, unseen }) },
  );
  const states = { reached: 0, unknown: 0, none: 0 };
  // Of alternatives in one directory a finding must hold in each (docs/architecture.md).
  const elsewhere = new Set(
    seen.flatMap(({ cluster, unseen }) =>
      cluster.services
        .filter((service) => judgedState(service, cluster, unseen) !== 'none')
        .map(({ object }) => object.source),
    ),
  );
  const wrong: string[] = [];
  for (const one of seen)
    for (const service of one.cluster.services) {
      states[judgedState(service, one.cluster, one.unseen)] += 1;
      const { path } = service.object.source.document.file;
      for (const text of disagreements(service, one, result, elsewhere))
        wrong.push(`${path}: ${text}`);
    }
  const { endpoints } = result.summary;
  if (JSON.stringify(endpoints) !== JSON.stringify(states))
    wrong.push(`the summary: ${JSON.stringify(endpoints)}, not ${JSON.stringify(states)}`);
  return { states, wrong };
}

interface Seen {
  readonly unit: Unit;
  readonly cluster: Cluster;
  readonly unseen: Unseen;
}

/** All that is told of the endpoints of one Service, and is not the same; empty where it agrees. */
function disagreements(
  service: ServicePicture,
  seen: Seen,
  result: LintResult,
  elsewhere: ReadonlySet<ManifestObject>,
): string[] {
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
  const isBroken = state === 'none' && !elsewhere.has(service.object.source);
  if (isBroken && service.spec.type !== 'ExternalName' && !isAPIServer(service))
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
