import { expect, test } from 'vitest';
import { chartOfName, chartsBeside } from '../../src/lint/unseen/installed-charts.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const charts = (path: string, text = 'replicaCount: 2\n') =>
  chartsBeside(readManifest(new SourceFile(path, text)).documents);

test.each([
  ['jaeger-values.yaml', 'jaeger'],
  ['deploy/jaeger.values.yml', 'jaeger'],
  ['values-jaeger.yaml', 'jaeger'],
  ['grafana/values.yaml', 'grafana'],
  ['grafana/values-prod.yaml', 'grafana'],
  ['prod-values.yaml', undefined],
  ['values.yaml', undefined],
  ['web.yaml', undefined],
  ['values-of-things/web.yaml', undefined],
])('%s is for the chart %s', (path, name) =>
  expect(charts(path).map((chart) => chart.name)).toEqual(name === undefined ? [] : [name]),
);

test('an object is none, whatever its file is called', () => {
  const object = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n';
  expect(charts('jaeger-values.yaml', object)).toEqual([]);
});

test.each([
  ['jaeger', true],
  ['jaeger-query', true],
  ['kube', false],
  ['jaegers', false],
])('%s is of a release of jaeger: %s', (name, expected) =>
  expect(chartOfName(name, charts('jaeger-values.yaml')) !== undefined).toBe(expected),
);

test('a short name is of a chart that begins with it', () =>
  expect(chartOfName('prometheus', charts('prometheus-stack-values.yaml'))).toBeDefined());

test('a short name is of a chart that ends with it', () => {
  const beside = charts('single-binary-grafana-values.yaml');
  expect(chartOfName('grafana', beside)).toBeDefined();
  expect(chartOfName('grafana-agent', beside)).toBeUndefined();
});
