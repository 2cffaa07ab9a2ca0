/**
 * Needs that the own directory nearly meets: one typo away, so that nothing of the kind
 * is to be looked for elsewhere.
 */
import { getOwn } from '../own.ts';
import { nearestName } from '../text/nearest-name.ts';
import { isSlip } from '../text/slip.ts';
import { labelsFor, type Need, type Offer } from './references.ts';

/**
 * What something else of the directory finds as it is was not meant by this one: `web-ui` beside
 * `web-db` is not a slip.
 */
export function isNearlyMet(need: Need, offers: readonly Offer[], needs: readonly Need[]): boolean {
  return offers.some(
    (offer) =>
      offer.object !== need.by &&
      nearlyMeets(offer, need) &&
      !needs.some((other) => other !== need && meets(offer, other)),
  );
}

function meets(offer: Offer, need: Need): boolean {
  if (need.type === 'object') return offer.key === need.key;
  const labels = labelsFor(need, offer);
  return (
    offer.namespace === need.namespace &&
    Object.entries(need.labels).every(([key, value]) => getOwn(labels, key) === value)
  );
}

function nearlyMeets(offer: Offer, need: Need): boolean {
  if (need.type === 'object') {
    const [kind, namespace, name = ''] = need.key.split('/');
    return (
      offer.object.kind === kind && offer.namespace === namespace && isSlip(name, offer.object.name)
    );
  }
  const { namespace, object } = offer;
  const labels = labelsFor(need, offer);
  if (labels === undefined || namespace !== need.namespace) return false;
  const wrong = Object.entries(need.labels).filter(([key, value]) => getOwn(labels, key) !== value);
  const [pair] = wrong;
  if (pair === undefined || wrong.length > 1) return false;
  const [key, wanted] = pair;
  const actual = getOwn(labels, key);
  if (actual !== undefined) return isSlip(wanted, actual);
  const misspelt = Object.keys(labels).filter(
    (other) => getOwn(labels, other) === wanted && !Object.hasOwn(need.labels, other),
  );
  return object.name === need.by.name || nearestName(key, misspelt) !== undefined;
}
