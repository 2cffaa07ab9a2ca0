/**
 * Names that every JavaScript object answers for: as group, kind, label, annotation, and in
 * kustomizations.
 */
import { describe, expect, it } from 'vitest';
import { lint, load } from '../../src/index.ts';

const inherited = [
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__proto__',
  '__defineGetter__',
];

const app = (name: string, target: string, labels: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, labels: {${labels}}, annotations: {${labels}}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, ${labels}}}
    spec: {containers: [{name: c, image: x, ports: [{name: http, containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, labels: {${labels}}}
spec: {selector: {app: ${name}, ${labels}}, ports: [{port: 80, targetPort: ${target}}]}
`;
const bad = app('web', 'htpp', 'tier: front');
const found = (files: Record<string, string>): string[] =>
  lint(load(Object.entries(files).map(([path, text]) => ({ path, text })))).diagnostics.map(
    ({ rule, object }) => `${rule} ${object?.name}`,
  );

describe.each(inherited)('%s', (name) => {
  it('as an API group and as a kind', () => {
    const odd = [
      `apiVersion: ${name}\nkind: Service\nmetadata: {name: a}\n`,
      `apiVersion: ${name}/v1\nkind: Thing\nmetadata: {name: a}\n`,
      `apiVersion: v1\nkind: ${name}\nmetadata: {name: a}\n`,
      `apiVersion: apps/v1\nkind: ${name}\nmetadata: {name: a}\nspec: {${name}: {${name}: a}}\n`,
    ].join('---\n');
    expect(found({ 'a.yaml': odd, 'b/web.yaml': bad })).toContain(
      'target-port-name-unresolved web',
    );
    expect(
      found({
        'kustomization.yaml': `namespace: x\nnamePrefix: a-\nresources: [a.yaml, web.yaml]\ncommonLabels: {${name}: b}\n`,
        'a.yaml': odd,
        'web.yaml': bad,
      }),
    ).toContain('target-port-name-unresolved a-web');
  });

  it('as a label and an annotation', () => {
    const labels = app('api', 'http', `${name}: v1.2.3, tier: back`);
    expect(found({ 'a.yaml': labels })).toEqual([]);
    expect(found({ 'a.yaml': `${labels}---\n${bad}` })).toEqual([
      'target-port-name-unresolved web',
    ]);
  });

  it('as a selector that nothing has', () => {
    const text = app('api', 'http', 'tier: back').replace(
      'selector: {app: api, tier: back}',
      `selector: {app: api, ${name}: back}`,
    );
    // What stands between two underscores each is filled in later.
    expect(found({ 'a.yaml': text })).toEqual(
      name.startsWith('__') ? [] : ['service-selects-nothing api'],
    );
  });
});
