/**
 * A first kubeplumb.yaml: every key with what it is for, filled in where the repository tells what
 * belongs there.
 */
import { stringify } from 'yaml';
import type { Json, JsonObject } from '../kubernetes/json.ts';
import { pushAll } from '../lists.ts';
import { type ConfigKey, configKeys, configProperties, schemaUrl } from './schema.ts';
import type { Survey, UnknownKind } from './survey.ts';

const width = 100;

/** A key that the repository asks for. */
interface Fitted {
  /** Why it stands there. */
  readonly because: string;
  readonly value: Json;
}

export function initialConfig(found: Survey): string {
  const fitted = fit(found);
  const lines = [
    `# yaml-language-server: $schema=${schemaUrl}`,
    '# Settings of kubeplumb. Whatever is not set has its default; `kubeplumb config` ' +
      'shows what is in force and why.',
  ];
  for (const key of configKeys) {
    const { description = '', default: fallback, examples = [] } = configProperties[key];
    const { because, value } = fitted[key] ?? {};
    pushAll(lines, [
      '',
      ...comment(`${sentence(description)}${because === undefined ? '' : ` ${sentence(because)}`}`),
    ]);
    const others = key === 'workloads' ? otherKinds(found) : [];
    const example =
      key === 'namespace' && found.namespaces.length === 1 ? found.namespaces[0] : examples[0];
    const shown =
      value ??
      (others.length > 0 ? undefined : (example as Json | undefined)) ??
      (fallback as Json | undefined);
    const text =
      shown === undefined
        ? [`${key}:`]
        : stringify({ [key]: shown }, { lineWidth: 0 })
            .trimEnd()
            .split('\n');
    pushAll(lines, [...(value === undefined ? text.map((line) => `# ${line}`) : text), ...others]);
  }
  return `${lines.join('\n')}\n`;
}

/** What was found, one line each, for whoever ran `init`. */
export function describeSurvey({
  files,
  objects,
  kustomizations,
  charts,
  unknownKinds,
  families,
  testData,
}: Survey): string[] {
  const withPods = unknownKinds.filter(({ templates }) => templates.length > 0);
  return [
    `${some(objects, 'object')} in ${some(files, 'file')}` +
      (kustomizations > 0 ? `, ${some(kustomizations, 'kustomization')}` : ''),
    ...(charts.length > 0
      ? [
          `${some(charts.length, 'Helm chart')}, to be rendered first: ` +
            `helm template ${charts[0]} | kubeplumb -`,
        ]
      : []),
    ...(testData.length > 0 ? [`ignorePaths: ${testData.join(', ')}`] : []),
    ...(families === undefined ? [] : [`clusterFamilies: ${families.join(', ')}`]),
    ...(withPods.length > 0 ? [`workloads: ${withPods.map(({ kind }) => kind).join(', ')}`] : []),
  ];
}

function some(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function fit({ unknownKinds, families, testData }: Survey): Partial<Record<ConfigKey, Fitted>> {
  const workloads = unknownKinds.flatMap(workloadsOf);
  return {
    ...(families !== undefined && {
      clusterFamilies: { because: 'Services here ask for both families', value: [...families] },
    }),
    ...(testData.length > 0 && {
      ignorePaths: { because: 'these hold test data', value: [...testData] },
    }),
    ...(workloads.length > 0 && {
      workloads: {
        because:
          'these have a pod template; set exactLabels where their controller adds no ' +
          'labels of its own to the pods',
        value: workloads,
      },
    }),
  };
}

function workloadsOf({ apiVersion, kind, templates }: UnknownKind): JsonObject[] {
  const [template] = templates;
  if (template === undefined) return [];
  const isDefault = templates.length === 1 && template === 'spec.template';
  return [
    {
      apiVersion,
      kind,
      ...(!isDefault && { template: templates.length === 1 ? template : [...templates] }),
    },
  ];
}

/** Kinds without a pod template, of which only the user knows what they become. */
function otherKinds({ unknownKinds }: Survey): string[] {
  const others = unknownKinds.filter(({ templates }) => templates.length === 0).slice(0, 10);
  if (others.length === 0) return [];
  const entries = others.map(
    ({ apiVersion, kind }) => `#   - { apiVersion: ${apiVersion}, kind: ${kind}, template: none }`,
  );
  return ['#   # Nothing is known of these kinds. Where one makes no pods, say so:', ...entries];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function comment(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + word.length >= width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
