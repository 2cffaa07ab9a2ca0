/** Two sets of Services compared: who is whom, what is told, and that both directions say the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EndpointChange, endpointChanges } from '../../src/diff/endpoint-changes.ts';
import {
  type EndpointsSide,
  type PortEndpoints,
  type ServiceEndpoints,
} from '../../src/diff/endpoints-side.ts';
import { SourceFile } from '../../src/manifest/source.ts';

interface Short {
  readonly unit?: string;
  readonly name?: string;
  readonly file?: string;
  readonly ports?: readonly PortEndpoints[];
  readonly families?: readonly string[];
}

function service({
  unit = 'k8s',
  name = 'web',
  file = 'web.yaml',
  ports = [reached()],
  families = [],
}: Short = {}): ServiceEndpoints {
  const answers = ports.map(({ answer }) => answer);
  const answer =
    (['reached', 'unknown', 'none'] as const).find((one) => answers.includes(one)) ?? 'none';
  return {
    unit,
    namespace: 'shop',
    name,
    file: new SourceFile(file, ''),
    range: [0, 0],
    answer,
    ports,
    families,
  };
}

function reached(count = 3, name = ''): PortEndpoints {
  const sets = [{ workload: 'Deployment/web', text: `web×${count}`, port: 8080, ready: true }];
  return { name, port: 80, protocol: 'TCP', sets, open: false, answer: 'reached' };
}

function nobody(name = ''): PortEndpoints {
  return {
    name,
    port: 80,
    protocol: 'TCP',
    sets: [],
    open: false,
    answer: 'none',
    reason: 'no pod has app=web',
  };
}

const unknown: PortEndpoints = {
  ...nobody(),
  open: true,
  answer: 'unknown',
  reason: 'a placeholder decides',
};

function side(
  services: readonly ServiceEndpoints[],
  more: Partial<EndpointsSide> = {},
): EndpointsSide {
  return {
    services,
    workloads: new Map(),
    refused: new Map(),
    files: new Set(),
    unread: new Map(),
    missing: new Map(),
    ...more,
  };
}

const told = (changes: readonly EndpointChange[]): string[] =>
  changes.map(
    ({ kind, name, ports }) => `${kind} ${name}: ${ports.map((port) => port.kind).join()}`,
  );
const between = (base: readonly ServiceEndpoints[], head: readonly ServiceEndpoints[]): string[] =>
  told(endpointChanges(side(base), side(head)));

describe('one Service', () => {
  it.each<[string, Short, Short, string[]]>([
    ['alike', {}, {}, []],
    ['another file and unit', {}, { unit: 'deploy', file: 'b.yaml' }, []],
    ['fewer pods', {}, { ports: [reached(2)] }, ['changed web: changed']],
    ['nobody any more', {}, { ports: [nobody()] }, ['emptied web: emptied']],
    ['somebody at last', { ports: [nobody()] }, {}, ['filled web: filled']],
    [
      'nobody before and after, for other reasons',
      { ports: [nobody()] },
      { ports: [{ ...nobody(), reason: 'replicas is 0' }] },
      [],
    ],
    ['unknown now', {}, { ports: [unknown] }, ['unknown web: unknown']],
    ['known now', { ports: [unknown] }, {}, ['known web: known']],
    [
      'unknown, then certainly nobody',
      { ports: [unknown] },
      { ports: [nobody()] },
      ['known web: known'],
    ],
    ['perhaps more', {}, { ports: [{ ...reached(), open: true }] }, ['changed web: changed']],
    [
      'not ready',
      {},
      { ports: [{ ...nobody(), sets: [{ ...reached().sets[0]!, ready: false }] }] },
      ['emptied web: emptied'],
    ],
    [
      'a port more',
      { ports: [reached(3, 'a')] },
      { ports: [reached(3, 'a'), reached(3, 'b')] },
      ['changed web: added'],
    ],
    [
      'a port less',
      { ports: [reached(3, 'a'), reached(3, 'b')] },
      { ports: [reached(3, 'a')] },
      ['changed web: removed'],
    ],
    [
      'a port renamed to one that nobody serves',
      { ports: [reached(3, 'a')] },
      { ports: [nobody('b')] },
      ['emptied web: removed,added'],
    ],
    [
      'one of two ports',
      { ports: [reached(3, 'a'), reached(3, 'b')] },
      { ports: [reached(3, 'a'), nobody('b')] },
      ['emptied web: emptied'],
    ],
    [
      'another port number of the Service',
      {},
      { ports: [{ ...reached(), port: 81 }] },
      ['changed web: changed'],
    ],
    ['other families', { families: ['IPv4'] }, { families: ['IPv4', 'IPv6'] }, ['changed web: ']],
  ])('%s', (_, base, head, expected) => {
    expect(between([service(base)], [service(head)])).toEqual(expected);
  });
});

describe('several units', () => {
  it('what happens in each of them in the same way is told once', () => {
    const [change, ...more] = endpointChanges(
      side(['dev', 'prod'].map((unit) => service({ unit }))),
      side(['dev', 'prod'].map((unit) => service({ unit, ports: [nobody()] }))),
    );
    expect(more).toEqual([]);
    expect(change?.units).toEqual([
      { base: 'dev', head: 'dev' },
      { base: 'prod', head: 'prod' },
    ]);
  });

  it('a Service that stays in one and moves in another pairs up with itself', () => {
    const base = [service({ unit: 'a' }), service({ unit: 'b', ports: [reached(1)] })];
    expect(
      between(base, [service({ unit: 'a' }), service({ unit: 'c', ports: [reached(1)] })]),
    ).toEqual([]);
  });

  it('another arrangement of the same directory is not a new Service', () => {
    expect(between([service()], [service(), service({ file: 'variant.yaml' })])).toEqual([]);
    expect(between([service()], [service(), service({ ports: [reached(5)] })])).toEqual([
      'changed web: changed',
    ]);
  });

  it('one overlay more is one Service more', () => {
    expect(
      between([service({ unit: 'dev' })], [service({ unit: 'dev' }), service({ unit: 'prod' })]),
    ).toEqual(['created web: added']);
  });
});

describe('a Service that is not found any more', () => {
  const base = side([service()]);
  it.each<[string, Partial<EndpointsSide>, string, string | undefined]>([
    ['is gone', { files: new Set(['web.yaml']) }, 'deleted', undefined],
    [
      'may be in a document that was not read',
      { files: new Set(['web.yaml']), unread: new Map([['web.yaml', 'document 1 is a template']]) },
      'unknown',
      'document 1 is a template',
    ],
    [
      'may be in a part of the unit that was not read',
      { missing: new Map([['k8s', ['https://example.com/base']]]) },
      'unknown',
      'k8s also takes https://example.com/base, which was not read',
    ],
    [
      'is not in that part as long as its own file is there',
      { files: new Set(['web.yaml']), missing: new Map([['k8s', ['https://example.com/base']]]) },
      'deleted',
      undefined,
    ],
    [
      'is refused',
      {
        refused: new Map([['shop/web', 'the API server would refuse it']]),
        unread: new Map([['web.yaml', 'x']]),
      },
      'deleted',
      'the API server would refuse it',
    ],
  ])('%s', (_, head, kind, reason) => {
    expect(
      endpointChanges(base, side([], head)).map((change) => [change.kind, change.reason]),
    ).toEqual([[kind, reason]]);
  });

  it('a part that was not read before either is not a reason', () => {
    const missing = new Map([['k8s', ['https://example.com/base']]]);
    expect(told(endpointChanges(side([service()], { missing }), side([], { missing })))).toEqual([
      'deleted web: removed',
    ]);
  });

  it('names the workloads that are gone', () => {
    const [change] = endpointChanges(
      base,
      side([service({ ports: [nobody()] })], {
        workloads: new Map([['k8s', new Map([['shop/Deployment/api', 'image']])]]),
      }),
    );
    expect(change?.gone).toEqual(['Deployment/web']);
    const [kept] = endpointChanges(
      base,
      side([service({ ports: [nobody()] })], {
        workloads: new Map([['k8s', new Map([['shop/Deployment/web', 'image']])]]),
      }),
    );
    expect(kept?.gone).toEqual([]);
  });

  it('knows a workload again that has another name', () => {
    const workloads = (...names: string[]): EndpointsSide['workloads'] =>
      new Map([['k8s', new Map(names.map((name) => [`shop/${name}`, 'image']))]]);
    const change = (...names: string[]): EndpointChange | undefined =>
      endpointChanges(
        { ...base, workloads: workloads('Deployment/web') },
        side([service({ ports: [nobody()] })], { workloads: workloads(...names) }),
      )[0];
    expect(change('Deployment/storefront')?.renamed).toEqual([
      { from: 'Deployment/web', to: 'Deployment/storefront' },
    ]);
    expect(change('Deployment/one', 'Deployment/two')?.renamed).toEqual([]);
    expect(change('StatefulSet/storefront')?.renamed).toEqual([]);
  });
});

describe('properties', () => {
  const port = fc
    .record({
      name: fc.constantFrom('', 'a', 'b'),
      make: fc.constantFrom(reached(1), reached(2), nobody(), unknown),
    })
    .map(({ name, make }) => ({ ...make, name }));
  // A unit has one Service of a name: the last that is applied.
  const services = fc.uniqueArray(
    fc
      .record({
        unit: fc.constantFrom('u', 'v', 'w'),
        name: fc.constantFrom('web', 'api'),
        file: fc.constantFrom('a.yaml', 'b.yaml'),
        ports: fc.uniqueArray(port, { selector: ({ name }) => name, maxLength: 2 }),
      })
      .map(service),
    { maxLength: 6, selector: ({ unit, name }) => `${unit}/${name}` },
  );
  const mirrored: Readonly<Record<string, string>> = {
    emptied: 'filled',
    filled: 'emptied',
    added: 'removed',
    removed: 'added',
    changed: 'changed',
  };

  it('nothing changes between a tree and itself, in whatever order it is read', () => {
    fc.assert(
      fc.property(services, (list) => {
        expect(endpointChanges(side(list), side([...list].reverse()))).toEqual([]);
      }),
    );
  });

  it('the other direction pairs the same Services and tells the opposite of every port', () => {
    const facts = (changes: readonly EndpointChange[], turned: boolean): string[] =>
      changes
        .flatMap(({ name, units, ports }) =>
          units.map(({ base, head }) => {
            const kinds = ports.map(({ kind }) =>
              kind === 'unknown' || kind === 'known'
                ? 'question'
                : turned
                  ? (mirrored[kind] ?? kind)
                  : kind,
            );
            return JSON.stringify([name, ...(turned ? [head, base] : [base, head]), kinds.sort()]);
          }),
        )
        .sort();
    fc.assert(
      fc.property(services, services, (a, b) => {
        expect(facts(endpointChanges(side(a), side(b)), false)).toEqual(
          facts(endpointChanges(side(b), side(a)), true),
        );
      }),
      { numRuns: 500 },
    );
  });
});
