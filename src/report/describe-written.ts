/** `describe` of what is shown as it is written: custom resources, and kinds without a page. */
import { writtenObject } from '../cluster/api-objects.ts';
import { base64Length } from '../cluster/apiserver/base64.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import {
  asJsonObject,
  asText,
  fieldAt,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../kubernetes/json.ts';
import { pushAll } from '../lists.ts';
import { utf8Length } from '../text/utf8-length.ts';
import type { DescribeOptions } from './describe-service.ts';
import { none } from './get/row.ts';
import { manifestPlace } from './place.ts';
import { printable } from './safe-text.ts';
import { padEnd } from './text.ts';

/** A label and what stands behind it; where there is nothing to stand behind it, only the label. */
interface Line {
  readonly depth: number;
  readonly label: string;
  readonly value?: string;
}

/**
 * @source kubernetes/kubectl pkg/describe/describe.go `genericDescriber`,
 *   `printUnstructuredContent`, `ConfigMapDescriber`, `SecretDescriber` @v0.36.3
 */
export function describeWritten(object: ClusterObject, { style }: DescribeOptions): string {
  const { file } = object.source.document;
  const value = JSON.parse(JSON.stringify(writtenObject(object))) as JsonObject;
  const head: Line[] = [
    { depth: 0, label: 'Name:', value: object.name },
    ...(object.namespace === undefined
      ? []
      : [{ depth: 0, label: 'Namespace:', value: object.namespace }]),
    ...pairLines('Labels:', fieldAt(value, 'metadata', 'labels'), '='),
    ...pairLines('Annotations:', fieldAt(value, 'metadata', 'annotations'), ': '),
    { depth: 0, label: 'Manifest:', value: manifestPlace(file, object.source.range[0]) },
  ];
  const data = dataOf(object.kind, value);
  if (data === undefined) pushAll(head, contentLines(withoutHead(value), 0));
  const sections = (data ?? []).flatMap(({ title, lines }) => ['', style.bold(title), ...lines]);
  return [...aligned(head), ...sections].map((line) => `${line}\n`).join('');
}

function pairLines(label: string, pairs: Json | undefined, between: string): Line[] {
  const entries = Object.entries(asJsonObject(pairs) ?? {}).toSorted(byKey);
  if (entries.length === 0) return [{ depth: 0, label, value: none }];
  return entries.map(([key, value], index) => ({
    depth: 0,
    label: index === 0 ? label : '',
    value: `${key}${between}${shown(value)}`,
  }));
}

/** What its name, its namespace, labels and annotations have not told yet. */
function withoutHead({ metadata, ...rest }: JsonObject): JsonObject {
  const {
    name: _1,
    namespace: _2,
    labels: _3,
    annotations: _4,
    ...more
  } = asJsonObject(metadata) ?? {};
  return Object.keys(more).length === 0 ? rest : { ...rest, metadata: more };
}

function contentLines(content: JsonObject, depth: number): Line[] {
  return Object.entries(content)
    .toSorted(byKey)
    .flatMap(([field, value]): Line[] => {
      const label = `${labelOf(field)}:`;
      if (isJsonObject(value)) return [{ depth, label }, ...contentLines(value, depth + 1)];
      if (!Array.isArray(value)) return [{ depth, label, value: shown(value) }];
      const items = value.flatMap((item): Line[] =>
        isJsonObject(item)
          ? contentLines(item, depth + 1)
          : [{ depth: depth + 1, label: shown(item) }],
      );
      return [{ depth, label }, ...items];
    });
}

function byKey([a]: readonly [string, Json], [b]: readonly [string, Json]): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function shown(value: Json): string {
  if (value === null) return '<nil>';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const acronyms = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);

/** `clientURL` as `Client URL`. @source `smartLabelFor` */
function labelOf(field: string): string {
  if (!/^[\p{L}-]+$/u.test(field)) return field;
  const words = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}-]+/gu) ?? [field];
  return words
    .map((word) => {
      const upper = word.toUpperCase();
      return acronyms.has(upper) ? upper : `${upper.slice(0, 1)}${word.slice(1)}`;
    })
    .join(' ');
}

/** Values of neighbouring lines begin in one column, as Go's tabwriter has it. */
function aligned(lines: readonly Line[]): string[] {
  const texts: string[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start + 1;
    const hasValue = lines[start]?.value !== undefined;
    while (end < lines.length && (lines[end]?.value !== undefined) === hasValue) end += 1;
    const block = lines.slice(start, end).map((line) => ({
      label: `${'  '.repeat(line.depth)}${printable(line.label)}`,
      value: line.value,
    }));
    const width = block.reduce((most, { label }) => Math.max(most, label.length), 0) + 2;
    for (const { label, value } of block)
      if (value === undefined) texts.push(label);
      else pushAll(texts, valueLines(padEnd(label, width), width, value));
    start = end;
  }
  return texts;
}

/** Further lines of a value stand below its first one. */
function valueLines(label: string, width: number, value: string): string[] {
  const [first = '', ...rest] = value.trimEnd().split('\n').map(printable);
  return [`${label}${first}`.trimEnd(), ...rest.map((line) => `${' '.repeat(width)}${line}`)];
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Of ConfigMaps what they hold, of Secrets how much. */
function dataOf(kind: string, value: JsonObject): Section[] | undefined {
  const pairsOf = (field: string): [string, Json][] =>
    Object.entries(asJsonObject(fieldAt(value, field)) ?? {}).toSorted(byKey);
  if (kind === 'ConfigMap')
    return [
      {
        title: 'Data\n====',
        lines: pairsOf('data').flatMap(([key, text]) => [
          `${printable(key)}:`,
          '----',
          ...shown(text).trimEnd().split('\n').map(printable),
          '',
        ]),
      },
      {
        title: 'BinaryData\n====',
        lines: pairsOf('binaryData').map(
          ([key, text]) => `${printable(key)}: ${base64Length(shown(text))} bytes`,
        ),
      },
    ];
  if (kind !== 'Secret') return undefined;
  const sizes = new Map([
    ...pairsOf('data').map(([key, text]) => [key, base64Length(shown(text))] as const),
    ...pairsOf('stringData').map(([key, text]) => [key, utf8Length(shown(text))] as const),
  ]);
  const lines = [...sizes].map(([key, size]) => ({
    depth: 0,
    label: `${key}:`,
    value: `${size} bytes`,
  }));
  return [
    { title: `Type:  ${printable(asText(fieldAt(value, 'type')) ?? 'Opaque')}`, lines: [] },
    { title: 'Data\n====', lines: aligned(lines) },
  ];
}
