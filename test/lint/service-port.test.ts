import type { ServicePort } from 'kubernetes-types/core/v1';
import { describe, expect, it } from 'vitest';
import { reachService } from '../../src/lint/references/reached-service.ts';
import {
  listServicePorts,
  portMiss,
  servicePortMessages,
  type WrittenPort,
} from '../../src/lint/references/service-port.ts';
import { workload } from '../support/yaml.ts';
import { contextOf } from './context.ts';

const http: ServicePort = { name: 'http', port: 80, targetPort: 8080 };
const metrics: ServicePort = { name: 'metrics', port: 9090, targetPort: 'metrics' };
const unnamed: ServicePort = { port: 80, targetPort: 'web' };

describe('a port that is there', () => {
  it.each<[what: string, ports: ServicePort[], written: WrittenPort]>([
    ['by number', [http, metrics], { number: 9090 }],
    ['by name', [http, metrics], { name: 'metrics' }],
    [
      'a number that is also a target port of another one',
      [{ port: 8080 }, http],
      { number: 8080 },
    ],
  ])('%s', (_, ports, written) => {
    expect(portMiss(ports, written)).toBeUndefined();
  });

  it('is not there under another protocol', () => {
    expect(portMiss([{ ...http, protocol: 'UDP' }, metrics], { number: 80 }, 'TCP')).toMatchObject({
      id: 'otherPort',
    });
  });

  it('may be there where a placeholder stands for a name or number', () => {
    expect(portMiss([http, { name: '${NAME}', port: 81 }], { name: 'web' })).toBeUndefined();
    expect(portMiss([http, { name: 'web' } as ServicePort], { number: 81 })).toBeUndefined();
  });
});

describe('portMiss', () => {
  interface Case {
    readonly what: string;
    readonly ports: readonly ServicePort[];
    readonly written: WrittenPort;
    readonly message: string;
    readonly help: string;
    readonly meant: ServicePort | undefined;
  }
  it.each<Case>([
    {
      what: 'the number that the pods listen on',
      ports: [http, metrics],
      written: { number: 8080 },
      message:
        'port 8080 is where the pods listen; the Service itself has 80 ("http"); known ports: 80 ("http"), 9090 ("metrics")',
      help: 'write the Service port: 80',
      meant: http,
    },
    {
      what: 'the name that the port has in the pods, where the Service port has one',
      ports: [{ ...http, targetPort: 'web' }],
      written: { name: 'web' },
      message: 'port "web" is where the pods listen; the Service itself has 80 ("http")',
      help: 'write the Service port: http',
      meant: { ...http, targetPort: 'web' },
    },
    {
      what: 'the name that the port has in the pods, where the Service port has none',
      ports: [unnamed],
      written: { name: 'web' },
      message: 'the Service has no port named "web": 80 (unnamed) has no name',
      help: 'write number: 80, or give the Service port the name web',
      meant: unnamed,
    },
    {
      what: 'any name where the only port has none',
      ports: [unnamed],
      written: { name: 'http' },
      message: 'the Service has no port named "http": 80 (unnamed) has no name',
      help: 'write number: 80, or give the Service port the name http',
      meant: unnamed,
    },
    {
      what: 'a number where a name belongs',
      ports: [http, metrics],
      written: { name: '9090' },
      message:
        '"9090" is not a port name of the Service, but the number of 9090 ("metrics"); known ports: 80 ("http"), 9090 ("metrics")',
      help: 'write it as number: 9090',
      meant: metrics,
    },
    {
      what: 'a typo',
      ports: [http, metrics],
      written: { name: 'metrcs' },
      message:
        'the Service has no port "metrcs"; did you mean 9090 ("metrics")?; known ports: 80 ("http"), 9090 ("metrics")',
      help: 'change it to metrics',
      meant: metrics,
    },
    {
      what: 'the only port there is',
      ports: [http],
      written: { number: 443 },
      message: 'the Service has no port 443; known ports: 80 ("http")',
      help: 'write the Service port: 80',
      meant: http,
    },
    {
      what: 'nothing similar',
      ports: [http, metrics],
      written: { number: 443 },
      message: 'the Service has no port 443; known ports: 80 ("http"), 9090 ("metrics")',
      help: "refer to one of the Service's ports",
      meant: undefined,
    },
    {
      what: 'no ports at all',
      ports: [],
      written: { number: 443 },
      message: 'the Service has no port 443; known ports: none',
      help: "refer to one of the Service's ports",
      meant: undefined,
    },
  ])('$what', ({ ports, written, message, help, meant }) => {
    const miss = portMiss(ports, written);
    expect(
      miss && {
        message: servicePortMessages[miss.id](miss.data),
        help: miss.help,
        meant: miss.meant,
      },
    ).toEqual({
      message,
      help,
      meant,
    });
  });
});

describe('what the pods say', () => {
  const service = (targetPort: string | number): string =>
    `---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: ${targetPort} }, { name: admin, port: 81 }] }\n`;
  const missIn = (targetPort: string | number, written: WrittenPort): string | undefined => {
    const context = contextOf({
      'manifest.yaml':
        workload('web', { ports: '{ name: web, containerPort: 8080 }' }) + service(targetPort),
    });
    const reached = reachService(context, context.object('Deployment/web'), { name: 'web' });
    return reached && portMiss(reached.ports, written, undefined, reached.picture)?.id;
  };

  it.each<[what: string, targetPort: string | number, written: WrittenPort, id: string]>([
    ['the number behind a named target port', 'web', { number: 8080 }, 'targetPort'],
    ['the name that the pods give to a numeric target port', 8080, { name: 'web' }, 'targetPort'],
    ['a number that no pod listens on', 'web', { number: 8443 }, 'otherPort'],
  ])('%s', (_, targetPort, written, id) => {
    expect(missIn(targetPort, written)).toBe(id);
  });
});

describe('reachService', () => {
  const service =
    '---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ name: "${NAME}", port: 80 }] }\n';
  const reach = (name: string, assume: readonly string[] = []): ReturnType<typeof reachService> => {
    const context = contextOf({ 'manifest.yaml': workload('web') + service }, { assume });
    return reachService(context, context.object('Deployment/web'), { name });
  };

  it('says why ports are not known', () => {
    expect(reach('web')?.unknown).toBe('the ports of Service default/web are filled in later');
  });

  it('gives nothing for a Service that is not there', () => {
    expect(reach('api')).toBeUndefined();
  });

  it('takes the ports of an assumed Service, if they are said', () => {
    expect(reach('api', ['Service/api:80,metrics'])).toEqual({
      ports: [{ port: 80 }, { port: 0, name: 'metrics' }],
    });
    expect(reach('api', ['Service/api'])).toBeUndefined();
  });
});

it('lists at most five ports', () => {
  expect(
    listServicePorts([
      { port: 1 },
      { port: 2, protocol: 'UDP' },
      { port: 3, name: 'c' },
      { port: 4 },
      { port: 5 },
      { port: 6 },
      { port: 7 },
    ]),
  ).toBe('1 (unnamed), 2/UDP (unnamed), 3 ("c"), 4 (unnamed), 5 (unnamed) and 2 more');
});
