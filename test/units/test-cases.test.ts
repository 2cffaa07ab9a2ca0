/** Cases of kuttl and Chainsaw: what they compare with is no object. */
import { describe, expect, it } from 'vitest';
import { contents, deployment, type Files, service, unitsOf } from './support.ts';

const chainsaw = `apiVersion: chainsaw.kyverno.io/v1alpha1
kind: Test
metadata: { name: web }
spec:
  steps:
    - try:
        - apply: { file: web.yaml }
        - assert: { file: ../common/ready.yaml }
        - error: { file: gone.yaml }
`;
const kuttl = `apiVersion: kuttl.dev/v1beta1
kind: TestStep
assert: [ready.yaml]
error: [gone.yaml]
`;

describe('cases of kuttl and Chainsaw', () => {
  it.each<[what: string, files: Files]>([
    ['by their names', { '00-assert.yaml': service('web'), '01-errors-a.yaml': service('gone') }],
    [
      'named by a step',
      {
        '00-assert.yaml': service('web'),
        '01-check.yaml': kuttl,
        'ready.yaml': service('ready'),
        'gone.yaml': service('gone'),
      },
    ],
    [
      'named by a test',
      {
        'a/chainsaw-test.yaml': chainsaw,
        'a/gone.yaml': service('gone'),
        'a/ready-assert.yaml': service('ready'),
        'common/ready.yaml': service('ready'),
      },
    ],
  ])('make no objects of what they compare with: %s', (_, files) =>
    expect(
      contents({ 'web.yaml': deployment('web'), ...files }).filter((unit) =>
        unit.includes('Service'),
      ),
    ).toEqual([]),
  );

  it('say why', () =>
    expect(
      unitsOf({ '00-web.yaml': deployment('web'), '00-assert.yaml': service('web') }).map(
        ({ reason, objects }) => [reason, objects.length],
      ),
    ).toEqual([
      ['directory', 1],
      ['what a test expects', 0],
    ]));

  it('lay steps over one another', () =>
    expect(
      unitsOf({ '00-web.yaml': deployment('web'), '00-assert.yaml': service('web') })[0]?.fragments
        .size,
    ).toBe(1));

  it('are none where only a name speaks of asserting', () =>
    expect(contents({ 'web.yaml': deployment('web'), 'assert.yaml': service('web') })).toEqual([
      'Deployment/web Service/web',
    ]));
});
