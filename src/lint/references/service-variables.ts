/** Variables that pods are given for the Services of their namespace. */
import type { PodSet } from '../../cluster/pods.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { Place, RuleContext } from '../rule.ts';
import { givesVariables, serviceVariablesIn } from './variables.ts';

/** Spread them into the messages of a rule that calls `reportServiceVariable`. */
export const serviceVariableMessages = {
  service: ({ name, near }: { name: string; near: string }) =>
    `"${name}" is given by no Service of the ` +
    `namespace${near === '' ? '' : `; did you mean "${near}"?`}`,
  silent: ({ name, service, reason }: Record<'name' | 'service' | 'reason', string>) =>
    `"${name}" is not given by ${service}: ${reason}`,
};

type Context = Pick<
  RuleContext<typeof serviceVariableMessages>,
  'cluster' | 'unseen' | 'report' | 'unknown'
>;

/** A variable that is called as those of a Service are, and is given by none. */
export function reportServiceVariable(
  name: string,
  prefix: string,
  set: PodSet,
  { context, place }: { readonly context: Context; readonly place: Place },
): void {
  const { cluster, unseen, report } = context;
  const services = serviceVariablesIn(cluster, set.namespace);
  const service = services?.byPrefix.get(prefix);
  if (service !== undefined) {
    const areOff = set.spec.enableServiceLinks === false;
    const reason = areOff ? 'enableServiceLinks is false' : 'it has no cluster IP';
    if (areOff || !givesVariables(service))
      report({
        ...place,
        id: 'silent',
        data: { name, service: describeObject(service.object), reason },
        help: `write the name of the Service: ${service.object.name}`,
        related: [{ object: service.object, at: ['metadata', 'name'], message: 'the Service' }],
      });
    return;
  }
  const near = services && nearestIn(prefix, services.prefixes);
  const why = unseen.whyServicesUnseen([set.namespace]);
  if (near === undefined && (why !== undefined || services === undefined || unseen.isGuess))
    return context.unknown({ ...place, reason: why ?? 'the Service may be elsewhere' });
  report({
    ...place,
    id: 'service',
    data: { name, near: near === undefined ? '' : name.replace(prefix, near) },
    severity: near === undefined ? 'warning' : 'error',
    help: 'write the name of a Service; its variables are there only for pods that start after it',
  });
}
