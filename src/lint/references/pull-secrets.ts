/**
 * Secrets for pulling images. Many are made by hand, so that a name says little unless there is one
 * beside it that was meant.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { namesOfKind } from '../../cluster/names-of-kind.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { remembered } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import type { AnyFinding, RuleContext } from '../rule.ts';
import type { nearMissMessages } from './named-objects.ts';
import { type Naming, wantedBy } from './namings.ts';
import { type Candidate, isBeside, type Wanted } from './nearest-object.ts';
import { isNowhere, type Lookup, lookUp, reportMissing } from './reference.ts';
import { referrersOf } from './referenced.ts';

const why =
  'the kubelet pulls without credentials then: a private image is not pulled, and the pod stays ' +
  'in ImagePullBackOff';

/** Spread them into the messages of a rule that reports a `wrongPullSecret`. */
export const pullMessages = {
  pullType: ({ secret, type }: Record<'secret' | 'type', string>) =>
    `${secret} is of type ${type}, and only kubernetes.io/dockerconfigjson is read for pulling`,
};

type Context = Pick<
  RuleContext<typeof nearMissMessages>,
  'cluster' | 'unseen' | 'unit' | 'report' | 'unknown'
>;

/** One that is no pull secret (pkg/credentialprovider/secrets `MakeDockerKeyring`). */
export function wrongPullSecret(
  { object, reference }: Naming,
  lookup: Lookup,
): AnyFinding<typeof pullMessages> | undefined {
  if (lookup.state !== 'found' || isForPulling(lookup.object)) return undefined;
  const type = asText(fieldAt(lookup.object.value, 'type')) ?? 'Opaque';
  return {
    object,
    at: reference.path,
    id: 'pullType',
    data: { secret: describeObject(lookup.object), type },
    severity: 'warning',
    why,
    help: 'make it with kubectl create secret docker-registry',
    related: [{ object: lookup.object, at: ['metadata', 'name'], message: 'the Secret' }],
  };
}

/** Follows one: what is not there is only told beside the one that was meant. */
export function followPullSecret(naming: Naming, context: Context): Lookup {
  const { object, reference } = naming;
  const wanted = wantedBy(naming, context.cluster);
  const lookup = lookUp(context, object, wanted);
  const meant = isNowhere(lookup) ? meantBy(context.cluster, object, wanted) : undefined;
  if (meant !== undefined) {
    const place = { object, at: reference.path };
    reportMissing(context, place, wanted, meant, { why, severity: 'warning' });
  }
  return lookup;
}

/** One of nearly the same name; or the only one of the directory, which nobody names. */
function meantBy(
  cluster: Cluster,
  from: ClusterObject,
  { namespace, name }: Wanted,
): Candidate | undefined {
  const slip = namesOfKind(cluster.objects, '', 'Secret', namespace).slip(name, from);
  if (slip !== undefined && isForPulling(slip))
    return { object: slip, written: slip.name, difference: 'slip', certain: false };
  const [only, ...others] = secretsFor(cluster).get(namespace) ?? [];
  const isMeant =
    only !== undefined &&
    others.length === 0 &&
    isBeside(only, from) &&
    referrersOf(cluster, only).length === 0;
  return isMeant
    ? { object: only, written: only.name, difference: 'only', certain: false }
    : undefined;
}

const secretsFor = remembered(({ objects }: Cluster) =>
  groupBy(objects.ofKind('', 'Secret').filter(isForPulling), ({ namespace }) => namespace),
);

function isForPulling({ value }: ClusterObject): boolean {
  return /^kubernetes\.io\/docker(?:configjson|cfg)$/.test(asText(fieldAt(value, 'type')) ?? '');
}
