import { allContainers } from '../../src/cluster/containers.ts';
import { inPodSpec, type PodSet } from '../../src/cluster/pods.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { isWorkloadKind, workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  type ServiceVariable,
  serviceVariable,
} from '../../src/lint/references/service-variables.ts';
import { shellSlips } from '../../src/lint/references/shell-variables.ts';
import {
  isOwnVariable,
  podFields,
  type VariableReference,
  variableReferences,
  Variables,
} from '../../src/lint/references/variables.ts';
import { defineRule, type Place, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  service: ({ name, near }: { name: string; near: string }) =>
    `"${name}" is given by no Service of the ` +
    `namespace${near === '' ? '' : `; did you mean "${near}"?`}`,
  silent: ({ name, service, reason }: Record<'name' | 'service' | 'reason', string>) =>
    `"${name}" is not given by ${service}: ${reason}`,
  shell: ({ name, near }: { name: string; near: string }) =>
    `nothing defines "${name}", which is empty unless the image has it; did you mean "${near}"?`,
  undefined: ({ name, near }: { name: string; near: string }) =>
    `no variable "${name}" is defined, so the text stays as it is; did you mean "${near}"?`,
  nowhere: ({ name }: { name: string }) =>
    `no variable "${name}" is defined in this container, so the text stays as it is`,
  later: ({ name }: { name: string }) =>
    `"${name}" is defined further down, and a variable knows only those above it: the text ` +
    'stays as it is',
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
      for (const { container, path } of allContainers(set.spec)) {
        const placeOf = (at: Path, text: string, occurrence: number): Place => ({
          object: set.workload,
          at: inPodSpec(set, ...path, ...at),
          within: { text, occurrence },
        });
        for (const { name, near, at } of shellSlips(container))
          context.report({
            ...placeOf(at, name, 0),
            id: 'shell',
            data: { name, near },
            severity: 'warning',
            why: 'a shell puts nothing in the place of a variable that it does not have',
            help: `write $${near}, or call the variable of env ${name}`,
          });
        const references = variableReferences(container);
        if (references.length === 0) continue;
        const variables = new Variables(container, set.namespace, context.cluster);
        for (const found of references)
          checkReference(found, variables, set, {
            context,
            place: placeOf(found.at, found.name, found.occurrence),
          });
      }
  },
});

function checkReference(
  reference: VariableReference,
  variables: Variables,
  set: PodSet,
  { context, place }: { readonly context: Context; readonly place: Place },
): void {
  const { report } = context;
  const { name } = reference;
  const state = variables.stateOf(reference);
  if (state === 'later')
    report({ ...place, id: 'later', data: { name }, help: 'put it above this one' });
  if (state !== 'missing') return;
  const asked = serviceVariable(name, set, context);
  if (asked !== undefined) return sayOfService(name, asked, context, place);
  const field = podFields.get(name);
  const near = field === undefined ? variables.nearest(reference) : undefined;
  if (near !== undefined)
    report({ ...place, id: 'undefined', data: { name, near }, help: `change it to ${near}` });
  // A program may replace such signs itself, and who makes pods of custom resources adds variables.
  if (near !== undefined || !isOwnVariable(name) || !isWorkloadKind(set.workload.kind)) return;
  const how = field === undefined ? 'above this one' : `from fieldRef.fieldPath: ${field}`;
  const help = `define ${name} in env ${how}, or write $$(${name}) if the text is meant so`;
  report({ ...place, id: 'nowhere', severity: 'warning', data: { name }, help });
}

function sayOfService(name: string, asked: ServiceVariable, context: Context, place: Place): void {
  const { report, unknown } = context;
  if (asked.state === 'unknown') unknown({ ...place, reason: asked.reason });
  if (asked.state === 'silent')
    report({
      ...place,
      id: 'silent',
      data: { name, service: describeObject(asked.service), reason: asked.reason },
      help: `write the name of the Service: ${asked.service.name}`,
      related: [{ object: asked.service, at: ['metadata', 'name'], message: 'the Service' }],
    });
  if (asked.state !== 'missing') return;
  report({
    ...place,
    id: 'service',
    data: { name, near: asked.near ?? '' },
    severity: asked.near === undefined ? 'warning' : 'error',
    help: 'write the name of a Service; its variables are there only for pods that start after it',
  });
}
