/**
 * Rules of Traefik's routers, `Host(…) && PathPrefix(…)`: calls whose arguments are texts in
 * backticks or double quotes.
 *
 * @source traefik/traefik pkg/rules/parser.go `NewParser` @v3.1.0
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { placeholderIn } from '../../manifest/placeholder.ts';
import { isSlip } from '../../text/slip.ts';
import { traefikGroups } from './traefik-routes.ts';

export interface UnreadableMatch {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly problem: string;
  readonly help: string;
}

export function* unreadableMatches({ objects }: Cluster): Iterable<UnreadableMatch> {
  for (const group of traefikGroups)
    for (const kind of ['IngressRoute', 'IngressRouteTCP'])
      for (const object of objects.ofKind(group, kind)) {
        const routes = asList(fieldAt(object.value, 'spec', 'routes'));
        for (const [index, route] of routes.entries()) {
          const match = asText(fieldAt(route, 'match')) ?? '';
          const found = problemOf(match);
          if (found !== undefined)
            yield { object, at: ['spec', 'routes', index, 'match'], ...found };
        }
      }
}

/** What stands for a text in a rule of which the texts were taken out. */
const text = '§';

function problemOf(match: string): Pick<UnreadableMatch, 'problem' | 'help'> | undefined {
  const bare = withoutTexts(match);
  if (placeholderIn(bare) !== undefined) return undefined;
  const [open] = /[`"]/.exec(bare) ?? [];
  if (open !== undefined)
    return {
      problem: `a text begins with ${open} and does not end`,
      help: `write ${open} at its end`,
    };
  const [, argument] = /\(\s*([^()§!&|\s][^()§]*)\)/.exec(bare) ?? [];
  if (argument !== undefined) {
    const plain = argument.trim().replace(/^'(.*)'$/, '$1');
    return {
      problem: `${argument.trim()} is no text`,
      help: `write it in backticks: \`${plain}\``,
    };
  }
  if (bare.split('(').length !== bare.split(')').length)
    return { problem: 'a bracket has no partner', help: 'write as many ( as )' };
  const called = bare.split(/[\s!&|,)§]/).flatMap((token) => token.split('(').slice(0, -1));
  for (const name of called) {
    const meant = matchers.includes(name) ? undefined : matchers.find((one) => isSlip(name, one));
    if (meant !== undefined)
      return { problem: `there is no matcher ${name}`, help: `write ${meant}` };
  }
  return undefined;
}

/** The rule with `§` for each of its texts; one that does not end stays as it is. */
function withoutTexts(match: string): string {
  let bare = '';
  for (let at = 0; at < match.length; at++) {
    const open = match.charAt(at);
    let end = open === '`' || open === '"' ? match.indexOf(open, at + 1) : -1;
    while (open === '"' && end > 0 && match.charAt(end - 1) === '\\')
      end = match.indexOf(open, end + 1);
    bare += end === -1 ? open : text;
    if (end !== -1) at = end;
    else if (open === '`' || open === '"') return bare + match.slice(at + 1);
  }
  return bare;
}

/** Those of versions 2 and 3. */
const matchers = [
  'ALPN',
  'ClientIP',
  'Header',
  'HeaderRegexp',
  'Headers',
  'HeadersRegexp',
  'Host',
  'HostHeader',
  'HostRegexp',
  'HostSNI',
  'HostSNIRegexp',
  'Method',
  'Path',
  'PathPrefix',
  'PathRegexp',
  'Query',
  'QueryRegexp',
];
