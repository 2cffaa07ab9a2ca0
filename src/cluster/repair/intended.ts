/**
 * Refused objects as they were meant, for a picture in which one fault does not hide the others.
 */
import { groupOf } from '../../kubernetes/group-version.ts';
import type { JsonObject } from '../../kubernetes/json.ts';
import { isNamespaced } from '../../kubernetes/kinds.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import { addTo } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { objectAt, stringMapAt } from '../apiserver/fields.ts';
import type { Refusal } from '../apiserver/refusal.ts';
import type { Cluster } from '../cluster.ts';
import { type ClusterObject, type Intended } from '../objects.ts';
import type { ClusterOptions } from '../options.ts';
import { type Repair, repair } from './repair.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * The refused objects of a picture, each as it will be once it is repaired in the obvious way;
 * those of which nothing can be known are left out.
 *
 * @param staysOut whether an object is not an object at all but something that is laid over one
 */
export function intendedObjects(
  { objects, options }: Cluster,
  staysOut: (refused: ClusterObject, refusals: readonly Refusal[]) => boolean,
): Intended[] {
  const found: Intended[] = [];
  for (const refused of objects.refused) {
    const repaired = repairOnce(refused, options);
    if (repaired === undefined) continue;
    const told = [...refused.refusals, ...(repaired.later?.refusals ?? [])].filter(
      ({ type }) => type !== 'Not served',
    );
    if (told.length > 0 && staysOut(refused, told)) continue;
    const object = repairedObject(refused, repaired, options);
    found.push({
      object,
      ...(repaired.later !== undefined && { later: { ...object, ...repaired.later } }),
    });
  }
  const selectors = new Selectors([
    ...objects.of('Service'),
    ...found.map(({ object }) => object).filter(isService),
  ]);
  return found.map((one) => ({ ...one, object: withMeantLabels(one.object, selectors) }));
}

/** An object may be part of several units; what it is meant to be is the same in each. */
const repairs = new WeakMap<
  ManifestObject,
  { readonly refusals: readonly Refusal[]; readonly repair: Repair | undefined }
>();

function repairOnce(
  { source, refusals }: ClusterObject,
  options: ClusterOptions,
): Repair | undefined {
  const known = repairs.get(source);
  if (known?.refusals === refusals) return known.repair;
  const repaired = repair(source, refusals, options);
  repairs.set(source, { refusals, repair: repaired });
  return repaired;
}

function repairedObject(
  refused: ClusterObject,
  { source, value, incomplete, refusedAt, changes }: Repair,
  options: ClusterOptions,
): ClusterObject {
  const { apiVersion, kind, name } = source;
  const namespace = isNamespaced(kind) ? (source.namespace ?? options.namespace) : undefined;
  return {
    source,
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    namespaceAssumed: namespace !== undefined && source.namespace === undefined,
    value,
    refusals: [],
    incomplete,
    repaired: { from: refused, refusedAt, changes },
  };
}

function isService({ apiVersion, kind }: ClusterObject): boolean {
  return kind === 'Service' && groupOf(apiVersion) === '';
}

/** Selectors of Services by namespace and pair. */
class Selectors {
  readonly #byPair = new Map<string, Labels[]>();

  constructor(services: readonly ClusterObject[]) {
    for (const { namespace, value } of services) {
      const selector = stringMapAt(objectAt(value as JsonObject, 'spec'), 'selector') ?? {};
      for (const [key, wanted] of Object.entries(selector))
        addTo(this.#byPair, `${namespace}\n${key}\n${wanted}`, selector);
    }
  }

  with(namespace: string | undefined, key: string, value: string): readonly Labels[] {
    return this.#byPair.get(`${namespace}\n${key}\n${value}`) ?? [];
  }
}

/**
 * Where a workload's selector and template differ, one of them is right: that which a Service bears
 * out. The pods have the labels that the selector asks for if a Service asks for them as well, and
 * none for those of the template.
 */
function withMeantLabels(object: ClusterObject, selectors: Selectors): ClusterObject {
  const value = object.value as JsonObject;
  const spec = objectAt(value, 'spec');
  const template = objectAt(spec, 'template');
  const metadata = objectAt(template, 'metadata');
  const selector = objectAt(spec, 'selector');
  const wanted = stringMapAt(selector, 'matchLabels');
  if (spec === undefined || template === undefined || wanted === undefined) return object;
  const labels = stringMapAt(metadata, 'labels') ?? {};
  const wrong = Object.entries(wanted).filter(([key, one]) => getOwn(labels, key) !== one);
  if (wrong.length === 0) return object;
  const areFrom = (asked: Labels, known: Labels): boolean =>
    Object.entries(asked).every(([key, one]) => getOwn(known, key) === one);
  const meant = { ...labels, ...wanted };
  const { namespace } = object;
  const bearsOutTemplate = wrong.some(([key]) => {
    const actual = getOwn(labels, key);
    return (
      actual !== undefined &&
      selectors.with(namespace, key, actual).some((asked) => areFrom(asked, labels))
    );
  });
  const bearsOutSelector = wrong.some(([key, one]) =>
    selectors.with(namespace, key, one).some((asked) => areFrom(asked, meant)),
  );
  if (bearsOutTemplate || !bearsOutSelector) return object;
  return {
    ...object,
    value: {
      ...value,
      spec: {
        ...spec,
        template: { ...template, metadata: { ...metadata, labels: meant } },
      },
    },
  };
}
