/** Objects as `kubectl get -o yaml` prints them. */
import type { ClusterObject } from '../../cluster/objects.ts';
import { fieldAt, type Json } from '../../kubernetes/json.ts';

/**
 * Whether it was read from a cluster rather than written: it has the uid and the version that only
 * the API server gives.
 */
export function isReadFromCluster({ source }: ClusterObject): boolean {
  const metadata = fieldAt(source.value, 'metadata');
  return isText(fieldAt(metadata, 'uid')) && isText(fieldAt(metadata, 'resourceVersion'));
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}
