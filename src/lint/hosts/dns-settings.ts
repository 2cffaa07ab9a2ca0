/** What the DNS settings of a pod make of the names of Services (core/v1 `PodDNSConfig`). */
import type { PodDNSConfig, PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { HostName } from '../../text/host-names.ts';

const askNode = 'makes these pods ask the resolver of their node';

export interface Setting {
  readonly at: Path;
  readonly words: string;
  readonly ndots?: number;
  readonly help?: string;
  /** The name of the cluster's domain is found. */
  readonly full?: true;
  /** Only names below these domains are found. */
  readonly searches?: readonly string[];
}

/** Resolvers of everybody, which know no cluster. */
const publicResolvers = new Set([
  ...['8.8.8.8', '8.8.4.4', '1.1.1.1', '1.0.0.1', '9.9.9.9', '149.112.112.112'],
  ...['208.67.222.222', '208.67.220.220', '2001:4860:4860::8888', '2606:4700:4700::1111'],
]);

/** With dnsPolicy None there is what dnsConfig says and nothing else. */
function settingOfNone({ nameservers = [], searches = [] }: PodDNSConfig): Setting | undefined {
  const at = ['dnsPolicy'];
  const help = 'leave dnsPolicy out, and write into dnsConfig what is to be added';
  const [server] = nameservers;
  if (server !== undefined && nameservers.every((one) => publicResolvers.has(one)))
    return { at, words: `dnsPolicy None makes these pods ask ${server} alone`, help };
  if (searches.length === 0)
    return { at, words: 'dnsPolicy None without searches finds full names only', help, full: true };
  const words = `dnsPolicy None searches ${searches.slice(0, 3).join(', ')} only`;
  return searches.some((one) => isPlaceholder(one))
    ? undefined
    : { at: ['dnsConfig', 'searches'], words, help, full: true, searches };
}

/**
 * What keeps a pod's names from being found (pkg/kubelet/network/dns/dns.go `getPodDNSType`,
 * `GetPodDNS`).
 */
export function settingOf({
  dnsPolicy = 'ClusterFirst',
  hostNetwork,
  dnsConfig,
}: PodSpec): Setting | undefined {
  if (dnsPolicy === 'None') return settingOfNone(dnsConfig ?? {});
  if (dnsPolicy === 'Default')
    return {
      at: ['dnsPolicy'],
      words: `dnsPolicy Default ${askNode}`,
      ...(hostNetwork !== true && { help: 'leave dnsPolicy out: it is ClusterFirst then' }),
    };
  if (dnsPolicy === 'ClusterFirst' && hostNetwork === true)
    return {
      at: ['hostNetwork'],
      words: `hostNetwork without dnsPolicy ClusterFirstWithHostNet ${askNode}`,
    };
  const index = (dnsConfig?.options ?? []).findIndex(({ name }) => name === 'ndots');
  const ndots = Number(dnsConfig?.options?.[index]?.value);
  return dnsPolicy.startsWith('ClusterFirst') && Number.isInteger(ndots) && ndots < 5
    ? { at: ['dnsConfig', 'options', index, 'value'], words: `ndots ${ndots}`, ndots }
    : undefined;
}

/**
 * With ndots a name of fewer dots is still searched for first; one of more is searched for only
 * when nobody outside knows it.
 *
 * @param name of the Service that is meant, in full
 */
export function hides(
  { ndots, full, searches }: Setting,
  { host }: HostName,
  name: string,
): boolean {
  const dots = host.split('.').length - 1;
  if (host.endsWith('.svc.cluster.local')) return ndots === undefined && full !== true;
  if (searches !== undefined)
    return !searches.some((domain) => `${host}.${domain.replace(/\.$/, '')}` === name);
  return ndots === undefined || dots >= ndots;
}
