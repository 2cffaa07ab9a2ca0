/** Routes of Traefik and the entry points that they are served at. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { appSettings } from './app-settings.ts';

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
      if (!hasTls(entryPoint, cluster))
        yield { object, entryPoint, at: ['spec', 'entryPoints', index] };
    }
}

function hasTls(entryPoint: string, cluster: Cluster): boolean {
  const option = `entrypoints.${entryPoint}.http.tls`.toLowerCase();
  return appSettings(cluster).some(({ text }) => text.toLowerCase().includes(option));
}
