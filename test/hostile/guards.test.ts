/** One document, one rule, one unit never ends the run: what fails is told in one line, and the rest is judged. */
import { describe, expect, it, vi } from 'vitest';
import { lint, type LintResult, load, report, type Rule, rules } from '../../src/index.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { AliasBudget } from '../../src/manifest/alias-budget.ts';
import { readYaml } from '../../src/manifest/yaml.ts';
import { run } from '../cli/run.ts';

const service = (name: string, target: string | number = 'htpp'): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: x, ports: [{name: http, containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: ${target}}]}
`;
const times = (count: number, each: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => each(n));
const linted = (files: Record<string, string>, options = {}): LintResult =>
  lint(load(Object.entries(files).map(([path, text]) => ({ path, text }))), options);
const found = ({ diagnostics }: LintResult): string[] =>
  diagnostics.map(({ rule, object }) => `${rule} ${object?.name}`);
const bad = 'target-port-name-unresolved web';

const failing = defineRule({
  meta: {
    id: 'failing',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'is bad',
    summary: 'fails on one Service',
    why: 'because',
    fixable: false,
  },
  messages: { bad: () => 'is bad' },
  check({ cluster, report: say }) {
    for (const { object } of cluster.services) {
      if (object.name === 'cursed') throw new TypeError('no such luck');
      say({ object, at: ['metadata', 'name'], id: 'bad', data: undefined });
    }
  },
}) as unknown as Rule;

const others = rules.filter(({ meta }) => meta.id === 'target-port-name-unresolved');

describe('a rule that fails', () => {
  const text = [service('web'), service('cursed', 80), service('api', 80)].join('---\n');

  it('is told with the object it failed on, and the others run', () => {
    const result = linted({ 'k8s/a.yaml': text }, { rules: [failing, ...others] });
    expect(result.faults).toHaveLength(1);
    expect(result.faults[0]?.path).toBe('k8s/a.yaml');
    expect(result.faults[0]?.message).toMatch(
      /^was not judged in full \(Service default\/cursed\): rule failing failed: TypeError: no such luck \(guards\.test\.ts:\d+:\d+\); that is a fault of kubeplumb, please report it: https:/,
    );
    expect(found(result)).toEqual(['failing web', bad]);
  });

  it('fails once, though it is run again to see where', () => {
    const { diagnostics } = linted({ 'a.yaml': text }, { rules: [failing] });
    expect(diagnostics).toHaveLength(1);
  });

  it('is in the report', () => {
    expect(report(linted({ 'a.yaml': text }, { rules: [failing] }), 'json')).toContain(
      'was not judged',
    );
  });
});

vi.mock(import('../../src/cluster/apiserver/admit.ts'), async (original) => {
  const { admit, ...others } = await original();
  return {
    ...others,
    admit: (object, options) => {
      if (object.kind === 'Deployment' && (object as { name?: string }).name === 'doomed')
        throw new RangeError('too much');
      return admit(object, options);
    },
  };
});

describe('an object on which the prediction fails', () => {
  it('is told, leaves open what depends on it, and costs nothing else', () => {
    const result = linted({ 'a.yaml': [service('web'), service('doomed', 80)].join('---\n') });
    expect(result.faults.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^was not judged in full \(Deployment doomed\): the prediction failed/),
    ]);
    expect(found(result)).toEqual([bad]);
    expect(result.unknowns.map(({ object }) => object?.name)).toContain('doomed');
  });
});

describe('what is beyond a limit', () => {
  it.each([
    ['flow lists', (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['flow mappings', (depth: number) => `${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`],
    ['lists that never end', (depth: number) => '['.repeat(depth)],
  ])('%s within one another', (_, value) => {
    for (const depth of [900, 20_000]) {
      const text = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nx: ${value(depth)}\n`;
      const result = linted({ 'a.yaml': text, 'web.yaml': service('web') });
      expect(result.faults).toEqual([
        {
          path: 'a.yaml',
          message: 'document 1 was not read: it is nested more than 256 levels deep',
        },
      ]);
      expect(found(result)).toEqual([bad]);
    }
  });

  it('is silent in files that have nothing of Kubernetes', () => {
    expect(linted({ 'a.json': `${'['.repeat(5000)}${']'.repeat(5000)}` }).faults).toEqual([]);
  });

  it('aliases of many documents that stand for too much together', () => {
    const each = (n: number): string =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: a${n}}\nspec: {ports: [{port: 80}]}\nb: &b [${'x,'.repeat(3800)}]\nc: [${'*b,'.repeat(24)}]\n`;
    const result = linted({ 'a.yaml': times(10, each).join('---\n'), 'web.yaml': service('web') });
    expect(result.faults.length).toBeGreaterThan(0);
    for (const { message } of result.faults)
      expect(message).toMatch(
        /aliases in all documents together stand for more than 500000 values$/,
      );
    expect(found(result)).toContain(bad);
  });

  it('aliases of the documents behind those are not even parsed, and others are read', () => {
    const spent = new AliasBudget();
    while (spent.spend());
    const read = (text: string): unknown => readYaml(text, [0, text.length], spent);
    // A parser would say first that the list does not end.
    expect(read('a: &x [1]\nb: [*x')).toMatchObject({
      problem: {
        message: 'aliases in all documents together stand for more than 500000 values',
        range: [14, 16],
      },
    });
    expect(read('a: 1\nb: " *x & "\n')).toMatchObject({ root: {} });
    expect(read('a: &x [1]\n')).toMatchObject({ root: {} });
  });

  it('kustomizations that double what they take, level by level', () => {
    const files: Record<string, string> = {
      'k0/kustomization.yaml': 'resources: [w.yaml]\n',
      'k0/w.yaml': service('web'),
      'other/w.yaml': service('web'),
    };
    for (let level = 1; level <= 40; level += 1)
      for (const side of ['a', 'b']) {
        const below = level === 1 ? '../k0' : `../k${level - 1}a, ../k${level - 1}b`;
        files[`k${level}${side}/kustomization.yaml`] =
          `namePrefix: ${side}\nresources: [${below}]\n`;
      }
    const result = linted(files);
    expect(result.faults.map(({ path }) => path)).toEqual([
      'k40a/kustomization.yaml',
      'k40b/kustomization.yaml',
    ]);
    expect(result.faults[0]?.message).toBe(
      'was not judged in full: it brings together more than 10000 objects',
    );
    expect(found(result)).toEqual([bad]);
  });
});

describe('much of one thing', () => {
  it('a thousand containers in a pod', () => {
    const containers = times(1000, (n) => `{name: c${n}, image: x, ports: [{containerPort: 80}]}`);
    const text = service('web').replace(/containers: \[.*\]/, `containers: [${containers.join()}]`);
    const result = linted({ 'a.yaml': text });
    expect(result.faults).toEqual([]);
    expect(found(result)).toEqual([bad]);
  });

  it('exit code 2, one line that says why, and the findings of everything else', async () => {
    const { code, out, err } = await run(['-o', 'oneline', '.'], {
      files: {
        'a.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nx: ${'['.repeat(900)}\n`,
        'web.yaml': service('web'),
      },
    });
    expect(code).toBe(2);
    expect(out).toMatch(/target-port-name-unresolved/);
    expect(err).toBe('');
    expect(out).toMatch(/a\.yaml.*nested more than 256 levels deep/);
  });
});

describe('a spec that is no mapping', () => {
  it.each(['"${X}"', 'text', '7', 'true', '[a]', 'null'])('is judged whole: %s', (spec) => {
    for (const kind of ['Service', 'Pod', 'ConfigMap', 'Secret', 'Namespace'])
      expect(
        linted({
          'a.yaml': `apiVersion: v1\nkind: ${kind}\nmetadata: {name: web}\nspec: ${spec}\n`,
        }).faults,
      ).toEqual([]);
  });
});
