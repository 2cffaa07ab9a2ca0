/** Services without a cluster IP: clients dial what they were told, and nothing translates it. */
import { expect, it } from 'vitest';
import { deployment, run, service } from '../cli/run.ts';

const alias = (name: string, target: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: default }\n` +
  `spec: { type: ExternalName, externalName: ${target}.default.svc.cluster.local }\n`;

const manifests =
  deployment('front') +
  deployment('web') +
  service('web') +
  alias('orders', 'items') +
  alias('items', 'web') +
  '---\n' +
  service('nodes')
    .replace('spec:', 'spec:\n  clusterIP: None')
    .replaceAll('app: nodes', 'app: web');

async function traced(url: string) {
  const { code, out } = await run(['trace', 'deployment/front', url, 'k8s.yaml', '-o', 'json'], {
    files: { 'k8s.yaml': manifests },
  });
  const [trace] = (
    JSON.parse(out) as { traces: { state: string; hops: { step: string; text: string }[] }[] }
  ).traces;
  return { code, state: trace?.state, hops: trace?.hops ?? [] };
}

it('follows aliases in a row, with the port that is dialled', async () => {
  const { code, state, hops } = await traced('http://orders:80');
  expect([code, state]).toEqual([0, 'passes']);
  expect(hops.filter(({ step }) => step === 'name').map(({ text }) => text)).toEqual([
    'orders is Service orders of namespace default to cluster DNS',
    'it is an alias of Service default/items',
    'it is an alias of Service default/web',
  ]);
});

it('stops where the Service at the end does not have the port', async () => {
  const { code, state, hops } = await traced('http://orders:9999');
  expect([code, state]).toEqual([1, 'broken']);
  expect(hops.at(-1)?.text).toBe(
    'Service default/web has no port 9999, and an alias changes none; it has 80',
  );
});

it('dials the pods of a headless Service by any port', async () => {
  const { code, state } = await traced('http://nodes:9999');
  expect([code, state]).toEqual([0, 'unknown']);
});
