/** `kubeplumb/ignore` that a kustomization brings in. */
import { describe, expect, it } from 'vitest';
import { unusedIgnore } from '../../rules/manifest/unused-ignore.ts';
import { targetPortUndeclared } from '../../rules/port/target-port-undeclared.ts';
import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import { lintFiles } from '../../src/testing/lint-files.ts';
import { webDeployment } from '../support/shop.ts';
import { yaml } from '../support/yaml.ts';

const ignore = 'kubeplumb/ignore: "service-selects-nothing: a job makes them"';
const service = (annotations = ''): string => yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
    ${annotations}
  spec:
    selector: { app: wbe }
    ports: [{ port: 80, targetPort: http }]
`;
const base = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `${service()}---\n${webDeployment}`,
};
const overlay = (rest: string): string => `resources: [../base]\n${rest}`;
const patchFile = 'patches: [{ path: patch.yaml }]\n';
const patch = (rest: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web${rest}\n`;

/** `rule file line`, with "silenced" behind it. */
function told(files: Record<string, string>): string[] {
  return lintFiles(files, [
    serviceSelectsNothing,
    targetPortUndeclared,
    unusedIgnore,
  ]).diagnostics.map(
    ({ rule, file, range, suppressed }) =>
      `${rule} ${file.path}:${file.position(range[0]).line}` +
      (suppressed === undefined ? '' : ` silenced: ${suppressed.reason}`),
  );
}

const silenced = 'service-selects-nothing base/web.yaml:7 silenced: a job makes them';

describe('an ignore in a kustomization', () => {
  it.each<[string, Record<string, string>]>([
    [
      'in a strategic merge patch',
      {
        'prod/kustomization.yaml': overlay(patchFile),
        'prod/patch.yaml': patch(`, annotations: { ${ignore} } }`),
      },
    ],
    [
      'in a JSON patch that is written into the kustomization',
      {
        'prod/kustomization.yaml': overlay(
          'patches:\n' +
            '  - target: { kind: Service }\n' +
            '    patch: |-\n' +
            `      [{ op: add, path: /metadata/annotations, value: { ${ignore} } }]\n`,
        ),
      },
    ],
    [
      'among annotations for all',
      { 'prod/kustomization.yaml': overlay(`commonAnnotations: { ${ignore} }\n`) },
    ],
    [
      'in a patch of a base that the next overlay takes on',
      {
        'prod/kustomization.yaml': overlay(patchFile),
        'prod/patch.yaml': patch(`, annotations: { ${ignore} } }`),
        'prod-eu/kustomization.yaml': 'resources: [../prod]\nnamePrefix: eu-\n',
      },
    ],
  ])('%s silences and is used', (_, files) => {
    expect(told({ ...base, ...files })).toEqual([silenced]);
  });

  it('silences nothing for an overlay that does not have it', () => {
    const found = told({
      ...base,
      'prod/kustomization.yaml': overlay(patchFile),
      'prod/patch.yaml': patch(`, annotations: { ${ignore} } }`),
      'test/kustomization.yaml': overlay('namePrefix: test-\n'),
    });
    expect(found[0]).toBe('service-selects-nothing base/web.yaml:7');
  });

  it('holds for what the same or another patch brings in', () => {
    const wrong = ' }\nspec: { selector: { app: wep } }';
    expect(
      told({
        ...base,
        'base/web.yaml': `${service(`annotations: { ${ignore} }`)}---\n${webDeployment}`,
        'prod/kustomization.yaml': overlay(patchFile),
        'prod/patch.yaml': patch(wrong),
      }),
    ).toEqual(['service-selects-nothing prod/patch.yaml:4 silenced: a job makes them']);
  });

  it('is told where it silences nothing, at its own place and once', () => {
    const other = ignore.replace('service-selects-nothing', 'target-port-undeclared');
    expect(
      told({ ...base, 'prod/kustomization.yaml': overlay(`commonAnnotations: { ${other} }\n`) }),
    ).toEqual([
      'service-selects-nothing base/web.yaml:7',
      'unused-ignore prod/kustomization.yaml:2',
    ]);
  });
});
