/** MongoDB's own operators. Pods are labelled with the name of their Service. */
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { containing, makingNothing, type Operator, type OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * @source mongodb/mongodb-kubernetes-operator api/v1/mongodbcommunity_types.go
 *   `ServiceName` @v0.9.0
 * @source mongodb/mongodb-kubernetes-operator controllers/construct/mongodbstatefulset.go
 *   `BuildMongoDBReplicaSetStatefulSetModificationFunction` @v0.9.0
 */
const community: Operator = (resource) => {
  const service =
    asText(fieldAt(resource.value, 'spec', 'statefulSet', 'spec', 'serviceName')) ??
    `${resource.name}-svc`;
  return { pods: [partly(resource, { app: service })], services: [service] };
};

/**
 * A Service `<name>-svc`, of Ops Manager's own database `<name>-db-svc`; pods are labelled with
 * their Service and say which controller made them.
 *
 * @source mongodb/mongodb-kubernetes controllers/operator/construct/database_construction.go
 *   `PodAntiAffinityLabelKey` @e6a26ebb
 */
const enterprise: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      { app: containing(resource.name), controller: null, 'pod-anti-affinity': null },
      ['mongodb.com'],
    ),
  ],
  services: [`${resource.name}-svc`],
});

export const mongodb: OperatorTable = {
  'mongodbcommunity.mongodb.com': { MongoDBCommunity: community },
  'mongodb.com': {
    MongoDB: enterprise,
    MongoDBMultiCluster: enterprise,
    MongoDBOpsManager: enterprise,
    ...makingNothing('MongoDBUser'),
  },
};
