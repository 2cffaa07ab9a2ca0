/** Keys of annotations that are a typo away from one that a controller reads. */
import {
  annotationDomains,
  annotationNames,
  annotationPrefixes,
} from '../../kubernetes/annotations.ts';
import { getOwn } from '../../own.ts';
import { nearestIn } from '../../text/name-index.ts';
import { isSlip } from '../../text/slip.ts';

/** The key that was meant; undefined where somebody may well read the one that is written. */
export function meantAnnotation(key: string): string | undefined {
  const slash = key.indexOf('/');
  if (slash <= 0 || key.length > 200) return undefined;
  const [prefix, name] = [key.slice(0, slash), key.slice(slash + 1)];
  const names = annotationNames.get(prefix);
  if (names === undefined) {
    const present = presentAnnotation(key);
    if (present !== undefined) return present;
    const meant = meantPrefix(prefix);
    return meant && `${meant}/${name}`;
  }
  const near = names.includes(name) ? undefined : nearestIn(name, names);
  return near !== undefined && isSlip(name, near) ? `${prefix}/${near}` : undefined;
}

/**
 * Prefixes that a controller read once
 * (https://cert-manager.io/docs/releases/upgrading/upgrading-0.10-0.11): what did so has
 * definitions of apiextensions.k8s.io/v1beta1, which no API server of today takes.
 */
const former: Readonly<Record<string, string>> = { 'certmanager.k8s.io': 'cert-manager.io' };

/** The same annotation of today, for a key of a release that is past. */
function presentAnnotation(key: string): string | undefined {
  const [prefix = '', name = ''] = key.split('/');
  const present = getOwn(former, prefix);
  if (present === undefined) return undefined;
  return annotationNames.get(present)?.includes(name) === true ? `${present}/${name}` : undefined;
}

/** Another prefix, or the same below another domain. */
function meantPrefix(prefix: string): string | undefined {
  const labels = prefix.split('.');
  const domain = labels.slice(-2).join('.');
  if (annotationDomains.includes(domain)) {
    const near = nearestIn(prefix, annotationPrefixes);
    return near !== undefined && near !== prefix && isSlip(prefix, near) ? near : undefined;
  }
  const near = nearestIn(domain, annotationDomains);
  return near !== undefined && isSlip(domain, near)
    ? [...labels.slice(0, -2), near].join('.')
    : undefined;
}
