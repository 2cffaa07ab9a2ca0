import { allContainers } from '../../src/cluster/containers.ts';
import { imageProblem } from '../../src/cluster/image-reference.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { fieldAt } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { templateAt } from '../../src/manifest/helm-source.ts';
import { liesInCollection } from '../../src/units/stages.ts';

export const imageInvalid = defineRule({
  meta: {
    id: 'image-invalid',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'names an image that cannot be read',
    summary: 'The name of a container image is not one that the kubelet can read',
    why:
      'the API server takes any text for an image; the kubelet does not (InvalidImageName): ' +
      'the container never starts, the pod is never Ready, and a Service in front of it has ' +
      'no ready endpoint',
    fixable: true,
  },
  messages: {
    unreadable: ({
      image,
      container,
      problem,
    }: Record<'image' | 'container' | 'problem', string>) =>
      `container "${container}" never starts: "${image}" is not the name of an image: ${problem}`,
    mark: ({ image, container }: Record<'image' | 'container', string>) =>
      `container "${container}" never starts as long as "${image}" is not replaced by the ` +
      'name of an image',
  },
  check({ cluster, report }) {
    for (const { workload, spec, templatePath } of cluster.pods.all) {
      // What an operator makes of a field of its own is not at this place.
      if (templatePath.length === 0 && workload.kind !== 'Pod') continue;
      for (const { container, path } of allContainers(spec)) {
        const { name, image = '' } = container;
        const problem = imageProblem(image);
        if (problem === undefined || isTriggered(workload, image)) continue;
        const place = { object: workload, at: [...templatePath, 'spec', ...path, 'image'] };
        if (image.includes('<')) {
          report({
            ...place,
            id: 'mark',
            data: { image, container: name },
            // Whoever takes an example knows what to fill in.
            severity: liesInCollection(workload.source.document.file.path) ? 'info' : 'warning',
            help:
              'write the name of the image here, or let the images field of a kustomization ' +
              'replace a name that is valid',
          });
          continue;
        }
        const lower = lowered(image);
        const isLeftOut = hasGap(image) && isRendered(workload);
        report({
          ...place,
          id: 'unreadable',
          data: { image, container: name, problem },
          ...(isLeftOut && { severity: 'warning' as const }),
          help: isLeftOut
            ? 'give the chart the value that it has left out here, with --set or -f'
            : lower === undefined
              ? 'write registry/repository:tag, as in registry.example.com/shop/web:1.4'
              : `write ${lower}`,
          ...(lower !== undefined && {
            fixes: [{ title: `write ${lower}`, safety: 'unsafe', replace: lower }],
          }),
        });
      }
    }
  },
});

/** Nothing stands where a part must be: `:1.0`, `registry.example.com/:1.0`, `web:`. */
function hasGap(image: string): boolean {
  return !image.includes('://') && /^[:/@]|\/[:/@]|[:/]$/.test(image);
}

/** The values that a chart has by itself are often not all that it needs. */
function isRendered({ source }: ClusterObject): boolean {
  return templateAt(source.document.file, source.range[0]) !== undefined;
}

/** OpenShift puts an image there as soon as an image stream has one; until then it is blank. */
function isTriggered({ kind, value }: ClusterObject, image: string): boolean {
  const annotation = ['metadata', 'annotations', 'image.openshift.io/triggers'];
  return (
    image.trim() === '' &&
    (kind === 'DeploymentConfig' || fieldAt(value, ...annotation) !== undefined)
  );
}

/** With the repository in lower case, if that is all that is wrong; tags may have capitals. */
function lowered(image: string): string | undefined {
  const [name = ''] = image.split('@', 1);
  const colon = name.lastIndexOf(':');
  const end = colon > name.lastIndexOf('/') ? colon : name.length;
  const lower = image.slice(0, end).toLowerCase() + image.slice(end);
  return lower !== image && imageProblem(lower) === undefined ? lower : undefined;
}
