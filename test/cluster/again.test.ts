/** An object that is applied again while something in it is yet to be filled in. */
import { expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const deployment = (app: string, image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: ${app}}}
  template:
    metadata: {labels: {app: ${app}}}
    spec: {containers: [{name: web, image: "${image}"}]}
---
`;

it('keeps its selector all the same', async () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';
  const files = {
    'k8s.yaml': deployment('web', 'registry.example/web:${TAG}') + deployment('api', 'x') + service,
  };
  const { out } = await run(['get', 'endpoints', 'web', 'k8s.yaml'], { files });
  expect(out).toContain('web×1:80');
});
