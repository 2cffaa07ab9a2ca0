/** Official images, and the ports that their software listens on as it comes. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { getOwn } from '../../own.ts';

/**
 * By the name of the image in Docker's library: what its own configuration makes it listen on, and
 * no other port.
 */
const images: Readonly<Record<string, readonly number[]>> = {
  nginx: [80],
  httpd: [80],
  redis: [6379],
  postgres: [5432],
  mysql: [3306, 33060],
  mariadb: [3306],
  mongo: [27017],
  // Clients, the other nodes, and the metrics; the management pages where the tag says so.
  rabbitmq: [5672, 4369, 25672, 15692, 15672],
  memcached: [11211],
  tomcat: [8080],
};

/** Directories of data and pages: what is mounted there changes no port. */
const dataBelow =
  /^\/(?:data|tmp|run|var\/(?:lib|log|run|cache|www)|usr\/share\/nginx\/html|usr\/local\/apache2\/htdocs|usr\/local\/tomcat\/(?:webapps|logs))(?:\/|$)/;

/**
 * The ports of a container that runs an official image as it comes, alone in its pod: without
 * command, arguments, variables (but those that a database needs to start) and mounted
 * configuration. Undefined where anything may be otherwise.
 */
export function stockPorts(
  { image, command, args, env = [], envFrom = [], volumeMounts = [], lifecycle }: Container,
  { containers = [], initContainers = [] }: PodSpec,
): { readonly name: string; readonly ports: readonly number[] } | undefined {
  const name = officialName(image ?? '');
  const ports = name === undefined ? undefined : getOwn(images, name);
  const isAsItComes =
    (command ?? []).length === 0 &&
    (args ?? []).length === 0 &&
    envFrom.length === 0 &&
    env.every((variable) => isForStart(variable.name)) &&
    volumeMounts.every(({ mountPath }) => dataBelow.test(mountPath)) &&
    lifecycle?.postStart === undefined;
  const isAlone = containers.length === 1 && initContainers.length === 0;
  return name !== undefined && ports !== undefined && isAsItComes && isAlone
    ? { name, ports }
    : undefined;
}

/** `POSTGRES_PASSWORD`, `MYSQL_DATABASE`: the user and what is made at the first start. */
function isForStart(name: string): boolean {
  return /^(?:POSTGRES|MYSQL|MARIADB|MONGO_INITDB|RABBITMQ_DEFAULT)_(?:\w*(?:PASSWORD|USER|USERNAME|PASS|DB|DATABASE|VHOST)|ALLOW_EMPTY\w*|RANDOM_ROOT\w*)(?:_FILE)?$/.test(
    name,
  );
}

/**
 * `nginx` of `nginx:1.27`, `docker.io/library/nginx` and the mirrors of Docker's library; undefined
 * for images of others.
 */
function officialName(image: string): string | undefined {
  const path = image.replace(/@sha256:[0-9a-f]+$/i, '').replace(/:[\w][\w.-]*$/, '');
  return /^(?:(?:(?:index\.)?docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(?:library\/)?([a-z]+)$/.exec(
    path,
  )?.[1];
}
