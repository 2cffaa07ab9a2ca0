import { allWorkloads } from '../../src/kubernetes/kinds.ts';
import { type InjectionFault, injectionFaults } from '../../src/lint/routes/injection.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** Why and what to do, by message. */
const words: Readonly<
  Record<InjectionFault['id'], { readonly why: string; readonly help: string }>
> = {
  both: {
    why: 'where both labels stand Istio goes by istio-injection, and the revision gets no pod',
    help: 'take one of the two labels out',
  },
  misplaced: {
    why: 'the webhook of Istio reads it from the pod, and from nothing else',
    help: 'write it as a label of the pod template',
  },
  auto: {
    why:
      'the webhook of Istio replaces the image auto in pods that it injects; in others the ' +
      'kubelet looks for an image of that name, and the pod stays in ErrImagePull',
    help: 'label the pods sidecar.istio.io/inject: "true", or their Namespace',
  },
  user: {
    why:
      'connections of user 1337 are those of the proxy itself, and are not led through it: they ' +
      'have neither mutual TLS nor policies',
    help: 'run as another user',
  },
};

export const injectionMismatch = defineRule({
  meta: {
    id: 'injection-mismatch',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...new Set(['Namespace', 'Service', ...allWorkloads.map(({ kind }) => kind)])],
    title: 'is not injected as it says',
    summary: "Labels, image or user of pods contradict the injection of Istio's proxy",
    why:
      'the webhook of Istio goes by labels of pods and Namespaces, and passes others over ' +
      'without a word',
    fixable: false,
  },
  messages: {
    both: () => 'the Namespace has istio-injection as well, so this revision is ignored',
    misplaced: () => 'only pods are asked for it: here it does nothing',
    auto: () => 'nothing injects these pods, so nobody fills in the image "auto"',
    user: () => "user 1337 is Istio's proxy, and these pods are injected",
  },
  check({ cluster, report }) {
    for (const { id, object, at, ...rest } of injectionFaults(cluster))
      report({
        object,
        at,
        ...('part' in rest && { part: rest.part }),
        id,
        data: undefined,
        ...words[id],
      });
  },
});
