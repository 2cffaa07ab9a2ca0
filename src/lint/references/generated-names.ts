/** ConfigMaps and Secrets that generators of a kustomization make under another name. */
import type { Cluster } from '../../cluster/cluster.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { differInKindWord } from '../../text/kind-words.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isGeneratedIn } from '../../units/kustomize/generated-data.ts';
import { fixTo } from '../fixes/change-to.ts';
import type { AnyFinding } from '../rule.ts';
import { type Naming, namingsOf, wantedBy } from './namings.ts';
import type { Wanted } from './nearest-object.ts';
import { isNowhere, lookUp, type LookupContext } from './reference.ts';

/** Spread them into the messages of a rule that reports a `generatedName`. */
export const generatedMessages = {
  generated: ({ kind, name, meant }: Record<'kind' | 'name' | 'meant', string>) =>
    `there is no ${kind} "${name}"; the kustomization generates "${meant}"`,
  apart: ({ kind, name, own, other }: Record<'kind' | 'name' | 'own' | 'other', string>) =>
    `there is no ${kind} "${name}" in namespace ${own}; the kustomization generates it in ` +
    `namespace ${other}, under a name with a hash`,
};

/** A name beside the generated one that was meant. */
export function generatedName(
  naming: Naming,
  context: LookupContext,
  why: string,
): AnyFinding<typeof generatedMessages> | undefined {
  const { object, reference } = naming;
  const wanted = wantedBy(naming, context.cluster);
  const { kind, name } = wanted;
  const other = reference.optional ? undefined : namespaceApart(naming, wanted, context);
  if (other !== undefined) {
    const own = wanted.namespace ?? '';
    return {
      object,
      at: reference.path,
      id: 'apart',
      data: { kind, name, own, other },
      severity: 'warning',
      why,
      help:
        `set namespace: ${own} in the kustomization with the generator; kustomize changes names ` +
        'only within a namespace',
    };
  }
  const meant = reference.optional ? undefined : meantBy(naming, context);
  if (meant === undefined) return undefined;
  return {
    object,
    at: reference.path,
    id: 'generated',
    data: { kind, name, meant },
    severity: 'warning',
    why,
    help: `write ${meant}: kustomize puts the name with its hash there`,
    fixes: fixTo(meant, 'unsafe'),
  };
}

/** Where what is wanted is generated, if that is another namespace than it is looked up in. */
function namespaceApart(
  naming: Naming,
  wanted: Wanted,
  context: LookupContext,
): string | undefined {
  const { kind, namespace, name } = wanted;
  const { options } = context.cluster;
  const generated = context.unit.generated?.get(`${kind}/${name}`);
  if (generated === undefined || isGeneratedIn(generated, namespace, options)) return undefined;
  return isNowhere(lookUp(context, naming.object, wanted))
    ? generated.namespace || options.namespace
    : undefined;
}

function meantBy(naming: Naming, context: LookupContext): string | undefined {
  const { cluster, unit } = context;
  const wanted = wantedBy(naming, cluster);
  const { kind, name } = wanted;
  const prefix = `${kind}/`;
  const generated = [...(unit.generated?.keys() ?? [])].flatMap((key) =>
    key.startsWith(prefix) ? key.slice(prefix.length) : [],
  );
  if (generated.length === 0 || generated.includes(name)) return undefined;
  const lookup = lookUp(context, naming.object, wanted);
  if (!isNowhere(lookup)) return undefined;
  const hashed = /^(.+)-[a-z0-9]{10}$/.exec(name)?.[1];
  if (hashed !== undefined && generated.includes(hashed)) return hashed;
  const { orphans, loose } = looseIn(context, kind, generated);
  const [only, ...others] = orphans;
  const isOnly = others.length === 0 && loose.length === 1 && lookup.state === 'unknown';
  return (
    nearestName(name, orphans) ??
    orphans.find((one) => differInKindWord(name, one, kind)) ??
    (isOnly ? only : undefined)
  );
}

interface Loose {
  /** What is generated, and nobody names. */
  readonly orphans: readonly string[];
  /** Names that lead nowhere. */
  readonly loose: readonly string[];
}

const looseByKind = remembered((_: Cluster) => new Map<string, Loose>());

function looseIn({ cluster }: LookupContext, kind: string, generated: readonly string[]): Loose {
  return entryOf(looseByKind(cluster), kind, () => {
    const called = new Set(namingsOf(cluster, '', kind).map(({ reference }) => reference.name));
    const read = cluster.objects.ofKind('', kind).map(({ name }) => name);
    const made = new Set([...generated, ...read]);
    return {
      orphans: generated.filter((one) => !called.has(one)),
      loose: [...called].filter((name) => !made.has(name)),
    };
  });
}
