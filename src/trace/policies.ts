/**
 * What NetworkPolicies do to a request: with a caller that is known both sides are asked, without
 * one only that of the pods it goes to.
 */
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import { networkPolicyBlocksCaller } from '../../rules/policy/network-policy-blocks-caller.ts';
import { networkPolicyUsesServicePort } from '../../rules/policy/network-policy-uses-service-port.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { type PodSet, workloadText } from '../cluster/pods.ts';
import { type Direction, rulesOf } from '../cluster/policy-rules.ts';
import { dnsDenied } from '../lint/ports/dns-egress.ts';
import type { Rule } from '../lint/rule.ts';
import type { Picture } from '../project/project.ts';
import { peersText, verdictText } from '../report/policy-verdict.ts';
import { enumerate } from '../text/enumerate.ts';
import { speaker } from './heard.ts';
import type { Hop } from './hop.ts';

const policyRules: readonly Rule[] = [networkPolicyUsesServicePort, networkPolicyBlocksCaller];

/** Pods and the port that is dialled in them. */
export interface Dialled {
  readonly set: PodSet;
  readonly port: number;
  readonly protocol: string;
}

/** One hop, or one for each side where the caller's own policies have a say. */
export function policyHops(
  picture: Picture,
  from: PodSet | undefined,
  dialled: readonly Dialled[],
): Hop[] {
  if (from === undefined) return [worst(dialled.map((one) => anybody(picture, one)))];
  const sides = (['Egress', 'Ingress'] as const).map((direction) =>
    worst(dialled.map((one) => between(picture, direction, from, one))),
  );
  const isQuiet = sides.every(({ state, place }) => state === 'passes' && place === undefined);
  return isQuiet ? [quiet(`${workloadText(from)} and the pods it dials`)] : sides;
}

/** Requests are spread over all pods: what stops some of them is told. */
function worst(hops: readonly Hop[]): Hop {
  const found =
    hops.find(({ state }) => state === 'broken') ??
    hops.find(({ state }) => state === 'unknown') ??
    hops.find(({ place }) => place !== undefined) ??
    hops[0];
  return found ?? quiet('the pods');
}

function quiet(pods: string): Hop {
  return { step: 'policy', state: 'passes', text: `no NetworkPolicy isolates ${pods}` };
}

function anybody(picture: Picture, { set, port, protocol }: Dialled): Hop {
  const { cluster, unseen } = picture;
  const verdict = cluster.policies.verdict(set, port, protocol);
  const [first] = verdict.policies;
  if (first === undefined) return quiet(workloadText(set));
  const text = verdictText(verdict, set, port, protocol);
  const place = { object: first, at: ['spec', 'podSelector'], part: 'key' as const };
  if (verdict.state === 'open') return { step: 'policy', state: 'passes', text, place };
  const whyUnseen = unseen.whyDocumentUnseen('NetworkPolicy');
  if (verdict.state === 'denied' && whyUnseen === undefined)
    return {
      step: 'policy',
      state: 'broken',
      text,
      place,
      help: `allow ${protocol} ${port} of ${workloadText(set)} in a NetworkPolicy`,
      ...speaker(policyRules, picture, first, []),
    };
  const open =
    verdict.state === 'restricted'
      ? `${text}: whether the caller is among them is not known`
      : verdict.state === 'denied'
        ? `${text}, but ${whyUnseen}`
        : text;
  return { step: 'policy', state: 'unknown', text: open, place };
}

function between(
  picture: Picture,
  direction: Direction,
  from: PodSet,
  { set, port, protocol }: Dialled,
): Hop {
  const { cluster, unseen } = picture;
  const isEgress = direction === 'Egress';
  const [own, peer] = isEgress ? [from, set] : [set, from];
  const policies = cluster.policies.isolating(own, direction).map(({ policy }) => policy);
  const [first] = policies;
  if (first === undefined) return quiet(`${workloadText(own)} for ${direction.toLowerCase()}`);
  const place = { object: first, at: ['spec', 'podSelector'], part: 'key' as const };
  const names = `NetworkPolicy ${enumerate(policies.map(({ name }) => name))}`;
  const isOne = policies.length === 1;
  const [admit, admits] = isEgress ? ['let', 'lets'] : ['admit', 'admits'];
  const what = isEgress
    ? `${workloadText(own)} out to ${workloadText(peer)}`
    : `${workloadText(peer)} to ${workloadText(own)}`;
  const on = `on ${protocol} ${port}`;
  const truth = cluster.policies.passes(direction, from, set, port, protocol);
  if (truth === 'yes')
    return {
      step: 'policy',
      state: 'passes',
      text: `${names} ${isOne ? admits : admit} ${what} ${on}`,
      place: ruleOf(policies, direction) ?? place,
    };
  const why =
    truth === 'unknown'
      ? 'it depends on what is filled in later, on addresses, on the network of a node ' +
        'or on policies of another kind'
      : unseen.whyDocumentUnseen('NetworkPolicy');
  if (why !== undefined)
    return {
      step: 'policy',
      state: 'unknown',
      text: `whether ${names} ${isOne ? admits : admit} ${what} ${on} is not known: ${why}`,
      place,
    };
  const allowed = peersText(policies, direction, set, port, protocol);
  const only =
    allowed === undefined
      ? `it has no rule for ${protocol} ${port}`
      : `${on} it ${admits} ${isEgress ? 'them out to ' : ''}${allowed} only, and ` +
        `${workloadText(peer)} has ${labelsText(peer)} in namespace ${peer.namespace}`;
  return {
    step: 'policy',
    state: 'broken',
    text: `${names} ${isOne ? 'does' : 'do'} not ${admit} ${what}: ${only}`,
    place: ruleOf(policies, direction) ?? place,
    related: [labelsOf(peer, isEgress ? 'the pods that are dialled' : 'the pods that dial')],
    help: `allow ${protocol} ${port} ${isEgress ? 'to' : 'from'} ${workloadText(peer)} in ${names}`,
    ...speaker(policyRules, picture, first, []),
  };
}

function labelsOf(
  { workload, templatePath }: PodSet,
  message: string,
): NonNullable<Hop['related']>[number] {
  return { object: workload, at: [...templatePath, 'metadata', 'labels'], part: 'key', message };
}

/** The first rule of a direction. */
function ruleOf(
  policies: readonly ClusterObject<NetworkPolicy>[],
  direction: Direction,
): Hop['place'] {
  const policy = policies.find((one) => rulesOf(one, direction).length > 0);
  const rule = policy === undefined ? undefined : rulesOf(policy, direction)[0];
  return policy === undefined || rule === undefined ? undefined : { object: policy, at: rule.path };
}

/** `app=web,tier=front`: what is certain of a pod's labels; at most four. */
function labelsText({ labels }: PodSet): string {
  const pairs = [...labels].flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  const shown = pairs.slice(0, 4).join(',');
  return pairs.length === 0 ? 'no labels' : `${shown}${pairs.length > 4 ? ',…' : ''}`;
}

/** Names are looked up before anything is dialled; undefined where nothing is in the way. */
export function lookupHop({ cluster, unseen }: Picture, from: PodSet): Hop | undefined {
  const denied = dnsDenied(from, cluster);
  if (denied === undefined) return undefined;
  const { policies, place, isOpenForTcp } = denied;
  const who = workloadText(from);
  const text =
    `${who} may not ask cluster DNS for it: NetworkPolicy ` +
    `${enumerate(policies.map(({ name }) => name))} allows ` +
    (isOpenForTcp ? 'port 53 for TCP only' : 'nothing out to port 53');
  const whyUnseen = cluster.policies.other ?? unseen.whyDocumentUnseen('NetworkPolicy');
  return whyUnseen === undefined && policies.every(({ incomplete }) => incomplete.length === 0)
    ? {
        step: 'name',
        state: 'broken',
        text,
        help:
          'allow egress to port 53, UDP and TCP, of the pods with k8s-app=kube-dns in ' +
          'namespace kube-system',
        place,
      }
    : { step: 'name', state: 'unknown', text: `${text}, as far as was read`, place };
}
