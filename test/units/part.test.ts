/** A base that is read by itself, from wherever it is named. */
import { describe, expect, it } from 'vitest';
import { groupUnits } from '../../src/units/units.ts';
import { deployment, kustomization, readAll } from './support.ts';

describe('a part of others', () => {
  it.each([
    ['is one by its path', 'base/', '.', true],
    ['is one by the directory in which it is read', '', 'apps/base', true],
    ['is none elsewhere', 'web/', 'apps', undefined],
  ])('%s', (_, directory, within, part) => {
    const manifests = readAll({
      [`${directory}kustomization.yaml`]: kustomization('resources: [web.yaml]'),
      [`${directory}web.yaml`]: deployment('web'),
    });
    const units = groupUnits(manifests, { mode: 'auto', explicitFiles: false, within });
    expect(units.map((unit) => unit.part)).toEqual([part]);
  });
});
