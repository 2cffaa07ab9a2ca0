/** Official images, and the ports that their software listens on as it comes. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { getOwn } from '../../own.ts';
import { isAlone } from './other-listeners.ts';

/**
 * By the name of the image, without the registry of Docker: what its own configuration makes it
 * listen on, and no other port.
 */
const images: Readonly<Record<string, readonly number[]>> = {
  nginx: [80],
  httpd: [80],
  // The API of its administration is for localhost only.
  caddy: [80, 443],
  redis: [6379],
  valkey: [6379],
  'valkey/valkey': [6379],
  postgres: [5432],
  mysql: [3306, 33060],
  mariadb: [3306],
  mongo: [27017],
  // Clients, the other nodes, and the metrics; the management pages where the tag says so.
  rabbitmq: [5672, 4369, 25672, 15692, 15672],
  memcached: [11211],
  // With AJP, which older ones open.
  tomcat: [8080, 8009],
  jetty: [8080],
  // Clients, other members, elections, and the pages of the administration.
  zookeeper: [2181, 2888, 3888, 8080],
  nats: [4222, 6222, 8222],
  influxdb: [8086],
  couchdb: [5984, 4369, 9100],
  elasticsearch: [9200, 9300],
  'elasticsearch/elasticsearch': [9200, 9300],
  kibana: [5601],
  'kibana/kibana': [5601],
  solr: [8983],
  wordpress: [80],
  drupal: [80],
  joomla: [80],
  nextcloud: [80],
  phpmyadmin: [80],
  'phpmyadmin/phpmyadmin': [80],
  adminer: [8080],
  'mongo-express': [8081],
  ghost: [2368],
  sonarqube: [9000],
  'jenkins/jenkins': [8080, 50_000],
  'sonatype/nexus3': [8081],
  'dpage/pgadmin4': [80, 443],
  'mailhog/mailhog': [1025, 8025],
  'grafana/grafana': [3000],
  'prom/prometheus': [9090],
  'prom/alertmanager': [9093, 9094],
  'nginxinc/nginx-unprivileged': [8080],
  'nginxdemos/hello': [80],
  'bitnami/nginx': [8080, 8443],
  'bitnamilegacy/nginx': [8080, 8443],
  'hashicorp/http-echo': [5678],
  'traefik/whoami': [80],
  'containous/whoami': [80],
  'kennethreitz/httpbin': [80],
  'ealen/echo-server': [80],
  'paulbouwer/hello-kubernetes': [8080],
  'google-samples/hello-app': [8080],
  'us-docker.pkg.dev/google-samples/containers/gke/hello-app': [8080],
  'kuar-demo/kuard-amd64': [8080],
  'k8s.gcr.io/echoserver': [8080, 8443],
  'registry.k8s.io/echoserver': [8080, 8443],
};

/** Servers that go by their configuration files alone: no variable chooses a port. */
const deaf: ReadonlySet<string> = new Set(['nginx', 'httpd', 'nginxinc/nginx-unprivileged']);

/** Directories of data and pages: what is mounted there changes no port. */
const dataBelow =
  /^\/(?:data|tmp|run|var\/(?:lib|log|run|cache|www)|usr\/share\/nginx\/html|usr\/local\/apache2\/htdocs|usr\/local\/tomcat\/(?:webapps|logs))(?:\/|$)/;

/**
 * The ports of a container that runs a well-known image as it comes: without command, mounted
 * configuration, and arguments or variables that may choose a port, where nothing else in its pod
 * may listen for it. Undefined where anything may be otherwise.
 */
export function stockPorts(container: Container, spec: PodSpec): StockImage | undefined {
  const { image = '', command, args, env = [], envFrom = [], volumeMounts = [] } = container;
  const name = officialName(image);
  const ports = name === undefined ? undefined : getOwn(images, name);
  const isAsItComes =
    (command ?? []).length === 0 &&
    (args ?? []).every((argument) => !choosesPort(argument, name)) &&
    (envFrom.length === 0 || deaf.has(name ?? '')) &&
    env.every((variable) => !portVariable.test(variable.name)) &&
    volumeMounts.every(({ mountPath }) => dataBelow.test(mountPath)) &&
    container.lifecycle?.postStart === undefined;
  return name !== undefined && ports !== undefined && isAsItComes && isAlone(container, spec)
    ? { name, ports }
    : undefined;
}

export interface StockImage {
  readonly name: string;
  readonly ports: readonly number[];
}

/**
 * Of `hashicorp/http-echo` nobody can do without arguments: one of them is what it says. All others
 * are read as they come without any.
 */
function choosesPort(argument: string, name: string | undefined): boolean {
  return name !== 'hashicorp/http-echo' || /listen/.test(argument);
}

/** `PORT`, `SERVER_ADDR`, `JENKINS_OPTS`: what may choose where an application listens. */
const portVariable = /port|addr|listen|bind|opts|options|args|flags|conf|cmd|command|endpoint/i;

/** Variants without a web server of their own. */
const otherServer = /(?:^|-)(?:fpm|fastcgi|cli)/;

/**
 * `nginx` of `nginx:1.27`, `docker.io/library/nginx` and the mirrors of Docker's library, and
 * `elasticsearch/elasticsearch` of the registries that publishers have; undefined for images whose
 * tag names another server.
 */
export function officialName(image: string): string | undefined {
  const [, path = '', tag = ''] =
    /^([^@:]*(?::\d+\/[^@:]*)?)(?::([\w][\w.-]*))?(?:@sha256:[0-9a-f]+)?$/i.exec(image) ?? [];
  return otherServer.test(tag) ? undefined : path.replace(publisher, '');
}

const publisher =
  /^(?:(?:index\.)?docker\.io\/|public\.ecr\.aws\/docker\/|mirror\.gcr\.io\/|docker\.elastic\.co\/|gcr\.io\/(?=google-samples\/|kuar-demo\/))?(?:library\/)?/;
