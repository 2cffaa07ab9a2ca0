import type { Manifest } from '../manifest/manifest.ts';
import { pictures } from '../project/project.ts';
import { parseEnd, parseShortEnd } from '../trace/ends.ts';
import type { Traced } from '../trace/named.ts';
import { traceRequest } from '../trace/trace.ts';
import { type LintOptions, projectOf } from './lint.ts';

/**
 * Follows a request hop by hop, as `kubeplumb trace` does. `from` is an address
 * (`https://shop.example.com/cart`), a workload or a Service (`deployment/web`, `service/api:80`),
 * `to` what a workload dials. All objects together are one cluster, unless `unit` says otherwise;
 * then the first unit answers that has both ends. Never throws: ends that are not ends, or are not
 * there, are told instead of traces.
 *
 * @example
 * const traced = trace(load(files), 'service/web'); if ('traces' in traced) for (const { state,
 * hops } of traced.traces) console.log(state, hops.at(-1)?.text);
 */
export function trace(
  manifests: readonly Manifest[],
  from: string,
  to?: string,
  options: LintOptions = {},
): Traced {
  const ends = [from, ...(to === undefined ? [] : [to])].map(
    (end) => parseEnd(end) ?? parseShortEnd(end),
  );
  const [first, second] = ends;
  if (first === undefined || ends.includes(undefined))
    return { wrong: 'an end of a request is a URL, KIND/NAME or service/NAME:PORT' };
  const project = projectOf(manifests, { ...options, unit: options.unit ?? 'all' }, 'trace');
  const answers = pictures(project).map((picture) => traceRequest(picture, first, second));
  return (
    answers.find((answer) => 'traces' in answer) ??
    answers[0] ?? { wrong: 'there is no object among the manifests' }
  );
}
