import { describe, expect, it } from 'vitest';
import { networkPolicyBlocksService } from '../../rules/policy/network-policy-blocks-service.ts';
import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import { type Files, lintFiles } from '../support/lint-files.ts';
import { workload } from '../support/yaml.ts';

const kustomization = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
const service = (selector = 'web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: ${selector} }, ports: [{ port: 80, targetPort: 8080 }] }\n`;
const overlay = (name: string): string =>
  kustomization(`namespace: ${name}`, `namePrefix: ${name}-`, 'resources: [../../base]');

describe('a fault of a base', () => {
  const base: Files = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': `${service('wbe')}${workload('web')}`,
  };
  const found = (files: Files): object[] =>
    lintFiles(files, [serviceSelectsNothing]).diagnostics.map(({ title, also }) => ({
      title,
      also,
    }));

  it('is one finding that names the object as it is called in every overlay', () => {
    const overlays = Object.fromEntries(
      ['dev', 'stage', 'prod'].map((name) => [
        `overlays/${name}/kustomization.yaml`,
        overlay(name),
      ]),
    );
    expect(found({ ...base, ...overlays })).toEqual([
      { title: 'Service dev/dev-web selects no pod', also: ['prod/prod-web', 'stage/stage-web'] },
    ]);
  });

  it('has nothing to add where there is one overlay', () => {
    expect(found({ ...base, 'overlays/dev/kustomization.yaml': overlay('dev') })).toEqual([
      { title: 'Service dev/dev-web selects no pod', also: undefined },
    ]);
  });

  it('leaves out an overlay that puts it right', () => {
    const repaired = `${overlay('prod')}patches: [{ target: { kind: Service }, patch: '[{ op: replace, path: /spec/selector/app, value: web }]' }]\n`;
    expect(
      found({
        ...base,
        'overlays/dev/kustomization.yaml': overlay('dev'),
        'overlays/prod/kustomization.yaml': repaired,
      }),
    ).toEqual([{ title: 'Service dev/dev-web selects no pod', also: undefined }]);
  });
});

describe('the unit of a finding', () => {
  const policy =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec: { podSelector: {}, ingress: [{ ports: [{ port: 9999 }] }] }\n';
  const parts: Files = {
    'components/web/kustomization.yaml': 'resources: [web.yaml]\n',
    'components/web/web.yaml': `${service()}${workload('web', { ports: '{ containerPort: 8080 }' })}`,
    'components/policies/kustomization.yaml': 'resources: [web.yaml]\n',
    'components/policies/web.yaml': policy,
  };
  const unitOf = (files: Files): (string | undefined)[] =>
    lintFiles(files, [networkPolicyBlocksService]).diagnostics.map(({ unit }) => unit);

  it('is named where it lies beside neither side', () => {
    expect(
      unitOf({
        ...parts,
        'tests/all/kustomization.yaml':
          'resources: [../../components/web, ../../components/policies]\n',
      }),
    ).toEqual(['tests/all']);
  });

  it('goes without saying where it lies beside one of them', () => {
    expect(
      unitOf({
        ...parts,
        'components/policies/kustomization.yaml': 'resources: [web.yaml, ../web]\n',
      }),
    ).toEqual([undefined]);
  });

  it('goes without saying where both lie together', () => {
    const together = {
      'base/web.yaml': `${parts['components/web/web.yaml'] as string}---\n${policy}`,
    };
    expect(
      unitOf({ ...together, 'overlay/kustomization.yaml': 'resources: [../base/web.yaml]\n' }),
    ).toEqual([undefined]);
  });
});
