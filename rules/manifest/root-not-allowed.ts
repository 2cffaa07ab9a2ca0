import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { allContainers } from '../../src/cluster/containers.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { officialName } from '../../src/lint/ports/stock-images.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** Official images whose Dockerfile names no USER: their programs begin as root. */
const rootImages: ReadonlySet<string> = new Set(
  (
    'nginx httpd caddy redis postgres mysql mariadb mongo rabbitmq tomcat wordpress drupal ' +
    'nextcloud phpmyadmin traefik registry busybox alpine debian ubuntu python node golang ruby ' +
    'php openjdk eclipse-temurin perl'
  ).split(' '),
);

export const rootNotAllowed = defineRule({
  meta: {
    id: 'root-not-allowed',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'runs as root and may not',
    summary: 'A container with runAsNonRoot runs as root, so that it is never started',
    why:
      'with runAsNonRoot the kubelet looks at the user before it starts a container, and does ' +
      'not start one that would be root (CreateContainerConfigError): the pod never gets ready',
    fixable: false,
  },
  messages: {
    user: () => 'runAsUser 0 is root, and runAsNonRoot forbids it',
    image: ({ image }: { image: string }) =>
      `${image} runs as root unless runAsUser says otherwise, and runAsNonRoot forbids it`,
  },
  check({ cluster, report }) {
    for (const { workload: object, templatePath, spec } of cluster.pods.all)
      for (const { container, path } of allContainers(spec)) {
        const at = (end: Path): Path => [...templatePath, 'spec', ...end];
        const own = container.securityContext ?? {};
        if (!isForbidden(container, spec)) continue;
        const user = own.runAsUser ?? spec.securityContext?.runAsUser;
        const { image = '' } = container;
        const name = officialName(image);
        if (user === 0)
          report({
            object,
            at: at([...(own.runAsUser === undefined ? [] : path), 'securityContext', 'runAsUser']),
            id: 'user',
            data: undefined,
            help: 'write the number of another user, or take runAsNonRoot out',
          });
        else if (user === undefined && name !== undefined && rootImages.has(name))
          report({
            object,
            at: at([...path, 'image']),
            id: 'image',
            data: { image },
            // An admission plugin may choose a user: OpenShift's does.
            severity: 'warning',
            help: 'write a runAsUser with which this image works, or use another image',
          });
      }
  },
});

function isForbidden({ securityContext }: Container, { securityContext: pod, os }: PodSpec) {
  return (securityContext?.runAsNonRoot ?? pod?.runAsNonRoot) === true && os?.name !== 'windows';
}
