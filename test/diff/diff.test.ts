/**
 * What a change looks like, from manifests to text: pods by workload, never a stand-in; within
 * GitHub's limits.
 */
import { describe, expect, it } from 'vitest';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { type DiffReport, diffReport, type DiffSide } from '../../src/diff/diff-report.ts';
import { jsonDiff } from '../../src/diff/report/json.ts';
import { markdownDiff } from '../../src/diff/report/markdown.ts';
import { prettyDiff } from '../../src/diff/report/pretty.ts';
import { SideBuilder } from '../../src/diff/side-builder.ts';
import { recommendedRules as rules } from '../../src/library/lint.ts';
import { lintUnits } from '../../src/lint/lint.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { ansiStyle, plainStyle } from '../../src/report/style.ts';
import { groupUnits } from '../../src/units/units.ts';
import { deployment, service } from '../cli/run.ts';

function side(label: string, files: Readonly<Record<string, string>>): DiffSide {
  const manifests = Object.entries(files).map(([path, text]) =>
    readManifest(new SourceFile(path, text)),
  );
  const units = groupUnits(manifests, { mode: 'auto', explicitFiles: false });
  const builder = new SideBuilder(new Set());
  const result = lintUnits(manifests, units, rules, defaultClusterOptions, {
    onPicture: (...picture) => builder.add(...picture),
  });
  const report = { ...result, problems: [], charts: [] };
  return {
    label,
    kind: 'revision',
    report,
    endpoints: builder.side(manifests, [], result),
    ownPath: (path) => path,
  };
}

const between = (base: string, head: string): DiffReport =>
  diffReport(side('main', { 'k8s/a.yaml': base }), side('feature', { 'k8s/a.yaml': head }));
const pretty = (report: DiffReport, quiet = true): string =>
  prettyDiff(report, { style: plainStyle, width: 100, quiet });
const markdown = (report: DiffReport, limit = 65_000): string =>
  markdownDiff(report, { directory: '', limit });

const web = deployment('web') + service('web');
const byHand = (...ips: string[]): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [{port: 5432}]}\n---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: [{addresses: [${ips.map((ip) => `{ip: ${ip}}`).join()}], ports: [{port: 5432}]}]\n---\n`;

describe('the words for endpoints', () => {
  it.each<[string, string, string, string]>([
    ['counts', web, deployment('web', { replicas: 5 }) + service('web'), 'web×3:8080 → web×5:8080'],
    [
      'addresses written by hand',
      byHand('10.0.0.1'),
      byHand('10.0.0.2', '10.0.0.3'),
      '10.0.0.1:5432 → 10.0.0.2:5432,10.0.0.3:5432',
    ],
    [
      'another kind of workload by the same name',
      web,
      web.replace('kind: Deployment', 'kind: StatefulSet'),
      'Deployment/web×3:8080 → StatefulSet/web×3:8080',
    ],
    [
      'pods of a DaemonSet',
      web,
      web.replace('kind: Deployment', 'kind: DaemonSet').replace('  replicas: 3\n', ''),
      'web×3:8080 → web×node:8080',
    ],
    [
      'the port of the Service',
      web,
      web.replace('port: 80\n', 'port: 81\n'),
      '80 → 81  web×3:8080 → web×3:8080',
    ],
    [
      'not ready',
      web,
      web.replace(
        'image: example/web',
        'image: example/web\n          readinessProbe: {httpGet: {port: nope}}',
      ),
      'web×3:8080 → web×3:8080 (not ready)',
    ],
    [
      'a placeholder',
      web,
      deployment('web') + service('web', { target: '${PORT}' }),
      'web×3:8080 → <unknown>',
    ],
    [
      'two workloads',
      web,
      web + deployment('extra', { app: 'web', replicas: 1 }),
      'web×3:8080 → extra×1:8080,web×3:8080',
    ],
    [
      'a headless Service without ports',
      `${deployment('web')}apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: None, selector: {app: web}}\n`,
      `${deployment('web', { replicas: 1 })}apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: None, selector: {app: web}}\n`,
      'web×3 → web×1',
    ],
  ])('%s', (_, base, head, expected) => {
    const report = between(base, head);
    expect(pretty(report)).toContain(expected);
    expect(
      pretty(report) + markdown(report) + jsonDiff(report, { name: 'kubeplumb', version: '1' }),
    ).not.toMatch(/198\.1[89]\.|2001:db8|predicted/);
  });
});

describe('the last endpoint that was known', () => {
  const text = (base: string, head: string): string => pretty(between(base, head));

  it('goes with its workload, though nobody can know what else may come', () => {
    const shown = text(web, service('web'));
    expect(shown).toContain('! default/web');
    expect(shown).toContain('Deployment/web is gone');
  });

  it('may be behind a placeholder', () => {
    expect(text(web, deployment('web') + service('web', { target: '${PORT}' }))).toContain(
      '? default/web',
    );
  });
});

describe('order', () => {
  const report = between(
    web +
      deployment('api') +
      service('api') +
      deployment('old') +
      service('old', { target: 'htttp' }) +
      service('gone') +
      deployment('gone'),
    deployment('web') +
      service('web', { app: 'wbe' }) +
      deployment('api', { replicas: 1 }) +
      service('api') +
      deployment('old') +
      service('old') +
      deployment('new') +
      service('new', { target: 'htttp' }) +
      deployment('gone'),
  );
  const inOrder = (text: string, parts: readonly string[]): void => {
    const at = parts.map((part) => text.indexOf(part));
    expect(
      parts.filter((part) => !text.includes(part)),
      text,
    ).toEqual([]);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  };

  it('Services that lose their last endpoint with the finding that tells why, new findings, endpoints, fixed findings', () => {
    inOrder(pretty(report), [
      'loses its last endpoint',
      'default/web',
      'selects no pod',
      'New findings',
      'Service default/new targets',
      'Endpoints that change',
      '- default/gone is gone',
      '~ default/api',
      '~ default/old',
      '+ default/new is new',
      'Fixed findings',
      '✓ error Service default/old',
    ]);
    inOrder(markdown(report), [
      'lose their last endpoint',
      '`default/web`',
      'selects no pod',
      '### New findings',
      'Service default/new targets',
      '### Endpoints that change',
      '`default/gone` (gone)',
      '`default/api`',
      '`default/old`',
      '`default/new` (new)',
      '<details><summary>1 finding fixed</summary>',
    ]);
    expect(markdown(report).match(/Service default\/web selects no pod/g)).toHaveLength(1);
    expect(pretty(report, false).replaceAll('\n', ' ')).toContain(
      '1 Service loses its last endpoint, 1 is gone, 1 changes, 1 gets its first endpoint and 1 is new; 2 new findings, 1 fixed',
    );
  });

  it('nothing is one line', () => {
    expect(markdown(between(web, web))).toBe(
      '<!-- kubeplumb -->\nkubeplumb: no change to any endpoint (`main` → `feature`)\n',
    );
    expect(pretty(between(web, web), false)).toBe('No change to any endpoint (main → feature)\n');
    expect(pretty(between(web, web))).toBe('');
  });

  it('colours do not change the text', () => {
    const coloured = prettyDiff(report, { style: ansiStyle(false), width: 100, quiet: false });
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(pretty(report, false)); // eslint-disable-line no-control-regex
  });
});

describe('limits', () => {
  const names = Array.from({ length: 900 }, (_, index) => `service-with-a-long-name-${index}`);
  const many = (make: (name: string) => string): string => names.map(make).join('');
  const report = between(
    many((name) => deployment(name) + service(name)),
    many((name) => deployment(name) + service(name, { target: 'htttp' })) +
      deployment('x') +
      service('x'),
  );

  it.each([65_000, 20_000, 5_000])(
    'a comment of %i characters tells what did not fit, and stays well-formed',
    (limit) => {
      const text = markdown(report, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text.length).toBeGreaterThan(limit * 0.5);
      expect(text).toMatch(/\d+ Services more did not fit in here\./);
      expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
    },
  );

  it('a list that is cut short closes what it has opened', () => {
    const text = markdown(
      between(
        many((name) => deployment(name) + service(name, { target: 'htttp' })),
        many((name) => deployment(name) + service(name)),
      ),
      20_000,
    );
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text.length).toBeLessThanOrEqual(20_000);
  });

  it('of many workloads behind a port some are named', () => {
    const crowd = Array.from({ length: 12 }, (_, index) =>
      deployment(`w${index}`, { app: 'web', replicas: 1 }),
    ).join('');
    expect(pretty(between(web, crowd + service('web')))).toMatch(/→ (w\d+×1:8080,){5}7 more\n/);
  });
});

it('what manifests say is text: it formats nothing and steers no terminal', () => {
  const report = between(
    web,
    deployment('web') +
      service('web', { app: '"a|b`<b>"' }) +
      service('more', { app: '"x\\e[31m"' }),
  );
  expect(markdown(report)).not.toContain('<b>');
  expect(pretty(report)).not.toContain('\u001b');
});
