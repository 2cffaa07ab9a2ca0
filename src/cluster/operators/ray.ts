/** KubeRay: pods of templates, labelled with their cluster; of a RayService or RayJob the cluster has a generated name. */
import type { Operator, OperatorTable } from './made.ts';
import { partly } from './read.ts';

/** kuberay ray-operator/controllers/ray/common/pod.go `labelPod`, utils/constant.go, utils/util.go `GenerateHeadServiceName`. Ports are added by default. */
const ray =
  (...services: readonly string[]): Operator =>
  (resource) => ({
    pods: [
      partly(
        resource,
        {
          'ray.io/cluster': resource.kind === 'RayCluster' ? resource.name : null,
          'ray.io/is-ray-node': 'yes',
        },
        ['ray.io'],
        {
          'app.kubernetes.io/name': 'kuberay',
          'app.kubernetes.io/created-by': 'kuberay-operator',
        },
      ),
    ],
    services: services.map((service) => `${resource.name}-${service}`),
  });

export const rayOperator: OperatorTable = {
  'ray.io': {
    RayCluster: ray('head-svc'),
    RayService: ray('head-svc', 'serve-svc'),
    RayJob: ray(),
  },
};
