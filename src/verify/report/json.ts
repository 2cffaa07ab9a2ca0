/** A comparison for programs, as docs/outputs.md describes it. */
import type { Tool } from '../../report/lint-report.ts';
import type { Comparison, ServiceComparison } from '../compare.ts';

export function jsonComparison({ services, onlyInDump }: Comparison, tool: Tool): string {
  const count = (state: ServiceComparison['state']): number =>
    services.filter((service) => service.state === state).length;
  const report = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    services,
    onlyInDump,
    summary: {
      services: services.length,
      equal: count('equal'),
      different: count('different'),
      missing: count('missing'),
      unknown: count('unknown'),
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
