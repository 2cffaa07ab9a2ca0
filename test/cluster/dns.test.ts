import { describe, expect, it } from 'vitest';
import { predict } from '../../src/cluster/cluster.ts';
import { dnsNames, withoutClusterDns } from '../../src/cluster/dns.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const cluster = (text: string) =>
  predict(readManifest(new SourceFile('a.yaml', text)).objects, defaultClusterOptions);
const names = (text: string): string[] =>
  cluster(text)
    .services.flatMap(dnsNames)
    .map(
      ({ name, type, answer }) =>
        `${name.replace('.default.svc.cluster.local', '')} ${type} ${answer}`,
    );

const service = (spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: ${spec}\n---\n`;
const template = (more = ''): string =>
  `template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: i, ports: [{ name: http, containerPort: 8080 }]${more} }] } }`;
const stateful = (replicas: number, more = ''): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: web }\nspec: { replicas: ${replicas}, serviceName: web, selector: { matchLabels: { app: web } }, ${template(more)} }\n---\n`;
const probe = ', readinessProbe: { tcpSocket: { port: nope } }';

describe('dnsNames', () => {
  it.each<[string, string, string[]]>([
    [
      'a cluster IP, backed by nobody',
      service('{ ports: [{ port: 80 }] }'),
      ['web A the cluster IP'],
    ],
    [
      'a named port, whose SRV has the Service port',
      service('{ ports: [{ name: http, port: 80, targetPort: 8080 }] }'),
      ['web A the cluster IP', '_http._tcp.web SRV port 80'],
    ],
    [
      'ExternalName',
      service('{ type: ExternalName, externalName: db.example }'),
      ['web CNAME db.example'],
    ],
    [
      'headless over a StatefulSet, whose SRV has the target port',
      service(
        '{ clusterIP: None, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }] }',
      ) + stateful(2),
      [
        'web A 2 addresses',
        'web-0.web A the pod',
        'web-1.web A the pod',
        '_http._tcp.web SRV port 8080',
      ],
    ],
    [
      'headless with a port that does not resolve: the name does, its SRV record is missing',
      service(
        '{ clusterIP: None, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: nope }] }',
      ) + stateful(1),
      ['web A 1 address', 'web-0.web A the pod'],
    ],
    [
      'headless and never ready',
      service('{ clusterIP: None, selector: { app: web } }') + stateful(2, probe),
      ['web A nothing (NXDOMAIN) while no endpoint is ready'],
    ],
    [
      'headless and never ready, but published all the same',
      service('{ clusterIP: None, publishNotReadyAddresses: true, selector: { app: web } }') +
        stateful(2, probe),
      ['web A 1 address', 'web-0.web A the pod'],
    ],
    [
      'headless over very many pods',
      service('{ clusterIP: None, selector: { app: web } }') + stateful(1000),
      [
        'web A 1000 addresses',
        ...['web-0', 'web-1', 'web-2', 'web-3', '…', 'web-999'].map(
          (pod) => `${pod}.web A the pod`,
        ),
      ],
    ],
  ])('%s', (_, text, expected) => expect(names(text)).toEqual(expected));
});

it('withoutClusterDns finds pods that use the resolver of their node', () => {
  const pod = (name: string, spec: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: a, image: i }], ${spec} }\n---\n`;
  const text =
    pod('host', 'hostNetwork: true') +
    pod('host-first', 'hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet') +
    pod('node', 'dnsPolicy: Default') +
    pod('plain', 'restartPolicy: Always');
  expect(withoutClusterDns(cluster(text), 'default').map(({ workload }) => workload.name)).toEqual([
    'host',
    'node',
  ]);
});
