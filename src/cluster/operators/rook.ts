/** Rook: every Ceph daemon is a Deployment of its own, labelled `app` after its sort. */
import type { Operator, OperatorTable } from './operator.ts';
import { containing, makingNothing } from './operator.ts';
import { partly } from './read.ts';

/**
 * Each sort has labels of its own beside those of all daemons; which daemon is the active one is
 * set while they run.
 *
 * @source rook/rook pkg/operator/ceph/controller/spec.go `CephDaemonAppLabels` @622f3c09
 * @source rook/rook pkg/operator/ceph/cluster/mon/spec.go `getLabels` @0226134c
 * @source rook/rook pkg/operator/ceph/cluster/osd/labels.go `getOSDLabels` @0f76fa7f
 * @source rook/rook pkg/operator/ceph/nfs/spec.go `getLabels` @00500021
 */
const daemons =
  (...services: readonly string[]): Operator =>
  (resource) => ({
    pods: [
      {
        keys: /^topology-location-/,
        ...partly(resource, { app: /^(rook-|csi-)/ }, ['rook.io'], {
          rook_cluster: resource.namespace,
          ceph_daemon_id: null,
          ceph_daemon_type: null,
          mgr_role: null,
          rook_object_store: resource.name,
          rook_file_system: resource.name,
          ceph_nfs: resource.name,
          instance: null,
          mgr: null,
          mon: null,
          mon_cluster: null,
          mon_canary: null,
          mon_daemon: null,
          nfs: null,
          node_name: null,
          pvc_name: null,
          pvc_size: null,
          'fs-mirror': null,
          'rbd-mirror': null,
          zone: null,
          mds: null,
          osd: null,
          rgw: null,
          'ceph-osd-id': null,
          'device-class': null,
          'device-type': null,
          encrypted: null,
          'osd-store': null,
          'failure-domain': null,
          portable: null,
          'app.kubernetes.io/name': /^ceph-/,
          'app.kubernetes.io/instance': null,
          'app.kubernetes.io/component': /ceph/,
          'app.kubernetes.io/managed-by': 'rook-ceph-operator',
          'app.kubernetes.io/created-by': 'rook-ceph-operator',
          'app.kubernetes.io/part-of': resource.name,
        }),
      },
    ],
    services: services.map((service) => service.replace('*', resource.name)),
  });

/**
 * Monitors are counted up in letters (`rook-ceph-mon-a`), whatever the cluster is called.
 *
 * @source rook/rook pkg/operator/ceph/cluster/mon/service.go `createService` @02a88208
 */
const cluster: Operator = (resource, objects) => ({
  ...daemons(
    'rook-ceph-mgr',
    'rook-ceph-mgr-dashboard',
    'rook-ceph-exporter',
    'rook-ceph-active-mons',
  )(resource, objects),
  serviceNames: /^rook-ceph-mon-[a-z]+$/,
});

/**
 * Plugins of controllers and of nodes, labelled `<driver>-ctrlplugin` and `<driver>-nodeplugin` as
 * their workloads are called; other labels are written in the resource.
 *
 * @source ceph/ceph-csi-operator internal/controller/driver_controller.go
 *   `reconcileNodePluginDeamonSet` @00890e6c
 */
const driver: Operator = (resource) => ({
  pods: [partly(resource, { app: containing(resource.name) }, ['ceph.io'])],
});

export const rook: OperatorTable = {
  'ceph.rook.io': {
    CephCluster: cluster,
    CephObjectStore: daemons('rook-ceph-rgw-*'),
    CephFilesystem: daemons(),
    CephNFS: daemons(),
    CephNVMeOFGateway: daemons(),
    CephRBDMirror: daemons(),
    CephFilesystemMirror: daemons(),
    ...makingNothing(
      'CephBlockPool CephBlockPoolRadosNamespace CephBucketNotification CephBucketTopic ' +
        'CephClient CephCOSIDriver CephFilesystemSubVolumeGroup CephObjectRealm ' +
        'CephObjectStoreAccount CephObjectStoreUser CephObjectZone CephObjectZoneGroup',
    ),
  },
  // The drivers of Ceph's storage, since Rook leaves them to an operator of their own.
  'csi.ceph.io': {
    Driver: driver,
    ...makingNothing('CephConnection ClientProfile ClientProfileMapping OperatorConfig'),
  },
  'objectbucket.io': makingNothing('ObjectBucket ObjectBucketClaim'),
};
