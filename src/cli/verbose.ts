/** `--verbose`: what was read, what is in force, and what belongs together. */
import type { Manifest } from '../manifest/manifest.ts';
import { units } from '../project/project.ts';
import { harmless, printable } from '../report/safe-text.ts';
import { counted } from '../report/text.ts';
import { enumerate } from '../text/enumerate.ts';
import type { LoadedConfig } from './config.ts';
import type { ReadProject } from './inputs.ts';

export function verboseText(project: ReadProject, config: LoadedConfig): string {
  const { manifests, inputs, settings } = project;
  const all = units(project);
  const lines = [
    `configuration: ${config.file === undefined ? 'none' : config.file.file.path}`,
    `rules: ${settings.rules.length} of ${settings.knownRules.length}`,
    `${counted(manifests.length, 'file')} read:`,
    ...manifests.map((manifest) => `  ${manifest.file.path}: ${contentOf(manifest)}`),
    ...inputs.problems.map(({ path, message }) => `  ${path} ${message}`),
    ...inputs.charts.map((chart) => `  ${chart}: a Helm chart, not rendered`),
    `${counted(all.length, 'unit')} judged:`,
    ...all.map(
      ({ name, reason, objects }) => `  ${name}: ${counted(objects.length, 'object')} (${reason})`,
    ),
  ];
  return harmless(lines.map((line) => `${printable(line)}\n`).join(''));
}

/** `2 objects and a template, not rendered`. */
function contentOf({ documents, objects }: Manifest): string {
  const inState = (state: string): number =>
    documents.filter((document) => document.state === state).length;
  const parts = [
    ...(objects.length > 0 ? [counted(objects.length, 'object')] : []),
    ...told(
      inState('skipped'),
      'document of a kind that is not looked at',
      'documents of such kinds',
    ),
    ...told(inState('foreign'), 'document that is no Kubernetes object', 'documents that are none'),
    ...told(inState('template'), 'template, not rendered', 'templates, not rendered'),
    ...told(
      inState('broken'),
      'document that cannot be decoded',
      'documents that cannot be decoded',
    ),
  ];
  return parts.length === 0 ? 'nothing' : enumerate(parts);
}

function told(number: number, one: string, several: string): string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : several}`];
}
