import type { Cluster } from '../../src/cluster/cluster.ts';
import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import { isWorkloadKind } from '../../src/kubernetes/kinds.ts';
import { isCustom } from '../../src/kubernetes/references.ts';
import { idleNamespaces, namespaceMessages } from '../../src/lint/references/idle-namespaces.ts';
import { keyMessages, missingKeys } from '../../src/lint/references/missing-keys.ts';
import {
  helperKinds,
  isOfDelivery,
  namedKinds,
  readers,
} from '../../src/lint/references/named-kinds.ts';
import {
  followNearMiss,
  otherwiseAmongOthers,
  placeOf,
} from '../../src/lint/references/named-objects.ts';
import { allNamings, type Naming } from '../../src/lint/references/namings.ts';
import { missingMessages, reportMissing } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { remembered } from '../../src/memo.ts';
import type { Unit } from '../../src/units/unit.ts';

export const namedObjectMissing = defineRule({
  meta: {
    id: 'named-object-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'names what does not exist',
    summary:
      'A route, scaler, claim, monitor or certificate names a helper object that does not exist',
    why:
      'a controller that does not find what an object names does nothing for that object, or ' +
      'leaves out what it was to add',
    fixable: true,
  },
  messages: { ...missingMessages, ...keyMessages, ...namespaceMessages },
  check(context) {
    for (const idle of idleNamespaces(context.cluster)) context.report(idle);
    for (const naming of allNamings(context.cluster)) {
      if (!isAsked(naming) || isBoundByHand(naming, context.cluster)) continue;
      const { group, kind } = naming.reference;
      const isOwn =
        naming.reference.common === true
          ? isCustom(group)
          : (group === '' && kind !== 'Service') || helperKinds.has(kind);
      const found = followNearMiss(context, naming, {
        ...(isOwn && { orphan: true }),
        ...((isOwn || kind === 'HTTPProxy') && { beside: true }),
        ...(naming.object.kind === 'Canary' && { also: 'only' }),
        ...otherwiseAmongOthers(context, naming),
        ...(isToBeRead(naming, context.unit) && {
          otherwise: (wanted) => reportMissing(context, placeOf(naming), wanted, undefined),
        }),
      });
      if (found !== undefined && naming.reference.key !== undefined)
        for (const key of missingKeys(found, naming, context)) context.report(key);
    }
  },
});

/** The classes of the volumes that are written out. */
const classesOfVolumes = remembered(
  ({ objects }: Cluster): ReadonlySet<string> =>
    new Set(
      objects
        .ofKind('', 'PersistentVolume')
        .flatMap(({ value }) => asText(fieldAt(value, 'spec', 'storageClassName')) ?? []),
    ),
);

/** Claims find the volumes of a class by its name: no StorageClass need be there for that. */
function isBoundByHand({ reference: { kind, name } }: Naming, cluster: Cluster): boolean {
  return kind === 'StorageClass' && classesOfVolumes(cluster).has(name);
}

/** What the repository of a cluster keeps, where all that the cluster is made of was read. */
const isToBeRead = ({ reference }: Naming, { deliverers }: Unit): boolean =>
  deliverers !== undefined && isOfDelivery(reference) && !reference.optional;

const namedByReaders = ['Secret', 'ConfigMap', 'PersistentVolumeClaim', 'ServiceAccount'];

function isAsked({ object: { kind: reader }, reference }: Naming): boolean {
  const { group, kind, path } = reference;
  if (reference.common === true)
    return namedByReaders.includes(kind) || isCustom(group) || isWorkloadKind(kind);
  if (namedKinds.has(`${group}/${kind}`) || reader === 'Canary') return true;
  // What reloads a workload when these change.
  if (path[0] === 'metadata' && isWorkloadKind(reader)) return true;
  if (!readers.includes(reader) || group !== '') return false;
  // Backends of an Ingress are asked for elsewhere, those of its annotations are not.
  if (kind === 'Service')
    return reader === 'Prometheus' || (reader === 'Ingress' && path[0] === 'metadata');
  const isCertificate = reader === 'Ingress' && path.includes('tls');
  return namedByReaders.includes(kind) && !isCertificate;
}
