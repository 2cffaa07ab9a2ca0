/** What must hold of every prediction, whatever the cluster. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify, type ToStringOptions } from 'yaml';
import { admit } from '../../src/cluster/apiserver/admit.ts';
import { runs } from '../support/runs.ts';
import { cluster, stranger, type Written } from './arbitraries.ts';
import {
  dualStack,
  expectSame,
  fold,
  foldFiles,
  foldObjects,
  mapFields,
  predictObjects,
  readText,
  without,
} from './support.ts';

const often = runs(1000);

describe('the order of what is read', () => {
  it('changes nothing, nor does how objects are spread over files', () => {
    const spread = cluster.chain((objects) =>
      fc.tuple(
        fc.constant(objects),
        fc.shuffledSubarray(objects, { minLength: objects.length }),
        fc.array(fc.nat({ max: 2 }), { minLength: objects.length, maxLength: objects.length }),
      ),
    );
    fc.assert(
      fc.property(spread, ([objects, shuffled, places]) => {
        const files = [0, 1, 2].map((file) =>
          shuffled.filter((_, index) => places[index] === file),
        );
        expectSame(foldFiles(files), fold(objects));
      }),
      often,
    );
  });
});

describe('an object that has nothing to do with the others', () => {
  it('changes nothing for them', () => {
    fc.assert(
      fc.property(cluster, stranger, (objects, other) => {
        const { namespace = 'default', name } = other['metadata'] as {
          namespace?: string;
          name: string;
        };
        const added = new Set([
          `${namespace}/${name}`,
          `${String(other['kind'])}/${namespace}/${name}`,
        ]);
        const rest = mapFields(fold([...objects, other]), (key, field) =>
          added.has(key) ? undefined : field,
        );
        expectSame(
          rest,
          mapFields(fold(objects), (_, field) => field),
        );
      }),
      often,
    );
  });
});

/** The maps whose keys and values are labels. */
const labelMaps = new Set(['labels', 'matchLabels']);

/**
 * Every key `app` becomes `example.com/app-x` and every value `web` becomes `new-web`; keys that
 * controllers know stay, with their values.
 */
function renameLabels(objects: readonly Written[]): Written[] {
  const rename = (pairs: Written): Written =>
    Object.fromEntries(
      Object.entries(pairs).map(([key, value]) =>
        key.includes('kubernetes.io/') ? [key, value] : [`example.com/${key}-x`, `new-${value}`],
      ),
    );
  const visit = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, ''));
    if (typeof value !== 'object' || value === null) return value;
    const pairs = labelMaps.has(key) || (key === 'selector' && !('matchLabels' in value));
    return pairs
      ? rename(value)
      : Object.fromEntries(
          Object.entries(value).map(([name, field]) => [name, visit(field, name)]),
        );
  };
  return objects.map((object) => visit(object, '') as Written);
}

describe('the names of labels', () => {
  it('do not matter as long as all are renamed alike', () => {
    fc.assert(
      fc.property(cluster, (objects) => {
        const compare = (some: readonly Written[]): unknown =>
          without(fold(some), 'labels', 'selector');
        expectSame(compare(renameLabels(objects)), compare(objects));
      }),
      often,
    );
  });
});

const counts = new Set(['pods', 'ready', 'serving', 'count']);

/** A folded prediction in which a number of pods is only there or not. */
function withoutCounts(folded: Written): unknown {
  return mapFields(without(folded, 'labels', 'sizes', 'podNames', 'hostnames'), (key, field) =>
    counts.has(key) && typeof field === 'number' ? Math.sign(field) : field,
  );
}

/** More of everything there is one of; where there is none there is still none. */
function scaleUp(objects: readonly Written[], times: number): Written[] {
  const change = (key: string, field: unknown): unknown =>
    (key === 'replicas' || key === 'parallelism' || key === 'completions') &&
    typeof field === 'number'
      ? field * times
      : field;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, change(key, visit(field))]),
    );
  };
  return objects.map((object) => visit(object) as Written);
}

/** Single pods that are somebody's or meant by somebody make numbers matter. */
function independentOfNumbers(objects: readonly Written[]): boolean {
  const text = JSON.stringify(objects);
  return (
    !text.includes('pod-index') &&
    objects.every(({ kind, metadata }) => kind !== 'Pod' || metadata?.labels?.set === undefined)
  );
}

describe('replicas', () => {
  it('change counts only', () => {
    fc.assert(
      fc.property(
        cluster.filter(independentOfNumbers),
        fc.integer({ min: 2, max: 3 }),
        (objects, times) => {
          expectSame(withoutCounts(fold(scaleUp(objects, times))), withoutCounts(fold(objects)));
        },
      ),
      often,
    );
  });
});

/** Each Service, its Endpoints and its slices once more, under another name. */
function copies(objects: readonly Written[]): Written[] {
  const rename = (name: string): string =>
    name.replace(/^service-/, 'copied-').replace(/^slice-/, 'copied-slice-');
  return objects
    .filter(({ kind }) => kind === 'Service' || kind === 'Endpoints' || kind === 'EndpointSlice')
    .map((object) => {
      const metadata = {
        ...object['metadata'],
        name: rename(object['metadata'].name as string),
      } as Written;
      const service = (metadata['labels'] as Written | undefined)?.[
        'kubernetes.io/service-name'
      ] as string | undefined;
      if (service !== undefined)
        metadata['labels'] = {
          ...metadata['labels'],
          'kubernetes.io/service-name': rename(service),
        };
      return { ...object, metadata };
    });
}

describe('a Service and its copy', () => {
  it('predict alike, but for the hostnames of pods that name one of them as their subdomain', () => {
    fc.assert(
      fc.property(cluster, (objects) => {
        const services = fold([...objects, ...copies(objects)])['services'] as Written;
        for (const [name, picture] of Object.entries(services)) {
          if (name.includes('/copied-')) continue;
          // Hand-written slices keep their names.
          const copy = services[name.replace('/service-', '/copied-')];
          expectSame(without(copy, 'hostnames', 'name'), without(picture, 'hostnames', 'name'));
        }
        expect(Object.keys(services).length % 2).toBe(0);
      }),
      often,
    );
  });
});

describe('the endpoints of a Service', () => {
  it('are the pods it selects, each once in every family', () => {
    fc.assert(
      fc.property(cluster, (objects) => {
        const predicted = predictObjects(objects);
        expect(predicted.objects.all).toHaveLength(objects.length);
        for (const { automatic, selector = {}, object, slices } of predicted.services) {
          const pods = predicted.pods.all.filter(({ namespace, labels, hasAddress }) => {
            const own = new Map(labels);
            own.delete('apps.kubernetes.io/pod-index');
            return (
              hasAddress &&
              namespace === object.namespace &&
              Object.entries(selector).every(([key, value]) => own.get(key) === value)
            );
          });
          const expected = automatic ? pods.reduce((sum, { count }) => sum + count, 0) : 0;
          for (const family of ['IPv4', 'IPv6']) {
            const own = slices.filter(({ addressType }) => addressType === family);
            if (own.length === 0 || 'apps.kubernetes.io/pod-index' in selector) continue;
            expect(
              own.flatMap(({ members }) => members).reduce((sum, { count }) => sum + count, 0),
            ).toBe(expected);
            expect(own.flatMap(({ sizes }) => sizes).reduce((sum, size) => sum + size, 0)).toBe(
              expected,
            );
            expect(own.flatMap(({ sizes }) => sizes).every((size) => size <= 100)).toBe(true);
          }
        }
      }),
      often,
    );
  });
});

/** A value that does not belong where it is put. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    80,
    80.5,
    '8080',
    '',
    'yes',
    '0777',
    'a b: c',
    '{{ .Values.x }}',
    '${NAME}',
    '~',
    [],
    {},
    [1],
    {
      a: null,
    },
  ),
  fc.string({ maxLength: 6 }),
);

/** Clusters with at most a few faults in them. */
const faulty = fc
  .tuple(cluster, fc.array(fc.tuple(fc.nat(), oddValue), { maxLength: 3 }))
  .map(([objects, faults]) =>
    faults.reduce((some, [place, value]) => replaceNth(some, place, value), objects),
  );

function replaceNth(objects: Written[], place: number, replacement: unknown): Written[] {
  const total = countScalars(objects);
  let left = total === 0 ? -1 : place % total;
  const visit = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, ''));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, field]) => [name, visit(field, name)]),
      );
    // Without these there is no object to decode.
    if (key === 'apiVersion' || key === 'kind' || key === 'name') return value;
    left -= 1;
    return left === -1 ? replacement : value;
  };
  return objects.map((object) => visit(object, '') as Written);
}

function countScalars(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, field) => sum + countScalars(field), 0);
}

const styles: ToStringOptions[] = [
  {},
  { indent: 4, indentSeq: false },
  { collectionStyle: 'flow' },
  { defaultStringType: 'QUOTE_DOUBLE' },
  { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' },
  { lineWidth: 40 },
];

describe('JSON and YAML', () => {
  it('of the same objects decode alike, faults included', () => {
    fc.assert(
      fc.property(faulty, fc.constantFrom(...styles), (objects, style) => {
        // Numbers to Go's strconv, and texts to the library, which leaves them without quotes.
        fc.pre(!/"[-+]?0[OXB]\w*"/.test(JSON.stringify(objects)));
        // Go's yaml ends a text at a "?" inside of braces, where the library needs no quotes.
        fc.pre(!('collectionStyle' in style && JSON.stringify(objects).includes('?')));
        const [json, yaml] = [
          objects.map((object) => JSON.stringify(object)),
          objects.map((object) => stringify(object, { version: '1.1', ...style })),
        ].map((documents) => readText('all.yaml', documents.join('\n---\n'))) as [
          ReturnType<typeof readText>,
          ReturnType<typeof readText>,
        ];
        // An object whose metadata kubectl cannot decode is lost, here and there.
        expect(yaml).toHaveLength(json.length);
        expectSame(
          yaml.map(({ value }) => value),
          json.map(({ value }) => value),
        );
        for (const [index, object] of yaml.entries()) {
          const other = json[index];
          if (other === undefined) throw new Error('an object was lost');
          expectSame(admit(object, dualStack), admit(other, dualStack));
        }
        expectSame(foldObjects(yaml), foldObjects(json));
      }),
      often,
    );
  });
});
