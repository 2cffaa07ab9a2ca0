/** What a hook runs is there for a moment only. */
import { expect, it } from 'vitest';
import { predict } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const service = (annotations: string): string => `apiVersion: v1
kind: Service
metadata: {name: s, annotations: {${annotations}}}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const pod = 'metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: i}]}';

function workload(kind: string, annotations: string): string {
  const metadata = `metadata: {name: w, annotations: {${annotations}}`;
  if (kind === 'Pod')
    return `apiVersion: v1\nkind: Pod\n${metadata}, labels: {app: web}}\nspec: {containers: [{name: c, image: i}]}\n`;
  const [group, more] =
    kind === 'Job' ? ['batch', ''] : ['apps', 'selector: {matchLabels: {app: web}}, '];
  const never =
    kind === 'Job' ? pod.replace('{containers', '{restartPolicy: Never, containers') : pod;
  return `apiVersion: ${group}/v1\nkind: ${kind}\n${metadata}}\nspec: {${more}template: {${never}}}\n`;
}

it.each([
  ['no hook', 'Deployment', '', '', 'taken'],
  ['the pod of a test', 'Pod', 'helm.sh/hook: test', '', 'passing'],
  ['the pod of a test, in old words', 'Pod', 'helm.sh/hook: test-success', '', 'passing'],
  [
    'a Job before the installation',
    'Job',
    'helm.sh/hook: "pre-install,pre-upgrade"',
    '',
    'passing',
  ],
  ['a Job of Argo CD', 'Job', 'argocd.argoproj.io/hook: PostSync', '', 'passing'],
  ['a Deployment that is there for a test', 'Deployment', 'helm.sh/hook: test', '', 'passing'],
  [
    'a Deployment that comes last',
    'Deployment',
    'helm.sh/hook: "post-install, post-upgrade"',
    '',
    'taken',
  ],
  ['a Deployment of a rollback', 'Deployment', 'helm.sh/hook: post-rollback', '', 'passing'],
  [
    'a Deployment that Argo CD does not apply',
    'Deployment',
    'argocd.argoproj.io/hook: Skip',
    '',
    'passing',
  ],
  [
    'a Deployment that Argo CD applies late',
    'Deployment',
    'argocd.argoproj.io/hook: PostSync',
    '',
    'taken',
  ],
  ['a test with a Service of its own', 'Pod', 'helm.sh/hook: test', 'helm.sh/hook: test', 'taken'],
  ['an annotation of another name', 'Pod', 'helm.sh/hook-weight: "5"', '', 'taken'],
])('%s', (_, kind, ofWorkload, ofService, expected) => {
  const text = `${service(ofService)}---\n${workload(kind, ofWorkload)}`;
  const manifest = readManifest(new SourceFile('a.yaml', text));
  const [picture] = predict(manifest.objects, defaultClusterOptions).services;
  expect({ taken: picture?.backends.length, passing: picture?.passing.length }).toEqual({
    taken: expected === 'taken' ? 1 : 0,
    passing: expected === 'passing' ? 1 : 0,
  });
});
