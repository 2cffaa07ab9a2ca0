/** Rook: every Ceph daemon is a Deployment of its own, labelled `app` after its sort. */
import type { Operator, OperatorTable } from './made.ts';
import { inert } from './made.ts';
import { partly } from './read.ts';

/**
 * Labels of rook pkg/operator/ceph/controller/spec.go `CephDaemonAppLabels` and pkg/operator/k8sutil/labels.go; which daemon is the active one is set
 * while they run.
 */
const daemons =
  (...services: readonly string[]): Operator =>
  (resource) => ({
    pods: [
      partly(resource, { app: /^(rook-|csi-)/ }, ['rook.io'], {
        rook_cluster: resource.namespace,
        ceph_daemon_id: null,
        ceph_daemon_type: null,
        mgr_role: null,
        rook_object_store: resource.name,
        rook_file_system: resource.name,
        instance: null,
        mgr: null,
        mon: null,
        mon_cluster: null,
        mds: null,
        osd: null,
        rgw: null,
        'ceph-osd-id': null,
        'device-class': null,
        'failure-domain': null,
        portable: null,
        'app.kubernetes.io/name': /^ceph-/,
        'app.kubernetes.io/instance': null,
        'app.kubernetes.io/component': /ceph/,
        'app.kubernetes.io/managed-by': 'rook-ceph-operator',
        'app.kubernetes.io/created-by': 'rook-ceph-operator',
        'app.kubernetes.io/part-of': resource.name,
      }),
    ],
    services: services.map((service) => service.replace('*', resource.name)),
  });

export const rook: OperatorTable = {
  'ceph.rook.io': {
    CephCluster: daemons('rook-ceph-mgr', 'rook-ceph-mgr-dashboard', 'rook-ceph-exporter'),
    CephObjectStore: daemons('rook-ceph-rgw-*'),
    CephFilesystem: daemons(),
    CephNFS: daemons(),
    CephRBDMirror: daemons(),
    CephFilesystemMirror: daemons(),
    ...inert(
      'CephBlockPool CephBlockPoolRadosNamespace CephBucketNotification CephBucketTopic CephClient CephCOSIDriver CephFilesystemSubVolumeGroup CephObjectRealm CephObjectStoreUser CephObjectZone CephObjectZoneGroup',
    ),
  },
  'objectbucket.io': inert('ObjectBucket ObjectBucketClaim'),
};
