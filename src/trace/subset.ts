/** The subset of a DestinationRule that a VirtualService sends requests to. */
import { istioSubsetMissing } from '../../rules/reference/istio-subset-missing.ts';
import { istioSubsetSelectsNothing } from '../../rules/reference/istio-subset-selects-nothing.ts';
import { formatPairs } from '../cluster/labels.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { asText, fieldAt, type Path } from '../kubernetes/json.ts';
import { namespaceOf } from '../lint/references/reference.ts';
import { Subsets, subsetsOf } from '../lint/routes/istio.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { heard } from './heard.ts';
import type { Hop } from './hop.ts';

/**
 * Which of the endpoints of a Service a proxy of Istio takes; undefined for all of them.
 *
 * @param at from the VirtualService to the destination
 */
export function subsetHop(picture: Picture, object: ClusterObject, at: Path): Hop | undefined {
  const destination = fieldAt(object.value, ...at);
  const name = asText(fieldAt(destination, 'subset'));
  const host = asText(fieldAt(destination, 'host'));
  if (name === undefined || host === undefined) return undefined;
  const place = [...at, 'subset'];
  const missing = heard('endpoints', [istioSubsetMissing], picture, object, place);
  if (missing !== undefined) return missing;
  const { cluster } = picture;
  const { rules } = new Subsets(cluster).forHost(host, namespaceOf(object, cluster));
  const [subset] = rules.flatMap(subsetsOf).filter((one) => one.name === name);
  if (subset === undefined) return undefined;
  const { rule, path, labels } = subset;
  const nobody = heard('endpoints', [istioSubsetSelectsNothing], picture, rule, path);
  return (
    nobody ?? {
      step: 'endpoints',
      state: 'passes',
      text: `subset "${name}" of ${describeObject(rule)}: those with ${formatPairs(labels)}`,
      place: { object: rule, at: path },
    }
  );
}
