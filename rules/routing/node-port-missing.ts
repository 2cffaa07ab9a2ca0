import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { asText, fieldAt, type Json, type Path } from '../../src/kubernetes/json.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { ingressServices } from '../../src/lint/routes/ingress-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const annotation = 'alb.ingress.kubernetes.io/target-type';

export const nodePortMissing = defineRule({
  meta: {
    id: 'node-port-missing',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress', 'TargetGroupBinding'],
    title: 'dials node ports that are not there',
    summary: 'An AWS load balancer has instances as targets, and the Service opens no node port',
    why:
      'with targets of type instance the load balancer dials nodes at the node port of the ' +
      'Service; the AWS Load Balancer Controller refuses a Service that has none, and registers ' +
      'no targets',
    fixable: false,
  },
  messages: {
    type: ({ service, type }: Record<'service' | 'type', string>) =>
      `instances are the targets, and ${service} of type ${type} has no node port`,
  },
  check({ cluster, report }) {
    for (const { object, at, service } of instanceTargets(cluster)) {
      const { type = 'ClusterIP' } = service.spec;
      if (type === 'NodePort' || type === 'LoadBalancer') continue;
      report({
        object,
        at,
        id: 'type',
        data: { service: describeObject(service.object), type },
        help: 'write ip as the type of the targets, or NodePort as the type of the Service',
        related: [
          { object: service.object, at: ['spec'], part: 'key', message: 'no type with node ports' },
        ],
      });
    }
  },
});

interface InstanceTarget {
  readonly object: ClusterObject;
  /** To what asks for instances. */
  readonly at: Path;
  readonly service: ServicePicture;
}

/**
 * @source kubernetes-sigs/aws-load-balancer-controller pkg/backend/endpoint_resolver.go
 *   `ResolveNodePortEndpoints` @043f39b9
 */
function instanceTargets(cluster: Cluster): InstanceTarget[] {
  const serviceOf = (object: ClusterObject, name: string): ServicePicture[] => {
    const service = cluster.servicesByName.get(`${namespaceOf(object, cluster)}/${name}`);
    return service === undefined ? [] : [service];
  };
  const ingresses = cluster.objects.of('Ingress').flatMap((object) =>
    targetTypeOf(object) === 'instance'
      ? ingressServices(object)
          .flatMap(({ name }) => serviceOf(object, name))
          // What the Service says counts for its own targets.
          .filter((service) => targetTypeOf(service.object) === undefined)
          .slice(0, 1)
          .map((service) => ({ object, at: ['metadata', 'annotations', annotation], service }))
      : [],
  );
  const bindings = cluster.objects
    .ofKind('elbv2.k8s.aws', 'TargetGroupBinding')
    .flatMap((object) => {
      const spec = fieldAt(object.value, 'spec');
      const name = asText(fieldAt(spec, 'serviceRef', 'name')) ?? '';
      return fieldAt(spec, 'targetType') === 'instance'
        ? serviceOf(object, name).map((service) => ({
            object,
            at: ['spec', 'targetType'],
            service,
          }))
        : [];
    });
  return [...ingresses, ...bindings];
}

function targetTypeOf({ value }: ClusterObject): Json | undefined {
  return fieldAt(value, 'metadata', 'annotations', annotation);
}
