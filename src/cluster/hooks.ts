/**
 * Hooks of Helm and Argo CD: objects that are applied at some moment of a deployment. What such a
 * moment leaves behind is there to stay only in part.
 *
 * @source helm/helm pkg/release/hook.go `HookAnnotation` @v3.22.0
 * @source argoproj/gitops-engine pkg/sync/hook/hook.go `IsHook` @633ea22f
 */
import { asJsonObject, fieldAt } from '../kubernetes/json.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { getOwn } from '../own.ts';

/** The annotations that make an object a hook; their values list the moments. */
const annotations = ['helm.sh/hook', 'argocd.argoproj.io/hook'] as const;

/** They run, and end. */
const ending: ReadonlySet<string> = new Set(['Pod', 'Job']);

/**
 * Moments that come when a release is being made or changed; all others come when somebody asks for
 * them, when it fails or when it goes.
 */
const ofDeployment: ReadonlySet<string> = new Set([
  'pre-install',
  'post-install',
  'pre-upgrade',
  'post-upgrade',
  'PreSync',
  'Sync',
  'PostSync',
]);

/** The annotation that makes the object a hook, as it is written: `helm.sh/hook: test`. */
export function hookOf({ value }: ManifestObject): string | undefined {
  const written = asJsonObject(fieldAt(value, 'metadata', 'annotations'));
  for (const annotation of annotations) {
    const text = getOwn(written, annotation);
    if (text !== undefined && (text === null || typeof text !== 'object'))
      return `${annotation}: ${String(text)}`;
  }
  return undefined;
}

/**
 * The same for an object that a deployed release does not have: pods that run to their end and the
 * Jobs that make them, and everything that waits for a test, a rollback or a deletion. A Deployment
 * that is only applied late, as a hook of the installation, stays.
 */
export function passingHookOf(object: ManifestObject): string | undefined {
  const hook = hookOf(object);
  if (hook === undefined || ending.has(object.kind)) return hook;
  const moments = hook.slice(hook.indexOf(': ') + 2).split(',');
  return moments.some((moment) => ofDeployment.has(moment.trim())) ? undefined : hook;
}
