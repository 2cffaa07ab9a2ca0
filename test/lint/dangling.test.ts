import { expect, it } from 'vitest';
import { danglingSelector } from '../../src/lint/selectors/dangling.ts';
import { workload } from '../support/yaml.ts';
import { contextOf } from './context.ts';

const policy = (app: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: guard }\nspec: { podSelector: { matchLabels: { app: ${app} } } }\n`;

it.each([
  ['web', 'Deployment web in app/web.yaml makes such pods, and belongs to app, a unit of its own'],
  ['api', 'no workload in namespace default was read together with it'],
])('says where the pods of %s are, if they were read at all', (app, reason) => {
  const files = { 'guard/policy.yaml': policy(app), 'app/web.yaml': workload('web').slice(4) };
  const { cluster, unseen, object } = contextOf(files, { mode: 'dir' });
  const selector = { matchLabels: { app } };
  const found = danglingSelector(selector, object('NetworkPolicy/guard'), cluster, unseen);
  expect(found).toEqual({ state: 'unknown', reason });
});
