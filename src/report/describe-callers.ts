/** Who is known to call a Service, and what NetworkPolicies make of each of them. */
import type { Cluster } from '../cluster/cluster.ts';
import { workloadText } from '../cluster/pods.ts';
import { isOutsider } from '../cluster/policy.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { type Caller, callersOf } from '../lint/calls/callers.ts';
import { type CallerVerdict, callerVerdict } from '../lint/ports/caller-verdict.ts';
import { enumerate } from '../text/enumerate.ts';
import { sectionLines } from './facts.ts';

const most = 20;

/** A line for each caller; none where no policy has a say in any of them. */
export function callerLines(service: ServicePicture, cluster: Cluster, width: number): string[] {
  if (cluster.policies.all.length === 0) return [];
  const judged = callersOf(cluster).flatMap((caller) => {
    const verdict = caller.service === service ? callerVerdict(caller, cluster) : undefined;
    return verdict === undefined ? [] : [{ caller, verdict }];
  });
  if (judged.every(({ verdict }) => verdict.state === 'open')) return [];
  const lines = new Set(judged.map(({ caller, verdict }) => lineOf(caller, verdict)));
  const shown = [...lines].slice(0, most);
  if (lines.size > most) shown.push(`and ${lines.size - most} more`);
  return sectionLines(shown, width);
}

function lineOf({ words, from, port }: Caller, verdict: CallerVerdict): string {
  const who = isOutsider(from) ? words.replace(/,$/, '') : workloadText(from);
  return `${who} → port ${port.port}: ${verdictText(verdict)}`;
}

function verdictText({ state, direction, policies }: CallerVerdict): string {
  const names = `NetworkPolicy ${enumerate(policies.map(({ name }) => name))}`;
  const [does, doesNot] =
    direction === 'Egress' ? ['let out', 'do not let it out'] : ['admitted', 'do not admit it'];
  const denial = policies.length === 1 ? doesNot.replace(/^do /, 'does ') : doesNot;
  switch (state) {
    case 'open':
      return 'open';
    case 'admitted':
      return `${does} by ${names}`;
    case 'closed':
      return `kept out: ${names} ${denial}`;
    case 'some':
      return `kept from some of the pods: ${names} ${denial} to all of them`;
    case 'unknown':
      return `unknown: it depends on more than was read (${names})`;
  }
}
