import { allContainers } from '../../src/cluster/containers.ts';
import { inPodSpec, type PodSet } from '../../src/cluster/pods.ts';
import { isWorkloadKind, workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  reportServiceVariable,
  serviceVariableMessages,
} from '../../src/lint/references/service-variables.ts';
import { reportShell, shellMessages } from '../../src/lint/references/shell-variables.ts';
import {
  isOwnVariable,
  podFields,
  serviceOfVariable,
  type VariableReference,
  variableReferences,
  Variables,
} from '../../src/lint/references/variables.ts';
import { defineRule, type Place, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  ...serviceVariableMessages,
  ...shellMessages,
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
        reportShell(set, container, path, context);
        const references = variableReferences(container);
        if (references.length === 0) continue;
        const variables = new Variables(container, set.namespace, context.cluster);
        for (const found of references)
          checkReference(found, variables, set, {
            context,
            place: {
              object: set.workload,
              at: inPodSpec(set, ...path, ...found.at),
              within: { text: found.name, occurrence: found.occurrence },
            },
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
  const prefix = serviceOfVariable(name);
  if (prefix !== undefined && prefix !== 'KUBERNETES')
    return reportServiceVariable(name, prefix, set, { context, place });
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
