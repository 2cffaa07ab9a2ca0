/** Routes of Traefik and the entry points that they are served at. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { remembered } from '../../multimap.ts';
import { appSettings } from '../hosts/app-settings.ts';

/**
 * IngressRoutes without `tls` at an entry point that is named for it. A router without TLS takes no
 * HTTPS, unless the entry point says `http.tls` (as the values of Traefik's chart do).
 */
export function* plainAtSecure(
  cluster: Cluster,
): Iterable<{ object: ClusterObject; entryPoint: string; at: Path }> {
  for (const group of ['traefik.io', 'traefik.containo.us'])
    for (const object of cluster.objects.ofKind(group, 'IngressRoute')) {
      const spec = fieldAt(object.value as Json, 'spec');
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
