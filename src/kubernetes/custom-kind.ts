/** What a CustomResourceDefinition says of its kind to whoever lists its objects. */
import { asList, asText, fieldAt, type Json, type JsonObject } from './json.ts';
import type { ResourceNames } from './resource-names.ts';

export interface CustomKind {
  /** The version that is stored. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly names: ResourceNames;
  readonly namespaced: boolean;
  readonly columns: readonly PrinterColumn[];
}

/** An entry of `additionalPrinterColumns`. */
export interface PrinterColumn {
  readonly name: string;
  /** `string`, `integer`, `number`, `boolean` or `date`. */
  readonly type: string;
  /** Without braces: `.spec.replicas`. */
  readonly jsonPath: string;
  /** Above 0 it is shown by `-o wide` only. */
  readonly priority: number;
}

/** Undefined of a definition that lacks what every one has. */
export function customKindOf(definition: JsonObject): CustomKind | undefined {
  const spec = fieldAt(definition, 'spec');
  const [group, kind, plural] = [['group'], ['names', 'kind'], ['names', 'plural']].map((path) =>
    asText(fieldAt(spec, ...path)),
  );
  const versions = asList(fieldAt(spec, 'versions'));
  const stored = versions.find((one) => fieldAt(one, 'storage') === true) ?? versions[0];
  const version = asText(fieldAt(stored, 'name'));
  if (group === undefined || kind === undefined || plural === undefined || version === undefined)
    return undefined;
  const textsAt = (field: string): readonly string[] =>
    asList(fieldAt(spec, 'names', field)).flatMap((name) => asText(name) ?? []);
  return {
    apiVersion: `${group}/${version}`,
    kind,
    names: {
      plural,
      singular: asText(fieldAt(spec, 'names', 'singular')) ?? kind.toLowerCase(),
      shortNames: textsAt('shortNames'),
      categories: textsAt('categories'),
    },
    namespaced: fieldAt(spec, 'scope') !== 'Cluster',
    columns: asList(fieldAt(stored, 'additionalPrinterColumns')).flatMap(columnOf),
  };
}

function columnOf(column: Json): PrinterColumn[] {
  const [name, type, jsonPath] = ['name', 'type', 'jsonPath'].map((field) =>
    asText(fieldAt(column, field)),
  );
  if (name === undefined || type === undefined || jsonPath === undefined) return [];
  const priority = fieldAt(column, 'priority');
  return [{ name, type, jsonPath, priority: typeof priority === 'number' ? priority : 0 }];
}
