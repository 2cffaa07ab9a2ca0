/**
 * Directories as candidates for units: split where they hold alternatives, joined where one needs
 * what only another has.
 */
import { pushAll } from '../lists.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { getOwn } from '../own.ts';
import { mostJoinedObjects } from '../text/limits.ts';
import { type FileGroup } from './file-group.ts';
import { isNearlyMet } from './near-miss.ts';
import { OfferIndex, type ProvidersBelow } from './offer-index.ts';
import { withParents } from './paths.ts';
import { type Need } from './references.ts';
import { areApart } from './stages.ts';
import type { Join } from './unit.ts';

export interface JoinedGroups {
  readonly groups: readonly FileGroup[];
  /** Why each group but the first is one of them. */
  readonly joins: readonly Join[];
  /**
   * It may need others, which were not looked for: all units together hold as much as is judged.
   */
  readonly isCut?: true;
}

/** Further up than this, things that have the same labels are as likely strangers as relatives. */
const maxLevelsUp = 2;

/**
 * For each group the others that it needs: the nearest one that offers what it lacks, as long as no
 * identity stands twice. Where several are equally near and exclude each other nothing is joined:
 * the question stays open. Groups that have become part of a larger one are left out.
 */
export function joinGroups(groups: readonly FileGroup[]): JoinedGroups[] {
  const index = new OfferIndex(groups);
  const joined = withinLimit(groups, closures(groups, index), index);
  const absorbed = new Set<FileGroup>();
  for (const { groups: members } of joined.values())
    if (members.length > 1) for (const member of members.slice(1)) absorbed.add(member);
  const larger = groups.flatMap((start) => {
    const unit = joined.get(start);
    return unit === undefined || (unit.groups.length === 1 && absorbed.has(start)) ? [] : [unit];
  });
  return [
    ...new Map(
      larger.map((unit) => [
        unit.groups
          .map(({ manifests }) =>
            manifests.map(({ file, objects }) => `${file.path} ${objects.length}`).join(),
          )
          .sort()
          .join('\n'),
        unit,
      ]),
    ).values(),
  ];
}

type Closures = Map<FileGroup, JoinedGroups>;

/**
 * What each group is joined with, until all of them together hold more objects than are judged;
 * what is left then is not there.
 */
function closures(groups: readonly FileGroup[], index: OfferIndex): Closures {
  const joined: Closures = new Map();
  let left = mostJoinedObjects + 4 * groups.reduce((sum, { objects }) => sum + objects.length, 0);
  for (const start of groups) {
    if (left < 0) break;
    const unit = closure(start, index);
    joined.set(start, unit);
    for (const member of unit.groups.slice(1)) left -= member.objects.length;
  }
  return joined;
}

/**
 * All closures, where they are within the limit. Else those come first that no other group needs,
 * for they hold the others; what is in none of them in the end stays alone, and its unit says so.
 */
function withinLimit(groups: readonly FileGroup[], all: Closures, index: OfferIndex): Closures {
  if (all.size === groups.length) return all;
  const needed = new Set(
    groups.flatMap((start) => stepsFrom(start, index).flatMap(({ compatible }) => compatible)),
  );
  const joined = closures(
    [...groups].sort((a, b) => Number(needed.has(a)) - Number(needed.has(b))),
    index,
  );
  const held = new Set([...joined.values()].flatMap((unit) => unit.groups));
  for (const start of groups)
    if (!held.has(start)) joined.set(start, { groups: [start], joins: [], isCut: true });
  return joined;
}

interface Step {
  readonly compatible: readonly FileGroup[];
  readonly joins: readonly Join[];
}

/** What one group needs by itself. */
function stepsFrom(start: FileGroup, index: OfferIndex): Step[] {
  const found: Step[] = [];
  for (const need of index.unmet(start)) {
    const step = stepFor(need, start, new Set([start]), new Set(start.identities), index);
    if (step !== undefined) found.push(step);
  }
  return found;
}

function closure(start: FileGroup, index: OfferIndex): JoinedGroups {
  const members = new Set([start]);
  const identities = new Set(start.identities);
  const joins: Join[] = [];
  // Members that are added on the way are visited, too.
  for (const member of members) {
    for (const need of index.unmet(member)) {
      const step = stepFor(need, member, members, identities, index);
      if (step === undefined) continue;
      pushAll(joins, step.joins);
      for (const provider of step.compatible) {
        members.add(provider);
        for (const key of provider.identities) identities.add(key);
      }
    }
  }
  return { groups: [...members], joins };
}

/** The groups to join because of a need that nothing of what is joined already meets. */
function stepFor(
  need: Need,
  member: FileGroup,
  members: ReadonlySet<FileGroup>,
  identities: ReadonlySet<string>,
  index: OfferIndex,
): Step | undefined {
  const providers = index.providers(need);
  if (isAnyOf(members, providers)) return undefined;
  // A slip of the pen is none where it would lead into another environment.
  const isSlipApart = (provider: FileGroup): boolean =>
    need.type === 'object' &&
    !need.key.endsWith(`/${providers.get(provider)?.name ?? ''}`) &&
    areApart(member.directory, provider.directory);
  const compatible = nearestOf(member, index.providersBelow(need)).filter(
    (provider) =>
      ![...provider.identities].some((key) => identities.has(key)) && !isSlipApart(provider),
  );
  if (compatible.length === 0 || !mutuallyCompatible(compatible)) return undefined;
  if (isNearlyMet(need, index.offers(member), index.needs(member))) return undefined;
  return {
    compatible,
    joins: compatible.map((provider) => ({
      directory: provider.directory,
      because: describeNeed(need, providers.get(provider)),
    })),
  };
}

/** Whether one of the first is one of the second; the shorter list is walked. */
function isAnyOf(
  members: ReadonlySet<FileGroup>,
  providers: ReadonlyMap<FileGroup, unknown>,
): boolean {
  const [few, many] =
    members.size < providers.size ? [members.keys(), providers] : [providers.keys(), members];
  for (const one of few) if (many.has(one)) return true;
  return false;
}

/** In the lowest of the directories above that holds any. */
function nearestOf({ directory }: FileGroup, below: ProvidersBelow): readonly FileGroup[] {
  for (const above of withParents(directory, maxLevelsUp)) {
    const found = below.get(above);
    if (found !== undefined) return found;
  }
  return [];
}

function mutuallyCompatible(groups: readonly FileGroup[]): boolean {
  const seen = new Set<string>();
  for (const { identities } of groups) {
    for (const key of identities) {
      if (seen.has(key)) return false;
      seen.add(key);
    }
  }
  return true;
}

const verbs: Readonly<Record<string, string>> = {
  Service: 'selects',
  PodDisruptionBudget: 'selects',
  PodMonitor: 'selects',
  NetworkPolicy: 'selects',
  ServiceMonitor: 'selects',
  Endpoints: 'belongs to',
  EndpointSlice: 'belongs to',
  StatefulSet: 'is governed by',
  HorizontalPodAutoscaler: 'scales',
  VerticalPodAutoscaler: 'scales',
  ScaledObject: 'scales',
};

/** `k8s/svc/api.yaml: Service api selects Deployment api (k8s/deploy/api.yaml)`. */
function describeNeed({ by, type }: Need, provider: ManifestObject | undefined): string {
  const verb =
    by.kind === 'Service' && type === 'object'
      ? 'has its addresses from'
      : (getOwn(verbs, by.kind) ?? 'refers to');
  const found =
    provider === undefined
      ? ''
      : `${provider.kind} ${provider.name} (${provider.document.file.path})`;
  return `${by.document.file.path}: ${by.kind} ${by.name} ${verb} ${found}`;
}
