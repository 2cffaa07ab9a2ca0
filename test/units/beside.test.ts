/** Files beside a kustomization that does not list them. */
import { describe, expect, it } from 'vitest';
import { contents, deployment, type Files, kustomization, service, unitsOf } from './support.ts';

const base: Files = {
  'base/kustomization.yaml': kustomization('resources: [web.yaml]'),
  'base/web.yaml': deployment('web'),
};
const overlay = (namespace: string): string =>
  kustomization(`namespace: ${namespace}`, 'resources: [../base]');

describe('what lies beside a kustomization', () => {
  const cases: [title: string, files: Files, units: string[]][] = [
    [
      'is known together with each overlay, in its namespace',
      {
        ...base,
        'base/extra.yaml': service('web'),
        'dev/kustomization.yaml': overlay('dev'),
        'prod/kustomization.yaml': overlay('prod'),
      },
      [
        'Deployment/web@dev',
        'Deployment/web@dev Service/web@dev',
        'Deployment/web@prod',
        'Deployment/web@prod Service/web@prod',
      ],
    ],
    [
      'stays alone where it is for another namespace',
      {
        ...base,
        'base/extra.yaml': service('web', { namespace: 'other' }),
        'dev/kustomization.yaml': overlay('dev'),
      },
      ['Deployment/web@dev', 'Service/web@other'],
    ],
    [
      'stays alone where it is another form of what is listed',
      {
        ...base,
        'base/with-debug.yaml': deployment('web'),
        'dev/kustomization.yaml': overlay('dev'),
      },
      ['Deployment/web', 'Deployment/web@dev'],
    ],
  ];
  it.each(cases)('%s', (_, files, units) => {
    expect(contents(files)).toEqual(units);
  });

  it('is all that is judged there', () => {
    const files = { ...base, 'base/extra.yaml': service('web') };
    const judged = unitsOf(files).map((unit) => [...(unit.judged ?? [])].map(({ path }) => path));
    expect(judged).toEqual([[], ['base/extra.yaml']]);
  });
});
