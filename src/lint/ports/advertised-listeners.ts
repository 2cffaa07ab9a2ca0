/**
 * Kafka brokers that send their clients to localhost: a client asks once through the Service, and
 * goes on with the addresses that it is told (https://kafka.apache.org/documentation/#brokerconfigs_advertised.listeners).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { lazily } from '../../memo.ts';
import { type Call, callsTo, textReaders } from '../calls/calls.ts';
import { type AppSetting, appSettings, partOf } from '../hosts/app-settings.ts';
import type { AnyFinding } from '../rule.ts';
import { servicesOf } from '../selectors/services-of.ts';

const variable = /(?:^|_)ADVERTISED_(?:LISTENERS|HOST_NAME)$/;
const line = /(?<=^|\n)[ \t]*advertised\.listeners[ \t]{0,20}=[ \t]{0,20}(\S{1,500})/;
const loopback = /^(?:(?:\w+:\/\/)?(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}))(?::\d{1,5})?$/;

/** Spread them into the messages of a rule that reports `advertisedListeners`. */
export const advertisedMessages = {
  advertised: ({ caller, service }: Record<'caller' | 'service', string>) =>
    `${caller}, which comes through Service "${service}", is sent on to localhost`,
};

/** Where every listener is one, and pods that were read come through a Service. */
export function* advertisedListeners(
  cluster: Cluster,
): Iterable<AnyFinding<typeof advertisedMessages>> {
  const readersOf = lazily(() => textReaders(cluster));
  for (const given of appSettings(cluster)) {
    const { list, offset } = listenersIn(given);
    if (!list.split(',').every((one) => loopback.test(one.trim()))) continue;
    const calls = readersOf()(given).flatMap((set) => callsInto(set, cluster));
    const [call] = calls;
    if (call === undefined) continue;
    const { object } = call.service;
    yield {
      ...partOf(given, offset, list.length),
      id: 'advertised',
      data: { caller: describeObject(call.from.workload), service: object.name },
      title: 'sends its clients to themselves',
      why:
        'a client asks a broker once where to go, and goes on with the advertised listeners: at ' +
        'localhost there is no broker but in the pod of the broker itself',
      help: `advertise a name that clients reach, as ${object.name}`,
      related: [{ object, at: ['metadata', 'name'], message: 'its Service' }],
    };
  }
}

function callsInto(set: PodSet, cluster: Cluster): Call[] {
  const calls = servicesOf(cluster, set).flatMap((service) => callsTo(cluster, service));
  return calls.filter(({ from }) => from !== set);
}

function listenersIn({ setting = '', text }: AppSetting): { list: string; offset: number } {
  const found = line.exec(text);
  const list = variable.test(setting) ? text.trim() : (found?.[1] ?? '');
  return { list, offset: text.indexOf(list, found?.index) };
}
