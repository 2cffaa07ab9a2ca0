/** Ports that an application is told of: it listens there although no container declares them. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';

/**
 * The application is told the number, as an argument or a variable: then it listens there although nothing declares it. Behind the name of another host
 * (`http://web:80`) it is that one's port.
 */
export function isMentioned(
  port: number,
  container: Container,
  { containers = [] }: PodSpec,
): boolean {
  const told = [container, ...containers].map(({ command, args, env, lifecycle }) => [
    command,
    args,
    env,
    lifecycle?.postStart?.exec,
  ]);
  const mentions = JSON.stringify(told).matchAll(
    new RegExp(`(?:(?<host>${anyHost}):)?(?<!\\d)${port}(?!\\d)`, 'g'),
  );
  return [...mentions].some(
    ({ groups }) => groups?.['host'] === undefined || ownHost.test(groups['host']),
  );
}

const anyHost = '[\\w.-]+|\\[[\\da-f:.]+\\]';
/** Every address, or the pod's own; and what stands before a colon without being a host, as in `port:80` and `8080:80`. */
const ownHost = /^(localhost|127[\d.]+|0\.0\.0\.0|\[::1?\]|.*port|\d+)$/i;
