/** Whether a service mesh may stand between pods, which balances requests by itself. */
import type { Cluster } from '../../cluster/cluster.ts';
import { type AnyJson, asJsonObject, fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';

/** Groups of the meshes that put a proxy beside each pod, or in front of each node. */
const groups = /^([a-z]+\.){0,4}(istio\.io|linkerd\.io|consul\.hashicorp\.com|kuma\.io)\//;
/** Labels and annotations by which pods and namespaces ask for such a proxy. */
const asked =
  /^(istio-injection$|([a-z]+\.){0,4}(istio\.io|linkerd\.io|consul\.hashicorp\.com|kuma\.io)\/)/;

/** By any resource of a mesh, and by labels and annotations of namespaces and pods. */
export const mayBeMeshed = remembered(
  ({ objects, pods }: Cluster): boolean =>
    objects.all.some(({ apiVersion }) => groups.test(apiVersion)) ||
    objects.of('Namespace').some(({ value }) => isAsked(value, [])) ||
    pods.all.some(({ workload, templatePath }) => isAsked(workload.value, templatePath)),
);

function isAsked(value: AnyJson, path: readonly (string | number)[]): boolean {
  return ['labels', 'annotations'].some((field) =>
    Object.keys(asJsonObject(fieldAt(value, ...path, 'metadata', field)) ?? {}).some((key) =>
      asked.test(key),
    ),
  );
}
