import { unknownKind } from '../../rules/manifest/unknown-kind.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

const object = (apiVersion: string, kind: string): string => yaml`
  apiVersion: ${apiVersion}
  kind: ${kind}
  metadata:
    name: web
`;
const valid = (name: string, apiVersion: string, kind: string) => ({
  name,
  yaml: object(apiVersion, kind),
});

const kindError = (apiVersion: string, kind: string, meant: string) => ({
  name: `${apiVersion} ${kind}, meant is ${meant}`,
  yaml: object(apiVersion, kind),
  errors: [
    {
      id: 'unknown',
      line: 2,
      column: 7,
      endColumn: 7 + kind.length,
      message: `no matches for kind "${kind}" in version "${apiVersion}"`,
      help: `write kind: ${meant}`,
    },
  ],
  output: object(apiVersion, meant),
});
const versionError = (apiVersion: string, kind: string, meant: string) => ({
  name: `${apiVersion} ${kind}, meant is ${meant}`,
  yaml: object(apiVersion, kind),
  errors: [
    {
      id: 'unknown',
      line: 1,
      column: 13,
      endColumn: 13 + apiVersion.length,
      message: `no matches for kind "${kind}" in version "${apiVersion}"`,
      help: `write apiVersion: ${meant}`,
    },
  ],
  output: object(meant, kind),
});

testRule(unknownKind, {
  valid: [
    valid('a kind of a built-in group', 'coordination.k8s.io/v1', 'Lease'),
    valid('a beta version that can be enabled', 'resource.k8s.io/v1beta1', 'DeviceClass'),
    valid('a kind of a custom group', 'example.com/v1', 'Servise'),
    valid('a group below k8s.io that others define', 'gateway.networking.k8s.io/v1', 'HTTPRoute'),
    valid('a kind of OpenShift 3', 'v1', 'DeploymentConfig'),
    valid('a role of OpenShift 3', 'v1', 'RoleBinding'),
    valid('a list', 'rbac.authorization.k8s.io/v1', 'RoleBindingList'),
    valid("kubectl's configuration", 'v1', 'Config'),
    valid('a file of another tool in the form of the core group', 'v1', 'Pipeline'),
    valid('a file of another tool with a group', 'skaffold/v4beta6', 'Config'),
    valid('a placeholder as kind', 'apps/v1', '${KIND}'),
    valid('a placeholder as version', 'apps/${VERSION}', 'Deployment'),
    {
      name: 'a version that was removed: removed-api says so',
      yaml: object('batch/v1beta1', 'CronJob'),
      refused: 1,
    },
    {
      name: 'a kind of a later release',
      yaml: object('networking.k8s.io/v1', 'ServiceCIDR'),
      options: { kubernetesMinor: 30 },
      unknown: ['Kubernetes serves it since 1.33'],
    },
  ],
  invalid: [
    kindError('v1', 'Servise', 'Service'),
    kindError('apps/v1', 'deployment', 'Deployment'),
    kindError('networking.k8s.io/v1', 'Ingres', 'Ingress'),
    versionError('v1', 'Deployment', 'apps/v1'),
    versionError('apps/v1', 'Service', 'v1'),
    versionError('app/v1', 'Deployment', 'apps/v1'),
    versionError('networking.k8s.io/v1beta2', 'Ingress', 'networking.k8s.io/v1'),
    versionError('apps/v1', 'CronJob', 'batch/v1'),
    versionError('apps/v1', 'HorizontalPodAutoscaler', 'autoscaling/v1'),
    versionError('autoscaling/v3', 'HorizontalPodAutoscaler', 'autoscaling/v2'),
    versionError('v2', 'Service', 'v1'),
    versionError('v1', 'ServiceMonitor', 'monitoring.coreos.com/v1'),
    versionError('networking.k8s.io/v1', 'HTTPRoute', 'gateway.networking.k8s.io/v1'),
    {
      name: 'a slip of a kind of another group',
      yaml: object('v1', 'Deploymnt'),
      errors: [
        {
          id: 'unknown',
          line: 2,
          column: 7,
          endColumn: 16,
          help: 'write apiVersion: apps/v1 and kind: Deployment',
        },
      ],
    },
    {
      name: 'nothing like it in a group that nobody can add to',
      yaml: object('apps/v1', 'Gizmo'),
      errors: [
        {
          id: 'unknown',
          line: 1,
          column: 13,
          endColumn: 20,
          help: 'correct the kind or the apiVersion; kubectl api-resources lists what there is',
        },
      ],
    },
  ],
});
