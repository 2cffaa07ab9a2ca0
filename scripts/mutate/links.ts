/**
 * Links: everything in a cluster's picture that works because two fields agree. A mutation is a
 * fault exactly when it takes a link away.
 *
 * Each link lists its ends with the mutations that may be tried there, so a new kind of link brings
 * its own mutations with it.
 */
import type { Cluster } from '../../src/cluster/cluster.ts';
import { Accepted, type Link } from './link.ts';
import { nameLinks } from './name-links.ts';
import { podLinks } from './pod-links.ts';
import { selectorLinks } from './selector-links.ts';
import { serviceLinks } from './service-links.ts';
import { textLinks } from './text-links.ts';

/** All links of a picture, in no particular order; only what holds for certain. */
export function linksOf(cluster: Cluster): Link[] {
  const index = new Accepted(cluster);
  return [
    ...serviceLinks(cluster),
    ...podLinks(cluster),
    ...nameLinks(index),
    ...selectorLinks(cluster, index),
    ...textLinks(cluster),
  ];
}
