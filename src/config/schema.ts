/**
 * What may stand in kubeplumb.yaml. Everything that is said of a key anywhere else is made from
 * this.
 */
import { defaultMinorVersion, newestMinorVersion, oldestMinorVersion } from '../cluster/options.ts';
import type { Infer, ObjectSchema, Schema } from '../json-schema.ts';
import type { RuleMeta } from '../lint/rule.ts';
import { presets } from './presets.ts';

export const schemaUrl =
  'https://raw.githubusercontent.com/kubeplumb/kubeplumb/main/schema/kubeplumb.schema.json';

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text, minItems: 1 } as const;
const textOrTexts = { anyOf: [text, texts] } as const;

export const severitySetting = {
  type: 'string',
  title: 'severity',
  enum: ['off', 'on', 'info', 'warning', 'error'],
  description:
    '`off`, `on` (each finding weighs what the rule says), or what every finding of it weighs',
} as const;
export type SeveritySetting = Infer<typeof severitySetting>;

const preset = { type: 'string', title: 'preset', enum: presets } as const;
const family = { type: 'string', title: 'address family', enum: ['IPv4', 'IPv6'] } as const;
const familyList = {
  type: 'array',
  items: family,
  minItems: 1,
  maxItems: 2,
  uniqueItems: true,
} as const;
const familyOrList = { anyOf: [family, familyList] } as const;

/** Rules by id; which there are is filled in by `configSchema`. */
const ruleSettings = {
  type: 'object',
  description: 'what each rule weighs, and its options',
  additionalProperties: {
    anyOf: [
      severitySetting,
      { type: 'object', properties: { severity: severitySetting }, additionalProperties: false },
    ],
  },
  examples: [
    {
      'target-port-undeclared': 'off',
      'service-selects-nothing': { severity: 'error', runtimeLabels: ['example.com/leader'] },
    },
  ],
} as const;

const everyOther = { ...severitySetting, description: 'every other rule that is on' } as const;

const override = {
  type: 'object',
  required: ['rules'],
  additionalProperties: false,
  properties: {
    files: {
      ...textOrTexts,
      description: 'globs in the order of a .gitignore, from the directory of this file on',
    },
    kinds: { ...textOrTexts, description: 'kinds, exact or as globs' },
    namespaces: { ...textOrTexts, description: 'namespaces, exact or as globs' },
    names: { ...textOrTexts, description: 'names of objects, exact or as globs' },
    labels: {
      type: 'object',
      additionalProperties: text,
      description:
        "labels of the object's own, all of which it must have; values exact or as globs",
    },
    rules: {
      type: 'object',
      additionalProperties: severitySetting,
      description: 'what the rules weigh there; `*` stands for all that are on',
    },
  },
} as const;

const unit = {
  type: 'object',
  required: ['name', 'paths'],
  additionalProperties: false,
  properties: {
    name: { ...text, description: 'how it is called in explanations' },
    paths: { ...texts, description: 'files, directories with everything below them, and globs' },
    namespace: { ...text, description: 'the namespace of objects that name none' },
  },
} as const;

const workload = {
  type: 'object',
  required: ['apiVersion', 'kind'],
  additionalProperties: false,
  properties: {
    apiVersion: { ...text, description: 'group and version; the version does not count' },
    kind: { ...text, description: 'the kind' },
    template: {
      ...textOrTexts,
      default: 'spec.template',
      description:
        'where its pod templates are: names of fields with dots between, `[0]` for an item ' +
        'of a list, `[*]` for each; `none` where it makes no pods',
    },
    replicas: { ...text, default: 'spec.replicas', description: 'where the number of pods is' },
    selector: {
      ...text,
      description: 'where its label selector is: the pods have the labels it asks for',
    },
    exactLabels: {
      type: 'boolean',
      default: false,
      description:
        'whether its pods have no other labels than these; otherwise the controller may ' +
        'add some, which are unknown',
    },
    services: {
      ...texts,
      description: 'names of Services that its controller makes; `{name}` stands for its own',
    },
  },
} as const;

const fileAssumption = {
  type: 'object',
  required: ['file'],
  additionalProperties: false,
  properties: {
    file: {
      ...text,
      description: 'a file or directory of manifests, such as a dump of the cluster',
    },
  },
} as const;

/** Key → form. The order is that of the documentation. */
const properties = {
  extends: {
    anyOf: [preset, { type: 'array', items: preset, minItems: 1, uniqueItems: true }],
    default: 'recommended',
    description:
      'which rules are on: `recommended` (all but those about resilience and security), ' +
      '`resilience`, `security`, `all`, `none`; a list adds up',
    examples: [['recommended', 'resilience', 'security'], 'recommended'],
  },
  rules: ruleSettings,
  overrides: {
    type: 'array',
    items: override,
    description:
      'what rules weigh for some objects only: every selector given must hold, of several ' +
      'entries the last one wins',
    examples: [
      [
        { files: 'examples/', rules: { 'service-selects-nothing': 'off' } },
        {
          kinds: 'Service',
          labels: { tier: 'legacy' },
          rules: { 'target-port-undeclared': 'off' },
        },
      ],
    ],
  },
  failOn: {
    type: 'string',
    title: 'severity',
    enum: ['error', 'warning', 'info', 'never'],
    default: 'error',
    description: 'the least severity that makes the exit code 1',
  },
  namespace: {
    ...text,
    default: 'default',
    description: 'the namespace of objects that name none',
    examples: ['shop'],
  },
  kubernetesVersion: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'number', minimum: 1, maximum: 2 },
    ],
    default: `1.${defaultMinorVersion}`,
    description:
      `the release whose behaviour is predicted, 1.${oldestMinorVersion} to ` +
      `1.${newestMinorVersion}`,
    examples: ['1.34'],
  },
  clusterFamilies: {
    anyOf: [
      family,
      familyList,
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          services: {
            ...familyOrList,
            description: 'families of Service addresses, primary first',
          },
          pods: {
            ...familyOrList,
            description: 'families that pods get addresses of; by default the same',
          },
        },
      },
    ],
    default: 'IPv4',
    description:
      "the cluster's address families, primary first; for Services and pods apart where " +
      'they differ',
    examples: [['IPv4', 'IPv6'], { services: ['IPv4', 'IPv6'], pods: 'IPv4' }],
  },
  serviceRanges: {
    anyOf: [text, texts],
    description:
      'the ranges that cluster IPs are taken from (`--service-cluster-ip-range`); without ' +
      'them no address is outside',
    examples: [['10.96.0.0/12', 'fd00:10:96::/112']],
  },
  ignorePaths: {
    ...texts,
    description:
      'what is not read below a directory, unless a kustomization names it: globs in the ' +
      'order of a .gitignore, from the directory of this file on',
    examples: [['testdata/', '*.tmpl.yaml']],
  },
  units: {
    type: 'array',
    items: unit,
    description:
      'what belongs together, where kubeplumb cannot see it: each unit is judged as one cluster',
    examples: [[{ name: 'shop', paths: ['base/', 'shop/*.yaml'], namespace: 'shop' }]],
  },
  assume: {
    type: 'array',
    items: { anyOf: [text, fileAssumption] },
    description:
      'what exists elsewhere: `Kind/namespace/name` (a Service with `:port` behind it; `*` ' +
      'and `?` stand for anything), or files that hold it',
    examples: [
      ['Service/monitoring/prometheus:9090', 'Secret/shop/*', { file: 'cluster/dump.yaml' }],
    ],
  },
  workloads: {
    type: 'array',
    items: workload,
    description: 'kinds of custom resources that make pods',
    examples: [
      [
        {
          apiVersion: 'example.com/v1',
          kind: 'WebApp',
          template: 'spec.podTemplate',
          replicas: 'spec.size',
          exactLabels: true,
        },
      ],
    ],
  },
  plugins: {
    ...texts,
    description: 'packages or files with more rules; loaded only if the command line allows it',
    examples: [['./rules/own.js']],
  },
  baseline: {
    ...text,
    description: 'a file of known findings, which do not count',
    examples: ['kubeplumb-baseline.json'],
  },
  requireReason: {
    type: 'boolean',
    default: false,
    description: 'whether a suppression without a reason is reported',
  },
} as const satisfies Readonly<Record<string, Schema>>;

export type ConfigKey = keyof typeof properties;
export const configKeys = Object.keys(properties) as ConfigKey[];
export const configProperties: Readonly<Record<ConfigKey, Schema>> = properties;

type Written = Infer<{
  readonly type: 'object';
  readonly properties: typeof properties;
  readonly additionalProperties: false;
}>;
/** A valid kubeplumb.yaml; what a rule's options may be is known to the rule. */
export interface Config extends Omit<Written, 'rules'> {
  readonly rules?: Readonly<Record<string, RuleSetting>>;
}
export type RuleSetting =
  SeveritySetting | ({ readonly severity?: SeveritySetting } & Readonly<Record<string, unknown>>);

/** The whole schema, with every rule by its id. */
export function configSchema(rules: readonly { readonly meta: RuleMeta }[]): ObjectSchema {
  const settings = rules.map(({ meta }) => [meta.id, ruleSchema(meta)] as const);
  const severities = rules.map(
    ({ meta }) => [meta.id, { ...severitySetting, description: meta.summary }] as const,
  );
  const closed = (
    schema: ObjectSchema,
    entries: readonly (readonly [string, Schema])[],
  ): ObjectSchema => ({
    ...schema,
    title: 'rule',
    properties: Object.fromEntries(entries),
    additionalProperties: false,
  });
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...properties,
      rules: closed(ruleSettings, settings),
      overrides: {
        ...properties.overrides,
        items: {
          ...override,
          properties: {
            ...override.properties,
            rules: closed(override.properties.rules, [['*', everyOther], ...severities]),
          },
        },
      },
    },
  };
}

function ruleSchema({ summary, options }: RuleMeta): Schema {
  return {
    description: summary,
    anyOf: [
      severitySetting,
      {
        type: 'object',
        properties: { severity: severitySetting, ...options },
        additionalProperties: false,
      },
    ],
  };
}
