/** The configuration in force, and what it makes of the input. */
import { rules } from '../../../rules/index.ts';
import {
  type EffectiveConfig,
  effectiveConfig,
  type EffectiveSetting,
  type FlagValues,
} from '../../config/effective.ts';
import type { FileSystem } from '../../files/file-system.ts';
import { configNames } from '../../files/own-files.ts';
import { isInput } from '../../files/read.ts';
import type { Json } from '../../kubernetes/json.ts';
import { largest } from '../../lists.ts';
import { units as unitsOf } from '../../project/project.ts';
import { harmless, jsonText, printable, yamlText } from '../../report/safe-text.ts';
import { counted } from '../../report/text.ts';
import type { Unit } from '../../units/unit.ts';
import type { Command } from '../command.ts';
import {
  askedPresets,
  loadConfig,
  type LoadedConfig,
  pluginFlags,
  rulesListed,
} from '../config.ts';
import { filesFor } from '../files.ts';
import type { CommandLine } from '../flags.ts';
import { failed, inputFlags, inputPaths, problemLines, readProject } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { didYouMeanPath } from '../nearby-path.ts';
import { noteLines } from '../note.ts';
import { clusterFlags, clusterOf, settingsOf } from '../settings.ts';
import { unitLines, unitObject } from '../unit-lines.ts';
import { unknownValue, UsageError } from '../usage-error.ts';

const formats = ['wide', 'json'];

export const config: Command = {
  name: 'config',
  summary:
    'show the configuration in force and where each part comes from, or what belongs together',
  usage: ['config [PATH…] [flags]', 'config --units [PATH…] [flags]'],
  flags: [
    ...inputFlags,
    'recursive',
    'exclude',
    'units',
    'output',
    'unit',
    'preset',
    'rule',
    'fail-on',
    ...clusterFlags,
    ...pluginFlags,
    'allow-empty',
    'quiet',
  ],
  formats,
  notes:
    `The configuration is ${configNames[0]} (also ${configNames.slice(1).join(', ')}), ` +
    'looked for from the input upwards to the root of the repository. What is printed is a ' +
    'configuration itself; docs/configuration.md tells what each key means.',
  flagHelp: { output: 'with --units, name every file: wide for people, json for programs' },
  examples: [
    ['kubeplumb config', 'for the working directory'],
    [
      'kubeplumb config k8s/ --kubernetes-version 1.30',
      'as lint would take it with these arguments',
    ],
    ['kubeplumb config --units k8s/', 'which files are judged together, and why'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const files = filesFor(inputPaths(line.positionals, line), line, io);
  const configured = await loadConfig(inputPaths(line.positionals, line), rules, line, io, {
    files,
    runsRules: !line.has('units'),
  });
  const format = line.value('output');
  if (format !== undefined && !formats.includes(format))
    throw new UsageError(unknownValue('format', format, formats), 'config');
  if (format !== undefined && !line.has('units'))
    throw new UsageError(`-o ${format} is for --units: it names every file of a unit`, 'config');
  return line.has('units')
    ? showUnits(configured, files, line, io)
    : showConfig(configured, line, io);
}

async function showConfig(configured: LoadedConfig, line: CommandLine, io: Io): Promise<ExitCode> {
  // Of what is not there another configuration may be in force.
  for (const path of line.positionals)
    if (!isInput(path, io.cwd))
      throw new UsageError(`${path} does not exist${didYouMeanPath(path, io.cwd)}`, 'config');
  const shown = effectiveConfig(
    configured.file,
    configured.allRules,
    flagValues(configured, line),
    rulesListed(line, 'rule', configured.allRules),
  );
  const from =
    configured.file === undefined
      ? 'no kubeplumb.yaml was found'
      : `from ${configured.file.file.path}`;
  io.stdout.write(
    await toYaml(
      shown,
      `The configuration in force, ${from}. Behind each value stands where it comes from.`,
    ),
  );
  return 0;
}

async function showUnits(
  config: LoadedConfig,
  files: FileSystem,
  line: CommandLine,
  io: Io,
): Promise<ExitCode> {
  const settings = settingsOf(line, 'config', config, 'auto');
  const project = await readProject(line.positionals, line, io, {
    recursive: true,
    gitignore: true,
    config,
    settings,
    files,
  });
  const units = unitsOf(project);
  io.stderr.write(problemLines(project.inputs.problems));
  const filled = units.filter(({ objects }) => objects.length > 0);
  const { namespace } = settings.cluster;
  const format = line.value('output');
  io.stdout.write(
    format === 'json'
      ? `${jsonText({ version: 1, units: filled.map((unit) => unitObject(unit, namespace)) })}\n`
      : filled.map((unit) => `${unitText(unit, namespace, format === 'wide')}\n`).join('\n'),
  );
  if (!line.has('quiet')) {
    const names = new Set(units.map(({ name }) => name));
    for (const { name, paths } of settings.units.filter((unit) => !names.has(unit.name)))
      io.stderr.write(
        noteLines(
          `the unit ${name} of the configuration is empty: no file that was read is in ` +
            paths.join(', '),
          io.stderr,
        ),
      );
    io.stderr.write(
      `${counted(filled.length, 'unit')} in ${counted(project.manifests.length, 'file')}\n`,
    );
  }
  return failed(project.inputs, line) ? 2 : 0;
}

function unitText(unit: Unit, namespace: string, wide: boolean): string {
  return harmless(unitLines(unit, namespace, wide).map(printable).join('\n'));
}

/** What the command line says of what could stand in a configuration. */
function flagValues(configured: LoadedConfig, line: CommandLine): FlagValues {
  const { ipFamilies, podIPFamilies, kubernetesMinor, namespace } = clusterOf(
    line,
    'config',
    configured,
  );
  const families = { services: [...ipFamilies], pods: [...podIPFamilies] };
  const given = line.given();
  const failOn = line.value('fail-on');
  const { extends: asked } = askedPresets(line);
  const familyFlags = given.filter((flag) => flag === 'ip-families' || flag === 'pod-ip-families');
  return {
    ...(failOn !== undefined && { failOn: { value: failOn, flag: '--fail-on' } }),
    ...(asked !== undefined && { extends: { value: asked as Json, flag: '--preset' } }),
    ...(line.has('namespace') && { namespace: { value: namespace, flag: '--namespace' } }),
    ...(line.has('kubernetes-version') && {
      kubernetesVersion: { value: `1.${kubernetesMinor}`, flag: '--kubernetes-version' },
    }),
    ...(familyFlags.length > 0 && {
      clusterFamilies: { value: families, flag: familyFlags.map((flag) => `--${flag}`).join(', ') },
    }),
  };
}

/** A configuration with comments; what is short stands in one line. */
async function toYaml(
  { settings, rules: ruleSettings }: EffectiveConfig,
  heading: string,
): Promise<string> {
  const { stringify } = await import('yaml');
  const written = (value: Json): string =>
    yamlText((more) => stringify(value, { lineWidth: 0, ...more })).trimEnd();
  const scalar = written;
  const lines: { text: string; origin?: string }[] = [];
  const add = ({ key, value, origin }: EffectiveSetting, indent: string): void => {
    const short = shortForm(value, scalar);
    lines.push({ text: `${indent}${key}:${short === undefined ? '' : ` ${short}`}`, origin });
    if (short !== undefined) return;
    const block = written(value).split('\n');
    for (const text of block) lines.push({ text: `${indent}  ${text}` });
  };
  for (const setting of settings) add(setting, '');
  lines.push({ text: 'rules:' });
  for (const { id, settings: own } of ruleSettings) {
    const [severity, ...options] = own;
    if (severity === undefined) continue;
    if (options.length === 0) add({ ...severity, key: id }, '  ');
    else {
      lines.push({ text: `  ${id}:` });
      for (const setting of own) add(setting, '    ');
    }
  }
  const column = Math.min(
    48,
    largest(lines.map(({ text, origin }) => (origin === undefined ? 0 : text.length))) + 2,
  );
  return [
    `# ${printable(heading)}`,
    ...lines.map(({ text, origin }) =>
      origin === undefined ? text : `${text.padEnd(column)} # ${origin}`,
    ),
    '',
  ].join('\n');
}

/**
 * A scalar, a list of scalars, or an empty collection; undefined where it needs lines of its own.
 */
function shortForm(value: Json, scalar: (value: Json) => string): string | undefined {
  if (typeof value !== 'object' || value === null) return scalar(value);
  if (!Array.isArray(value)) return Object.keys(value).length === 0 ? '{}' : undefined;
  return value.every((item) => typeof item !== 'object')
    ? `[${value.map(flowScalar).join(', ')}]`
    : undefined;

  /** Inside brackets a comma ends a plain scalar. */
  function flowScalar(item: Json): string {
    const text = scalar(item);
    return /[,[\]{}]/.test(text) && !/^["']/.test(text) ? JSON.stringify(item) : text;
  }
}
