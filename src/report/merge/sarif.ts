/** SARIF logs of parts joined: what one run would have written. */
import { gravest } from '../sarif.ts';
import { checkParts, distinct, MergeError, type ReportPart } from './parts.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: string;
  readonly suppressions?: readonly unknown[];
  readonly properties?: { readonly testData?: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
}
interface Run {
  readonly tool: {
    readonly driver: {
      readonly name: string;
      readonly semanticVersion: string;
      readonly rules: readonly { readonly id: string }[];
    };
  };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly unknown[];
  }[];
  readonly properties?: { readonly shard?: NonNullable<ReportPart['shard']> };
  readonly results: readonly Result[];
}

/** As far as it is looked into. */
export interface SarifLog {
  readonly version: '2.1.0';
  readonly runs: readonly [Run];
}

export function isSarifLog(value: unknown): value is SarifLog {
  if (typeof value !== 'object' || value === null) return false;
  const { version, runs } = value as Partial<SarifLog>;
  return (
    version === '2.1.0' &&
    Array.isArray(runs) &&
    runs.length === 1 &&
    (runs as readonly Partial<Run>[])[0]?.tool?.driver?.name === 'kubeplumb' &&
    Array.isArray((runs as readonly Partial<Run>[])[0]?.results)
  );
}

/** @param logs by the names of their files @throws MergeError */
export function mergeSarif(logs: ReadonlyMap<string, SarifLog>): SarifLog {
  const runs = [...logs].map(
    ([
      name,
      {
        runs: [run],
      },
    ]) => ({ name, run }),
  );
  const [first] = runs;
  const log = [...logs.values()][0];
  if (first === undefined || log === undefined) throw new MergeError('there is nothing to join');
  checkParts(
    runs.map(({ name, run }) => ({
      name,
      toolVersion: run.tool.driver.semanticVersion,
      ...(run.properties?.shard !== undefined && { shard: run.properties.shard }),
    })),
  );
  const rules = distinct(runs.flatMap(({ run }) => run.tool.driver.rules)).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const all = runs.flatMap(({ run }) => run.results);
  const anySuppressed = all.some(({ suppressions = [] }) => suppressions.length > 0);
  const results = all
    .map((result) => {
      const index = indexes.get(result.ruleId);
      return {
        ...result,
        ...(index !== undefined && { ruleIndex: index }),
        ...(anySuppressed && { suppressions: result.suppressions ?? [] }),
      };
    })
    .sort(byFile);
  const invocations = runs.flatMap(({ run }) => run.invocations);
  const { properties: _shard, ...rest } = first.run;
  return {
    ...log,
    runs: [
      {
        ...rest,
        tool: { driver: { ...first.run.tool.driver, rules } },
        invocations: [
          {
            executionSuccessful: invocations.every(
              ({ executionSuccessful }) => executionSuccessful,
            ),
            toolExecutionNotifications: distinct(
              invocations.flatMap(({ toolExecutionNotifications }) => toolExecutionNotifications),
            ),
          },
        ],
        results: gravest(results, ({ level }) => level),
      },
    ],
  };
}

/** The order of one run: what is said of one file is in one part, in order. */
function byFile(a: Result, b: Result): number {
  const [x, y] = [pathOf(a), pathOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function pathOf({ locations: [location] }: Result): string {
  const { uri = '' } = location?.physicalLocation.artifactLocation ?? {};
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
