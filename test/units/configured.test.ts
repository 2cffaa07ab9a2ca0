/** Units of the configuration: what they take, and what is left for others. */
import { describe, expect, it } from 'vitest';
import type { ConfiguredUnit, UnitMode } from '../../src/units/unit.ts';
import { groupUnits } from '../../src/units/units.ts';
import { deployment, type Files, kustomization, label, readAll, service } from './support.ts';

const files: Files = {
  'shop/svc/web.yaml': service('web'),
  'shop/deploy/web.yaml': deployment('web'),
  'other/api.yaml': deployment('api'),
  'base/kustomization.yaml': kustomization('resources: [db.yaml]'),
  'base/db.yaml': deployment('db'),
  'overlay/kustomization.yaml': kustomization(
    'namePrefix: dev-',
    'resources: [../base]',
    'patches: [{ path: patch.yaml }]',
  ),
  'overlay/patch.yaml': deployment('db', { app: 'patched' }),
};

function grouped(
  configured: readonly ConfiguredUnit[],
  mode: UnitMode = 'auto',
  explicitFiles = false,
): string[] {
  return groupUnits(readAll(files), { mode, explicitFiles, configured })
    .filter(({ objects }) => objects.length > 0)
    .map(({ name, objects }) => `${name}: ${objects.map(label).sort().join(' ')}`)
    .sort();
}

const unit = (...paths: string[]): ConfiguredUnit => ({ name: 'own', paths });

describe('a configured unit', () => {
  const left = [
    'other: Deployment/api',
    'overlay: Deployment/dev-db',
    'shop/svc: Deployment/web Service/web',
  ];
  const cases: [what: string, configured: ConfiguredUnit[], units: string[]][] = [
    ['none: everything as it is guessed', [], left],
    [
      'takes directories with everything below them',
      [unit('shop', 'other')],
      ['overlay: Deployment/dev-db', 'own: Deployment/api Deployment/web Service/web'],
    ],
    [
      'takes files',
      [unit('./shop/svc/web.yaml', 'other/api.yaml')],
      [
        'overlay: Deployment/dev-db',
        'own: Deployment/api Service/web',
        'shop/deploy: Deployment/web',
      ],
    ],
    [
      'takes what fits a pattern',
      [unit('**/web.yaml')],
      ['other: Deployment/api', 'overlay: Deployment/dev-db', 'own: Deployment/web Service/web'],
    ],
    [
      'takes what fits a pattern of one level',
      [unit('*/api.yaml')],
      ['overlay: Deployment/dev-db', 'own: Deployment/api', 'shop/svc: Deployment/web Service/web'],
    ],
    [
      'takes a kustomization with its base, built',
      [unit('overlay', 'other')],
      ['own: Deployment/api Deployment/dev-db', 'shop/svc: Deployment/web Service/web'],
    ],
    ['takes nothing where no path fits', [unit('nowhere', '*.yaml')], left],
    [
      'may share files with another',
      [unit('shop'), { name: 'more', paths: ['shop/svc', 'other'] }],
      [
        'more: Deployment/api Service/web',
        'overlay: Deployment/dev-db',
        'own: Deployment/web Service/web',
      ],
    ],
    [
      'gives its namespace to objects without one',
      [{ name: 'own', paths: ['shop/'], namespace: 'prod' }],
      [
        'other: Deployment/api',
        'overlay: Deployment/dev-db',
        'own: Deployment/web@prod Service/web@prod',
      ],
    ],
    [
      'takes everything by a dot',
      [unit('.')],
      ['own: Deployment/api Deployment/dev-db Deployment/web Service/web'],
    ],
  ];
  it.each(cases)('%s', (_, configured, units) => expect(grouped(configured)).toEqual(units));

  it('comes before files that were named', () => {
    expect(grouped([unit('other')], 'auto', true)[1]).toBe('own: Deployment/api');
  });

  it('does not count in another mode', () =>
    expect(grouped([unit('other')], 'all')).toHaveLength(1));

  it('is deployed as it is', () => {
    const units = groupUnits(readAll(files), {
      mode: 'auto',
      explicitFiles: false,
      configured: [unit('other')],
    });
    expect(units.map(({ name, deployed }) => [name, deployed])).toEqual([
      ['own', true],
      ['overlay', true],
      ['shop/svc', false],
      ['overlay', false],
    ]);
  });
});
