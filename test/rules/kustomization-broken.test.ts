import { kustomizationBroken } from '../../rules/manifest/kustomization-broken.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, workload, yaml } from '../support/yaml.ts';

const base = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': workload('web'),
};
const application =
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\n' +
  'metadata:\n  name: web\n  finalizers: [resources-finalizer.argocd.argoproj.io]\n' +
  'spec:\n  project: default\n  source: { repoURL: https://example.com/shop, path: prod }\n';
const patch = (name: string, apiVersion = 'apps/v1', kind = 'Deployment'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  replicas: 3\n`;
const overlay = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  files: { ...base, 'prod/kustomization.yaml': `resources: [../base]\n${text}`, ...more },
});
const patched = (text: string, more = '') =>
  overlay(`patches: [{ path: patch.yaml }]\n${more}`, { 'prod/patch.yaml': text });

/** On the second line, or on line 4 of the patch. */
const error = (message: string, [column, endColumn]: readonly [number, number], help: string) => ({
  id: 'broken',
  file: 'prod/kustomization.yaml',
  line: 2,
  column,
  endColumn,
  message,
  help,
});

testRule(kustomizationBroken, {
  valid: [
    {
      name: 'a generator that merges into one of the base, under the name that it has there',
      files: {
        'base/kustomization.yaml':
          'resources: [web.yaml]\nnamePrefix: x-\nconfigMapGenerator: [{ name: web, files: [a=b.yaml] }]\n',
        'base/web.yaml': workload('web'),
        'base/b.yaml': 'port: 80\n',
        'prod/kustomization.yaml':
          'resources: [../base]\nconfigMapGenerator: [{ name: web, behavior: merge }]\n',
      },
    },
    {
      name: 'a kustomization that is a template',
      ...overlay('commonLabels: {team: {{ .team }}\n'),
      unread: 1,
    },
    {
      name: 'another kind in a file of its name, in a directory that nobody builds',
      files: { ...base, 'argo/kustomization.yaml': application },
    },
    {
      name: 'another kind in a file of its name, which is taken as a file',
      ...overlay('components: []\n', {
        'all/kustomization.yaml': 'resources: [app/kustomization.yaml]\n',
        'all/app/kustomization.yaml': application,
      }),
    },
    { name: 'a version that is filled in', ...overlay('apiVersion: "${VERSION}"\n') },
    { name: 'a list that is left blank', ...overlay('labels:\nimages: []\n') },
    { name: 'an overlay with a patch', ...patched(patch('web')) },
    {
      name: 'fields in another case, which encoding/json takes',
      ...overlay('NamePrefix: prod-\n'),
    },
    {
      name: 'a patch with a target that matches nothing: kustomize says nothing',
      ...overlay('patches: [{ path: patch.yaml, target: { kind: Deployment, name: api } }]\n', {
        'prod/patch.yaml': patch('web'),
      }),
    },
    {
      name: 'a patch of a generated ConfigMap',
      ...patched(
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n',
        'configMapGenerator: [{ name: settings, literals: [a=c] }]\n',
      ),
    },
    {
      name: 'a patch of an object that may come from elsewhere',
      files: {
        ...base,
        'prod/kustomization.yaml':
          'resources: [../base, "https://example.com/all.yaml"]\npatches: [{ path: patch.yaml }]\n',
        'prod/patch.yaml': patch('api'),
      },
    },
    { name: 'a path outside of what was read', ...overlay('components: [../../shared/debug]\n') },
    { name: 'a path that is filled in later', ...overlay('components: ["../${VARIANT}"]\n') },
    {
      name: 'fields that are there, are made, are of nothing selected, or come from a generator',
      files: {
        'kustomization.yaml': yaml`
        resources: [web.yaml]
        configMapGenerator:
          - name: settings
            literals: [HOST=web]
        replacements:
          - source: { kind: ConfigMap, name: settings, fieldPath: data.HOST }
            targets:
              - select: { kind: Deployment }
                fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=HOST].value"]
              - select: { kind: Job }
                fieldPaths: [spec.nothing]
      `,
        'made/kustomization.yaml': yaml`
        resources: [web.yaml]
        replacements:
          - source: { kind: Deployment, name: web }
            targets:
              - select: { kind: Deployment }
                options: { create: true }
                fieldPaths: [metadata.labels.of]
      `,
        'made/web.yaml': deployment('web')`
        containers:
          - { name: web, image: "shop/web:1" }
      `,
        'web.yaml': deployment('web')`
        containers:
          - name: web
            image: shop/web:1
            env:
              - { name: HOST, value: x }
      `,
      },
    },
  ],
  invalid: [
    {
      name: 'another kind in the file of a kustomization that is taken',
      ...overlay('components: [../argo]\n', { 'argo/kustomization.yaml': application }),
      errors: [
        error(
          "accumulating components from '../argo': couldn't make target for path 'argo': " +
            'invalid Kustomization: json: unknown field "finalizers"',
          [14, 21],
          'give argo/kustomization.yaml another name: it holds Application web, and kustomize ' +
            'takes what is called so for its own',
        ),
      ],
    },
    {
      name: 'the version of a component',
      ...overlay('apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Kustomization\n'),
      errors: [
        error(
          'apiVersion of a Kustomization is kustomize.config.k8s.io/v1beta1, and nothing else',
          [13, 45],
          'change it to kustomize.config.k8s.io/v1beta1',
        ),
      ],
    },
    {
      name: 'the version of Flux',
      ...overlay('apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n'),
      errors: [
        error(
          'apiVersion of a Kustomization is kustomize.config.k8s.io/v1beta1, and nothing else',
          [13, 43],
          'change it to kustomize.config.k8s.io/v1beta1',
        ),
      ],
    },
    {
      name: 'a kind that there is not',
      ...overlay('kind: Kustomize\napiVersion: kustomize.config.k8s.io/v1beta1\n'),
      errors: [
        error(
          'Kustomize is neither Kustomization nor Component',
          [7, 16],
          'change it to Kustomization',
        ),
      ],
    },
    {
      name: 'labels as those of commonLabels are written',
      ...overlay('labels: { env: prod }\n'),
      errors: [
        error(
          'invalid Kustomization: json: cannot unmarshal object into Go struct field Kustomization.labels',
          [1, 7],
          'write a list (- pairs: …), or commonLabels, which go into selectors as well',
        ),
      ],
    },
    {
      name: 'a mapping in place of a list',
      ...overlay('Images: { name: web, newTag: v2 }\n'),
      errors: [
        error(
          'invalid Kustomization: json: cannot unmarshal object into Go struct field Kustomization.images',
          [1, 7],
          'write a list: each item begins with -',
        ),
      ],
    },
    {
      name: 'text that is no YAML',
      ...overlay('commonLabels: {team: web\n'),
      errors: [error('invalid Kustomization: unclosed {', [15, 16], 'add the missing }')],
    },
    {
      name: 'a count of replicas for nobody',
      ...overlay('replicas: [{ name: wbe, count: 3 }]\n'),
      errors: [
        error(
          'resource with name wbe does not match a config with a count of replicas',
          [20, 23],
          'change it to web',
        ),
      ],
    },
    {
      name: 'a replacement from nobody',
      ...overlay(
        'replacements: [{ source: { kind: Deployment, name: api }, targets: [{ select: { kind: Service }, fieldPaths: [metadata.name] }] }]\n',
      ),
      errors: [
        error(
          'nothing selected by Deployment api, the source of a replacement',
          [52, 55],
          'change it to web',
        ),
      ],
    },
    {
      name: 'a base that is not there',
      files: { ...base, 'prod/kustomization.yaml': 'resources:\n- ../bsae\n' },
      errors: [
        error(
          "accumulating resources from '../bsae': no such file or directory",
          [3, 10],
          'change it to ../base',
        ),
      ],
    },
    {
      name: 'a component that is not there, and nothing like it',
      ...overlay('components: [../components/cache]\n'),
      errors: [
        error(
          "accumulating components from '../components/cache': no such file or directory",
          [14, 33],
          'correct the path, or add what it names; it is relative to the directory of the kustomization',
        ),
      ],
    },
    {
      name: 'a directory without a kustomization',
      ...overlay('components: [../cache]\n', { 'cache/readme.txt': '' }),
      errors: [
        error(
          "accumulating components from '../cache': unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization'",
          [14, 22],
          'add a kustomization.yaml there, or name its files one by one',
        ),
      ],
    },
    {
      name: 'a patch file that is not there',
      ...overlay('patches: [{ path: ptach.yaml }]\n', { 'prod/patch.yaml': patch('web') }),
      refused: 1,
      errors: [
        error(
          'failed to get the patch file from path(ptach.yaml): no such file or directory',
          [19, 29],
          'change it to patch.yaml',
        ),
      ],
    },
    {
      name: 'a field that there is not',
      files: { ...base, 'prod/kustomization.yaml': 'namespace: prod\nresource: [../base]\n' },
      errors: [
        error(
          'invalid Kustomization: json: unknown field "resource"',
          [1, 9],
          'change it to resources',
        ),
      ],
    },
    {
      name: 'a patch for a name that is not there',
      ...patched(patch('wbe')),
      errors: [
        {
          id: 'broken',
          file: 'prod/patch.yaml',
          line: 4,
          column: 9,
          endColumn: 12,
          message:
            'no matches for Id Deployment.v1.apps/wbe.[noNs]; failed to find unique target for patch',
          help: 'change it to web',
        },
      ],
    },
    {
      name: 'a generator that merges into none',
      ...overlay('secretGenerator: [{ name: web, behavior: replace }]\n'),
      errors: [
        error(
          'Secret web does not exist; cannot merge or replace',
          [27, 30],
          'correct the name, or take the entry out',
        ),
      ],
    },
    {
      name: 'a file of a generator that is not there',
      ...overlay('configMapGenerator: [{ name: web, files: [web.yaml=patch.yaml] }]\n'),
      errors: [
        error(
          'loading KV pairs: file sources: [patch.yaml]: no such file or directory',
          [43, 62],
          'correct the path, or add what it names; it is relative to the directory of ' +
            'the kustomization',
        ),
      ],
    },
    {
      name: 'a patch of another apiVersion',
      ...patched(patch('web', 'apps/v1beta2')),
      errors: [
        {
          id: 'broken',
          file: 'prod/patch.yaml',
          line: 4,
          column: 9,
          endColumn: 12,
          message:
            'no matches for Id Deployment.v1beta2.apps/web.[noNs]; failed to find unique target for patch',
          help: 'write apiVersion: apps/v1, of which Deployment web is',
        },
      ],
    },
    {
      name: 'a replacement from a field that is not there',
      files: {
        'kustomization.yaml': yaml`
        resources: [web.yaml]
        replacements:
          - source: { kind: Service, name: web, fieldPath: spec.port.0.port }
            targets:
              - select: { kind: ConfigMap, name: settings }
                fieldPaths: [data.PORT]
      `,
        'web.yaml': yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector: { app: web }
          ports:
            - port: 80
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          PORT: ""
      `,
      },
      errors: [
        {
          id: 'broken',
          file: 'kustomization.yaml',
          line: 3,
          column: 52,
          endColumn: 68,
          message:
            'fieldPath spec.port.0.port is missing for the source Service web of a replacement',
        },
      ],
    },
    {
      name: 'a replacement into a list item and a field that are not there',
      files: {
        'kustomization.yaml': yaml`
        resources: [web.yaml]
        replacements:
          - source: { kind: Service, name: web }
            targets:
              - select: { kind: Deployment }
                fieldPaths:
                  - spec.template.spec.containers.[name=app].image
                  - spec.template.spec.containers.*.envs.0.value
      `,
        'web.yaml': documents(
          serviceFor('web')`
          ports:
            - port: 80
        `,
          deployment('web')`
          containers:
            - name: web
              image: shop/web:1
              env:
                - { name: HOST, value: x }
        `,
        ),
      },
      errors: [
        {
          id: 'broken',
          file: 'kustomization.yaml',
          line: 7,
          column: 13,
          endColumn: 59,
          message:
            'unable to find field spec.template.spec.containers.[name=app].image in the target Deployment web of a replacement',
        },
        {
          id: 'broken',
          file: 'kustomization.yaml',
          line: 8,
          column: 13,
          endColumn: 57,
          message:
            'unable to find field spec.template.spec.containers.*.envs.0.value in the target Deployment web of a replacement',
        },
      ],
    },
  ],
});
