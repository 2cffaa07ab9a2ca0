/** Ports behind the hosts that texts name: those of a Service, or of the pods themselves. */
import type { ServicePicture } from '../../cluster/service.ts';
import { usedBeside, usualPort } from '../../text/usual-ports.ts';
import { changeTo } from '../fixes/change-to.ts';
import { serviceMade } from '../references/reached-service.ts';
import { checkServicePort, portNumberMessages } from '../references/service-port.ts';
import type { RuleContext } from '../rule.ts';
import { meantPodPort, wrongPort } from './dns-names.ts';
import type { SpokenHost } from './spoken-hosts.ts';

/** Spread them into the messages of a rule that calls `checkHostPort`. */
export const hostPortMessages = {
  ...portNumberMessages,
  headless: ({ port, target }: { port: number; target: number }) =>
    `port ${port} is the Service's own, and this name leads straight to the pods, which ` +
    `listen on ${target}`,
  podPort: ({ port, meant }: { port: number; meant: number }) =>
    `this name leads straight to the pods, which declare no port ${port}, but ${meant}, which ` +
    'has nearly the same digits',
  beside: ({
    port,
    purpose,
    scheme,
    usual,
  }: Record<'port' | 'usual', number> & Record<'purpose' | 'scheme', string>) =>
    `port ${port} is for ${purpose}; ${scheme} is spoken at ${usual}, which the Service has too`,
};

type Context = Pick<RuleContext<typeof hostPortMessages>, 'cluster' | 'report' | 'unknown'>;

/** Small numbers behind a short name are more likely to be a version. */
function isPort({ form, port = 0 }: SpokenHost): boolean {
  return port > 0 && (form !== 'pair' || port >= 80);
}

/** Reports a port that a Service does not have which an operator makes. */
export function checkPortMade(
  host: SpokenHost,
  wanted: Parameters<typeof serviceMade>[1],
  context: Context,
): void {
  const { port } = host;
  const at = host.portPlace();
  const service = serviceMade(context.cluster, wanted);
  if (port !== undefined && at !== undefined && service !== undefined && isPort(host))
    checkServicePort(context, at, service, { number: port });
}

/** Reports a port that nothing listens on behind the name of a Service or, with `isPod`, a pod. */
export function checkHostPort(
  host: SpokenHost,
  picture: ServicePicture,
  isPod: boolean,
  context: Context,
): void {
  const { port } = host;
  if (port === undefined || !isPort(host)) return;
  const { object, ports } = picture;
  const wrong = wrongPort(picture, port, isPod);
  const at = host.portPlace();
  if (at === undefined) return;
  if (wrong === 'none') {
    checkServicePort(context, at, { object, picture, ports }, { number: port });
    return;
  }
  if (reportBeside(host, picture, context)) return;
  const meant = wrong?.number ?? meantPodPort(picture, port, isPod, context.cluster);
  if (meant === undefined) return;
  context.report({
    ...at,
    ...(wrong === undefined
      ? { id: 'podPort', severity: 'warning', data: { port, meant } }
      : { id: 'headless', data: { port, target: meant } }),
    ...changeTo(meant),
    related: [{ object, at: ['spec', 'ports'], part: 'key', message: 'the ports of the Service' }],
  });
}

/** The scheme of a URL has a port of its own there, and the one that is written is for others. */
function reportBeside(
  { scheme = '', port = 0, portPlace }: SpokenHost,
  { object, ports }: ServicePicture,
  { report }: Context,
): boolean {
  // `amqps` is spoken where `amqp` is, or at a port of its own.
  const usual = usualPort([scheme]) ?? usualPort([scheme.replace(/s$/, '')]) ?? 0;
  const purpose = usedBeside(usual, port);
  const at = portPlace();
  if (purpose === undefined || at === undefined) return false;
  if (!ports.some((one) => one.port === usual)) return false;
  report({
    ...at,
    id: 'beside',
    data: { port, purpose, scheme, usual },
    severity: 'warning',
    title: 'speaks another protocol than the port',
    ...changeTo(usual),
    related: [{ object, at: ['spec', 'ports'], part: 'key', message: 'the ports of the Service' }],
  });
  return true;
}
