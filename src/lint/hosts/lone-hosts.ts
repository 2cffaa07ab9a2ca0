/**
 * Short names that are no Service and like none, where what stands around them tells that they were
 * to be one: the others that the same object names are there.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { entryOf, groupBy, groupByEach } from '../../multimap.ts';
import { wordsIn } from '../../text/host-settings.ts';
import { shareWord, wordsOfName } from '../../text/kind-words.ts';
import { isDataPort } from '../../text/usual-ports.ts';
import { namesTemplates } from '../../units/release.ts';
import { besideKey, isBeside } from '../references/nearest-object.ts';
import { namespaceOf } from '../references/reference.ts';
import type { RuleContext } from '../rule.ts';
import type { DnsTarget } from './dns-names.ts';
import { namedHosts } from './named-hosts.ts';
import type { SpokenHost } from './spoken-hosts.ts';

export interface LoneHost {
  readonly severity: 'warning' | 'info';
  /** What tells it, for a sentence of its own. */
  readonly why: string;
}

/** What an object names by short names of its own namespace. */
interface Named {
  /** The Services that stand beside it. */
  readonly beside: Set<ClusterObject>;
  readonly lost: Set<string>;
}

/** Undefined where it may as well be a host outside, or of somebody else. */
export function loneHost(
  { cluster, unseen }: Pick<RuleContext<never>, 'cluster' | 'unseen'>,
  object: ClusterObject,
  name: SpokenHost,
  target: DnsTarget,
): LoneHost | undefined {
  const { namespace, service, pod } = target;
  if (pod !== undefined || namespace !== namespaceOf(object, cluster)) return undefined;
  if (!isMeantHere(name, object) || isOfChart(object)) return undefined;
  if (isAnything(name) || isMail(name) || isNotDialled(name)) return undefined;
  if (unseen.whyUnseen('Service', { namespace, name: service }) !== undefined) return undefined;
  const { beside: others, lost } = namedBy(cluster).get(object) ?? nothing;
  const count = others.size;
  const isKin = lost.size === 1 && [...others].some((other) => shareWord(other.name, service));
  if (count > 0 && lost.size <= count)
    return {
      severity: isKin || (lost.size * 2 <= count && !mayBePair(name)) ? 'warning' : 'info',
      why:
        `of the Services that it names ${count === 1 ? 'the other one is' : `${count} are`} ` +
        'among what was read',
    };
  const beside = besides(cluster).get(besideKey(namespace, object));
  const isOfFamily = wordsOfName(service).some((word) => (beside?.get(word)?.length ?? 0) > 1);
  const own = cluster.objects.find('Namespace', undefined, namespace);
  // Who brings the namespace along brings all that is in it.
  const isWhole = beside !== undefined && own !== undefined && isBeside(own, object);
  const isStored = isWhole && isDataPort(name.port ?? name.usualPort);
  return isOfFamily || isStored
    ? {
        severity: 'info',
        why: isOfFamily
          ? 'Services beside it are called alike'
          : 'a name without a dot is looked for in the cluster only',
      }
    : undefined;
}

const nothing: Named = { beside: new Set(), lost: new Set() };

/** What a file lists may be of another cluster; a container is told what it is to call. */
function isMeantHere({ form }: SpokenHost, { kind }: ClusterObject): boolean {
  return form !== 'name' && (form !== 'pair' || (kind !== 'ConfigMap' && kind !== 'Secret'));
}

/**
 * `LISTEN_ADDRESS: all`, `APP_SERVER: gunicorn`, `EMAIL_ADDRESS: ops`: the value of a setting that
 * is named for a host, without a port to dial, need not be one.
 */
function isAnything({ form, port, usualPort }: SpokenHost): boolean {
  return form === 'setting' && (port ?? usualPort) === undefined;
}

/** What others call it by, what it listens on, and what it only compares. */
const ownAddress =
  /^(?:bind|listen|listeners?|advertised?|cors|origins?|allowed|issuer|public|external|namespace|realm|no)$/;
const noHost = /^(?:none|false|true|any|all|auto|null|off|on|yes|no)$/;

function isNotDialled({ host, setting = '' }: SpokenHost): boolean {
  return noHost.test(host) || wordsIn(setting).some((word) => ownAddress.test(word));
}

/** `admin:1234`, `noon:30`: a word and a number that need not be a port. */
function mayBePair({ form, port }: SpokenHost): boolean {
  return form === 'pair' && !isDataPort(port);
}

/** Values of a chart may lead to what another release installs. */
function isOfChart({ source, value }: ClusterObject): boolean {
  return (
    namesTemplates(source.document.file) ||
    fieldAt(value, 'metadata', 'labels', 'helm.sh/chart') !== undefined
  );
}

/** Relays for mail are known to nodes by short names. */
function isMail({ host, port }: SpokenHost): boolean {
  return port === 25 || port === 587 || /smtp|mail/.test(host);
}

const namedBy = remembered((cluster: Cluster): ReadonlyMap<ClusterObject, Named> => {
  const all = new Map<ClusterObject, Named>();
  for (const { name, target, nearOnly } of namedHosts(cluster)) {
    const { object } = name.place(0, 0);
    if (nearOnly || target.cluster || target.pod !== undefined) continue;
    if (target.namespace !== namespaceOf(object, cluster) || !isMeantHere(name, object)) continue;
    const named = entryOf(all, object, () => ({ beside: new Set(), lost: new Set() }));
    const service = cluster.objects.find('Service', target.namespace, target.service);
    if (service === undefined) named.lost.add(target.service);
    else if (isBeside(service, object)) named.beside.add(service);
  }
  return all;
});

/** The Services of a namespace in a directory, by the words of their names. */
const besides = remembered(({ objects }: Cluster) => {
  const byPlace = groupBy(objects.of('Service'), (service) =>
    besideKey(service.namespace ?? '', service),
  );
  return new Map(
    [...byPlace].map(([place, services]) => [
      place,
      groupByEach(services, ({ name }) => new Set(wordsOfName(name))),
    ]),
  );
});
