/** MongoDB's own operators. Pods are labelled with the name of their Service. */
import type { Operator, OperatorTable } from './made.ts';
import { containing, inert } from './made.ts';
import { asText, fieldAt, partly } from './read.ts';

/**
 * @source mongodb/mongodb-kubernetes-operator api/v1/mongodbcommunity_types.go `ServiceName`
 * @source mongodb/mongodb-kubernetes-operator controllers/construct/mongodbstatefulset.go
 */
const community: Operator = (resource) => {
  const service =
    asText(fieldAt(resource.value, 'spec', 'statefulSet', 'spec', 'serviceName')) ??
    `${resource.name}-svc`;
  return { pods: [partly(resource, { app: containing(resource.name) })], services: [service] };
};

/** mongodb-enterprise-kubernetes docs: a Service `<name>-svc`; pods say which controller made them. */
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
    ...inert('MongoDBUser'),
  },
};
