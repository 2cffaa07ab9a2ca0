/** Whether a port speaks TLS, as far as names and conventions tell. */
import type { Container, ServicePort } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../cluster/containers.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { remembered } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';

export type Spoken = 'tls' | 'plain';

/** What a word says at its beginning: `https-web`, `grpc`. */
function spokenBy(word: string): Spoken | undefined {
  if (word === '') return undefined;
  if (/^(https|tls|ssl|grpcs|wss)(?![a-z])/i.test(word)) return 'tls';
  return /^(http|grpc|ws|http2|h2c)(?![a-z0-9])|^kubernetes\.io\/(h2c|ws)$/i.test(word)
    ? 'plain'
    : undefined;
}

/** What all words say that speak; undefined where none does, or they do not agree. */
function agreed(words: readonly string[]): Spoken | undefined {
  const said = words.map(spokenBy).filter((one) => one !== undefined);
  const [first] = said;
  return said.every((one) => one === first) ? first : undefined;
}

/**
 * What the names of a Service port say: its own, its `appProtocol`, and those of the container
 * ports behind it. Nothing where another port of the Service leads to the same place under another
 * kind of name (`http` and `https` of Argo CD, which tells them apart itself), where the number
 * says another thing, and where the software keeps the name whatever it speaks.
 */
export function protocolOf(
  port: ServicePort,
  { ports, backends }: ServicePicture,
): Spoken | undefined {
  const target = targetOf(port);
  const said = agreed([
    ...namesFor(ports, target),
    ...(typeof target === 'string' ? [target] : namesOf(backends, target)),
  ]);
  const isDoubtful =
    said === 'plain' && (/443(?!\d)/.test(`${port.port} ${target}`) || isEitherBehind(backends));
  return isDoubtful ? undefined : (said ?? probedOver(backends, target));
}

type Backends = ServicePicture['backends'];

/** What the kubelet is told to speak TLS to is no plain port, whatever it is called. */
function probedOver(backends: Backends, target: number | string): Spoken | undefined {
  return probedByTls(backends).has(target) ? 'tls' : undefined;
}

const probedByTls = remembered((backends: Backends): ReadonlySet<number | string> => {
  const found = new Set<number | string>();
  for (const { members } of backends)
    for (const { container } of runningContainers(members.set.spec))
      for (const { httpGet } of [container.readinessProbe ?? {}, container.livenessProbe ?? {}])
        if (httpGet?.scheme === 'HTTPS') {
          found.add(httpGet.port);
          for (const { name, containerPort } of container.ports ?? []) {
            if (name === httpGet.port) found.add(containerPort);
            if (containerPort === httpGet.port && name !== undefined) found.add(name);
          }
        }
  return found;
});

function targetOf({ port, targetPort = port }: ServicePort): number | string {
  return targetPort;
}

/** What the ports of a Service are called that lead to one place. */
function namesFor(ports: readonly ServicePort[], target: number | string): readonly string[] {
  return namesByTarget(ports).get(target) ?? [];
}

const namesByTarget = remembered((ports: readonly ServicePort[]) => {
  const byTarget = new Map<number | string, string[]>();
  for (const port of ports)
    for (const name of [port.name ?? '', port.appProtocol ?? ''])
      addTo(byTarget, targetOf(port), name);
  return byTarget;
});

/** Servers whose port is called `http` in their own charts, with certificates and without. */
const either =
  /(?:^|\/)(?:elasticsearch|opensearch|kibana|opensearch-dashboards|vault|openbao|dex)(?:[:@]|$)/;

const isEitherBehind = remembered((backends: Backends): boolean =>
  backends.some(({ members }) =>
    (members.set.spec.containers ?? []).some(({ image = '' }) => either.test(image)),
  ),
);

/**
 * What the container ports of a number are called. Services of one selector share their backends.
 */
function namesOf(backends: Backends, number: number): Iterable<string> {
  return namesByNumber(backends).get(number) ?? [];
}

const namesByNumber = remembered((backends: Backends) => {
  const byNumber = new Map<number, Set<string>>();
  for (const { members } of backends)
    for (const { port } of declaredPorts(members.set.spec))
      entryOf(byNumber, port.containerPort, () => new Set<string>()).add(port.name ?? '');
  return byNumber;
});

/**
 * The same for whoever dials it by number: 80 and 443 are what they always are where a name says
 * no other thing, and nothing is known of a port whose names do not agree.
 */
export function protocolOfNumber(port: ServicePort, service: ServicePicture): Spoken | undefined {
  const words = [port.name ?? '', port.appProtocol ?? '', String(port.targetPort ?? '')];
  if (words.some((word) => spokenBy(word) !== undefined)) return protocolOf(port, service);
  const said = protocolOf(port, service);
  const usual = port.port === 443 ? 'tls' : port.port === 80 ? 'plain' : undefined;
  return said === undefined || usual === undefined || said === usual ? (said ?? usual) : undefined;
}

/** What the port of a container says that a probe dials, by its number or name. */
export function protocolOfProbe(
  { ports = [] }: Container,
  dialled: number | string,
): { readonly spoken: Spoken; readonly name: string } | undefined {
  const port = ports.find(({ name, containerPort }) =>
    typeof dialled === 'number' ? containerPort === dialled : name === dialled,
  );
  const spoken = spokenBy(port?.name ?? '');
  return spoken === undefined || port?.name === undefined ? undefined : { spoken, name: port.name };
}
