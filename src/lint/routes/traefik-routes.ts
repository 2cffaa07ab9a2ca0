/** Routes of Traefik and the entry points that they are served at. */
import type { Cluster } from '../../cluster/cluster.ts';
import { namesOfKind } from '../../cluster/names-of-kind.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { getOwn } from '../../own.ts';
import { isSlip } from '../../text/slip.ts';
import { appSettings } from '../hosts/app-settings.ts';
import { namespaceOf } from '../references/reference.ts';

export const traefikGroups = ['traefik.io', 'traefik.containo.us'] as const;

/**
 * IngressRoutes without `tls` at an entry point that is named for it. A router without TLS takes no
 * HTTPS, unless the entry point says `http.tls` (as the values of Traefik's chart do).
 */
export function* plainAtSecure(
  cluster: Cluster,
): Iterable<{ object: ClusterObject; entryPoint: string; at: Path }> {
  for (const group of traefikGroups)
    for (const object of cluster.objects.ofKind(group, 'IngressRoute')) {
      const spec = fieldAt(object.value, 'spec');
      const names = asList(fieldAt(spec, 'entryPoints')).map((name) => asText(name) ?? '');
      const index = names.findIndex((name) => /secure|https|tls/i.test(name));
      const entryPoint = names[index];
      if (entryPoint === undefined || fieldAt(spec, 'tls') !== undefined) continue;
      if (!encrypted(cluster).has(entryPoint.toLowerCase()))
        yield { object, entryPoint, at: ['spec', 'entryPoints', index] };
    }
}

/** Entry points that an argument or a value of Traefik gives TLS to, in small letters. */
const encrypted = remembered((cluster: Cluster): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { text } of appSettings(cluster))
    for (const [, name = ''] of text.toLowerCase().matchAll(option)) found.add(name);
  return found;
});

/** `--entrypoints.websecure.http.tls=true` */
const option = /\bentrypoints\.([a-z0-9_-]{1,63})\.http\.tls/g;

const middlewares = 'traefik.ingress.kubernetes.io/router.middlewares';

const provider = 'kubernetescrd';

/**
 * Middlewares that an annotation of an Ingress names otherwise than Traefik does, which puts the
 * namespace before the name and the provider behind it: without one it is that of the Ingress, of
 * which there are no middlewares. `meant` is what it calls the one that was meant.
 *
 * @source traefik/traefik pkg/provider/kubernetes/crd/kubernetes.go `makeID` @v3.1.0
 * @source traefik/traefik pkg/server/provider/provider.go `GetQualifiedName` @1d4ede69
 */
export function* misnamedMiddlewares(cluster: Cluster): Iterable<{
  object: ClusterObject;
  at: Path;
  written: string;
  meant: string;
  of: ClusterObject;
}> {
  const all = traefikGroups.flatMap((group) => cluster.objects.ofKind(group, 'Middleware'));
  if (all.length === 0) return;
  const idOf = (one: ClusterObject): string => `${namespaceOf(one, cluster)}-${one.name}`;
  const known = new Map(all.map((one) => [idOf(one), one]));
  const reversed = new Map(all.map((one) => [`${one.name}-${namespaceOf(one, cluster)}`, one]));
  for (const object of cluster.objects.of('Ingress'))
    for (const entry of (getOwn(object.value.metadata?.annotations, middlewares) ?? '').split(
      ',',
    )) {
      const written = entry.trim();
      const [id = '', by = ''] = written.split('@');
      if (by === provider ? known.has(id) : by !== '' && !isSlip(by, provider)) continue;
      const namespace = namespaceOf(object, cluster);
      const name = id.startsWith(`${namespace}-`) ? id.slice(namespace.length + 1) : '';
      const near = traefikGroups
        .map((group) => namesOfKind(cluster.objects, group, 'Middleware', namespace))
        .flatMap((names) => names.slip(name, object) ?? []);
      const of = known.get(id) ?? known.get(`${namespace}-${id}`) ?? reversed.get(id) ?? near[0];
      if (of === undefined) continue;
      const meant = `${idOf(of)}@${provider}`;
      yield { object, at: ['metadata', 'annotations', middlewares], written, meant, of };
    }
}
