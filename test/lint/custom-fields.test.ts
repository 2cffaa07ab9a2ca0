import { describe, expect, test } from 'vitest';
import { customFields } from '../../src/generated/custom-fields.ts';
import { describedKinds } from '../../src/kubernetes/described-kinds.ts';
import type { Json } from '../../src/kubernetes/json.ts';
import { misfits } from '../../src/lint/objects/custom-fields.ts';

const istio = 'networking.istio.io';

describe('the fields of custom resources', () => {
  test('are known of every kind that is said to be described', () => {
    const kinds = describedKinds.flatMap(([group, names]) =>
      names.map((kind) => `${group}/${kind}`),
    );
    expect(Object.keys(customFields)).toEqual(kinds);
  });

  test.each<[title: string, group: string, kind: string, spec: Json, misfits: string[]]>([
    ['all known', istio, 'VirtualService', { hosts: ['a'], http: [{ route: [] }] }, []],
    ['a plural', istio, 'VirtualService', { http: [{ routes: [] }] }, ['http.0.routes: route']],
    ['another case', istio, 'VirtualService', { exportto: [] }, ['exportto: exportTo']],
    ['a field that is there as well', istio, 'VirtualService', { host: '', hosts: [] }, []],
    ['a field of a later release', istio, 'VirtualService', { quic: [{ route: [] }] }, []],
    [
      'below what stands in several places',
      istio,
      'DestinationRule',
      { trafficPolicy: { portLevelSettings: [{ tls: { caCertificate: '' } }] } },
      ['trafficPolicy.portLevelSettings.0.tls.caCertificate: caCertificates'],
    ],
    [
      'a number for a mapping',
      istio,
      'VirtualService',
      { tcp: [{ route: [{ destination: { host: 'a', port: 80 } }] }] },
      ['tcp.0.route.0.destination.port: a mapping, not a number'],
    ],
    ['a mapping for a list', istio, 'Gateway', { servers: {} }, ['servers: a list, not a mapping']],
    [
      'a list for a mapping',
      istio,
      'Gateway',
      { servers: [{ tls: [] }] },
      ['servers.0.tls: a mapping, not a list'],
    ],
    [
      'what is filled in later, or nothing',
      istio,
      'Gateway',
      { servers: '${SERVERS}', selector: null },
      [],
    ],
    ['labels, whose names are free', istio, 'Gateway', { selector: { selectr: 'a' } }, []],
    [
      'a pod template, which is not looked into',
      'argoproj.io',
      'Rollout',
      { template: { specs: {} } },
      [],
    ],
    ['a kind that is not described', istio, 'EnvoyFilter', { configPatch: [] }, []],
    ['a spec that is none', istio, 'Gateway', 'x', []],
  ])('%s', (_, group, kind, spec, expected) =>
    expect(
      misfits(group, kind, spec).map((misfit) => {
        const { at, wanted, problem } = misfit;
        const path = at.slice(1).join('.');
        if (problem === 'type') return `${path}: ${wanted}, not ${misfit.found}`;
        return `${path}: ${wanted}`;
      }),
    ).toEqual(expected),
  );
});
