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
const column = 'spec: { sourceRef: { kind: GitRepository, name: fleet }, path: '.length + 1;

testRule(deliveryPathMissing, {
  valid: [
    { name: 'a path that is there', ...files('./apps/web') },
    { name: 'of a repository of which nothing is here', ...files('./charts/web') },
    { name: 'filled in later', ...files('./apps/web', '"./apps/${name}"') },
    { name: 'the whole repository', ...files('./apps/web', './') },
  ],
  invalid: [
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
