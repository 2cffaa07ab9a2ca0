import type { Container } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { allContainers } from '../../src/cluster/containers.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  givesVariables,
  namesFromSources,
  serviceOfVariable,
  variablePrefix,
  type VariableReference,
  variableReferences,
} from '../../src/lint/references/variables.ts';
import { defineRule, type Place, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

const messages = {
  undefined: ({ name, near }: { name: string; near: string }) =>
    `no variable "${name}" is defined, so the text stays as it is; did you mean "${near}"?`,
  later: ({ name }: { name: string }) =>
    `"${name}" is defined further down, and a variable knows only those above it: the text ` +
    'stays as it is',
  service: ({ name, near }: { name: string; near: string }) =>
    `"${name}" is given by no Service of the ` +
    `namespace${near === '' ? '' : `; did you mean "${near}"?`}`,
  silent: ({ name, service, reason }: Record<'name' | 'service' | 'reason', string>) =>
    `"${name}" is not given by ${service}: ${reason}`,
};

type Context = RuleContext<typeof messages>;

export const variableUndefined = defineRule({
  meta: {
    id: 'variable-undefined',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'refers to a variable that it does not have',
    summary: 'A $(VARIABLE) in env, command or args is not defined',
    why:
      'the kubelet puts the value of a variable in the place of $(NAME), and leaves the ' +
      'characters as they are where there is none: the program is told "http://$(API_HOST)" ' +
      'and cannot reach anybody',
    fixable: false,
  },
  messages,
  check(context) {
    for (const set of context.cluster.pods.all)
      for (const { container, path } of allContainers(set.spec))
        for (const found of variableReferences(container))
          checkReference(found, container, set, {
            context,
            place: {
              object: set.workload,
              at: [...set.templatePath, 'spec', ...path, ...found.at],
              within: { text: found.name, occurrence: found.occurrence },
            },
          });
  },
});

function checkReference(
  { name, before }: VariableReference,
  container: Container,
  set: PodSet,
  { context, place }: { readonly context: Context; readonly place: Place },
): void {
  const { cluster, report } = context;
  const own = (container.env ?? []).map((variable) => variable.name);
  if (own.slice(0, before).includes(name)) return;
  const sources = namesFromSources(container, set.namespace, cluster);
  if (sources === undefined || sources.has(name)) return;
  if (own.includes(name) && own.indexOf(name) !== before) {
    report({
      ...place,
      id: 'later',
      data: { name },
      help: `put it above this one`,
    });
    return;
  }
  const prefix = serviceOfVariable(name);
  if (prefix !== undefined && prefix !== 'KUBERNETES')
    return checkService(name, prefix, set, { context, place });
  const known = [...own.slice(0, before), ...sources].filter((other) => other !== name);
  const near = nearestName(name, known);
  // It may be replaced by a program that knows such signs, too.
  if (near !== undefined)
    report({ ...place, id: 'undefined', data: { name, near }, help: `change it to ${near}` });
}

function checkService(
  name: string,
  prefix: string,
  set: PodSet,
  { context, place }: { readonly context: Context; readonly place: Place },
): void {
  const { cluster, unseen, report } = context;
  const services = servicesIn(cluster, set.namespace);
  const service = services.find((one) => variablePrefix(one) === prefix);
  if (service !== undefined) {
    const reason =
      set.spec.enableServiceLinks === false
        ? 'enableServiceLinks is false'
        : givesVariables(service)
          ? undefined
          : 'it has no cluster IP';
    if (reason !== undefined)
      report({
        ...place,
        id: 'silent',
        data: { name, service: describeObject(service.object), reason },
        help: `write the name of the Service: ${service.object.name}`,
        related: [{ object: service.object, at: ['metadata', 'name'], message: 'the Service' }],
      });
    return;
  }
  const near = nearestName(prefix, services.filter(givesVariables).map(variablePrefix));
  const why = unseen.whyServicesUnseen([set.namespace]);
  if (near === undefined && (why !== undefined || services.length === 0 || unseen.isGuess))
    return context.unknown({ ...place, reason: why ?? 'the Service may be elsewhere' });
  report({
    ...place,
    id: 'service',
    data: { name, near: near === undefined ? '' : name.replace(prefix, near) },
    severity: near === undefined ? 'warning' : 'error',
    help: 'write the name of a Service; its variables are there only for pods that start after it',
  });
}

function servicesIn({ services }: Cluster, namespace: string): readonly ServicePicture[] {
  return services.filter(({ object }) => object.namespace === namespace);
}
