/**
 * Where an Argo Rollout names Services and Ingresses.
 *
 * @source argoproj/argo-rollouts pkg/apis/rollouts/v1alpha1/types.go
 *   `CanaryStrategy`, `BlueGreenStrategy`, `RolloutTrafficRouting` @v1.10.2
 */
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Path } from '../../kubernetes/json.ts';

const strategy: Path = ['spec', 'strategy'];
const canary: Path = [...strategy, 'canary'];
const blueGreen: Path = [...strategy, 'blueGreen'];
const alb: Path = [...canary, 'trafficRouting', 'alb'];
const nginx: Path = [...canary, 'trafficRouting', 'nginx'];

/** Services that the controller points at the pods of one revision. */
export const managedServices: readonly Path[] = [
  [...canary, 'stableService'],
  [...canary, 'canaryService'],
  [...canary, 'pingPong', 'pingService'],
  [...canary, 'pingPong', 'pongService'],
  [...blueGreen, 'activeService'],
  [...blueGreen, 'previewService'],
];
/** Two that must differ. */
export const servicePairs: readonly (readonly [Path, Path])[] = [
  [
    [...canary, 'stableService'],
    [...canary, 'canaryService'],
  ],
  [
    [...canary, 'pingPong', 'pingService'],
    [...canary, 'pingPong', 'pongService'],
  ],
  [
    [...blueGreen, 'activeService'],
    [...blueGreen, 'previewService'],
  ],
];

/** The Service of an AWS load balancer that stands before the two. */
export const rootService: Path = [...alb, 'rootService'];

/** The annotation of a Service that says whose it is. */
export const managedBy = 'argo-rollouts.argoproj.io/managed-by-rollouts';

/** The text at a path of an object. */
export function nameAt({ value }: ClusterObject, at: Path): string | undefined {
  return asText(fieldAt(value, ...at));
}

/**
 * The Ingresses that the controller adjusts, each with the Service that one of its paths must lead
 * to; undefined where ping and pong take turns.
 *
 * @source argoproj/argo-rollouts pkg/apis/rollouts/validation/validation_references.go
 *   `ValidateIngress` @v1.10.2
 */
export function trafficIngresses(
  rollout: ClusterObject,
): { readonly at: Path; readonly name: string; readonly service: string | undefined }[] {
  const usesPingPong = fieldAt(rollout.value, ...canary, 'pingPong') !== undefined;
  const stable = usesPingPong ? undefined : nameAt(rollout, [...canary, 'stableService']);
  return [
    ...namesBelow(rollout, nginx, 'stableIngress', 'stableIngresses').map((at) => ({
      at,
      service: stable,
    })),
    ...namesBelow(rollout, alb, 'ingress', 'ingresses').map((at) => ({
      at,
      service: nameAt(rollout, rootService) ?? stable,
    })),
  ].flatMap(({ at, service }) => {
    const name = nameAt(rollout, at);
    return name === undefined ? [] : [{ at, name, service }];
  });
}

function namesBelow({ value }: ClusterObject, path: Path, one: string, many: string): Path[] {
  return [
    [...path, one],
    ...asList(fieldAt(value, ...path, many)).map((_, index) => [...path, many, index]),
  ];
}
