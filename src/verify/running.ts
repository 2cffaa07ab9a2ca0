/** One Service of a comparison, as `describe service` shows it beside the prediction. */
import type { Running } from '../report/describe-service.ts';
import type { ServiceComparison } from './compare.ts';
import { runningText, verdictWords } from './report/words.ts';

export function runningIn({ state, ports, drift }: ServiceComparison): Running {
  const missing = 'the Service is not in the dump';
  return {
    ports: ports.map(({ endpoints }) =>
      endpoints.length === 0
        ? '<none>'
        : endpoints
            .map((endpoint) => {
              const why = endpoint.why.length === 0 ? '' : ` (${endpoint.why.join('; ')})`;
              return `${verdictWords[endpoint.verdict]}: ${runningText(endpoint)}${why}`;
            })
            .join('; '),
    ),
    drift: [
      ...(state === 'missing' ? [missing] : []),
      ...drift.map(
        (one) => `${one.field}: ${one.manifests} in the manifests, ${one.dump} in the dump`,
      ),
    ],
  };
}
