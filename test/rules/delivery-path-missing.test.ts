import { deliveryPathMissing } from '../../rules/reference/delivery-path-missing.ts';
import { testRule } from '../support/rule-tester.ts';

const flux = (name: string, path: string): string =>
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n' +
  `metadata: { name: ${name}, namespace: flux-system }\n` +
  `spec: { sourceRef: { kind: GitRepository, name: fleet }, path: ${path} }\n`;
const files = (...paths: readonly string[]) => ({
  files: {
    'apps/web/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
    ...Object.fromEntries(
      paths.map((path, index) => [`clusters/${index}.yaml`, flux(`a${index}`, path)]),
    ),
  },
});
const argo = (more = '') =>
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web }\n' +
  `spec: { source: { repoURL: "https://example.com/shop", path: prod${more} } }\n`;
const column = 'spec: { sourceRef: { kind: GitRepository, name: fleet }, path: '.length + 1;

testRule(deliveryPathMissing, {
  valid: [
    { name: 'a path that is there', ...files('./apps/web') },
    { name: 'of a repository of which nothing is here', ...files('./charts/web') },
    {
      name: 'a directory with an object in kustomization.yaml that is read file by file',
      files: { 'prod/kustomization.yaml': argo(', directory: { recurse: true }') },
    },
    { name: 'filled in later', ...files('./apps/web', '"./apps/${name}"') },
    { name: 'the whole repository', ...files('./apps/web', './') },
  ],
  invalid: [
    {
      name: 'a directory that kustomize refuses',
      files: { 'prod/kustomization.yaml': argo() },
      errors: [
        {
          id: 'refused',
          file: 'prod/kustomization.yaml',
          line: 4,
          column: 62,
          endColumn: 66,
          severity: 'warning',
          message:
            'there is no kustomization in prod: invalid Kustomization: json: unknown field "spec"',
          help:
            'give prod/kustomization.yaml another name: it holds Application web, and kustomize ' +
            'takes what is called so for its own',
        },
      ],
    },
    {
      name: 'a directory that is nearly there',
      ...files('./apps/web', './app/web'),
      errors: [
        {
          id: 'near',
          file: 'clusters/1.yaml',
          line: 4,
          column,
          endColumn: column + 9,
          severity: 'error',
          message: 'there is no app/web in this repository; did you mean apps/web?',
        },
      ],
    },
    {
      name: 'a directory that is like none',
      ...files('./apps/web', './apps/search'),
      errors: [
        {
          id: 'absent',
          file: 'clusters/1.yaml',
          line: 4,
          column,
          endColumn: column + 13,
          severity: 'warning',
          message: 'there is no apps/search in this repository',
        },
      ],
    },
  ],
});
