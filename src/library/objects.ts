/** The picture as the API would show it. */
import * as objects from '../cluster/api-objects.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { wantFields } from './wanted.ts';

type Print = (cluster: Cluster) => objects.ApiObject[];

/** @throws TypeError for what is no picture */
function ofCluster(call: string, print: Print): Print {
  return (cluster) => {
    wantFields(cluster, call, 'what predict gives, predict(load(files))', 'services', 'pods');
    return print(cluster);
  };
}

/**
 * Services as stored: defaulted, with the families that were allotted; cluster IPs are not made up.
 */
export const serviceObjects = ofCluster('serviceObjects', objects.serviceObjects);

/** Pods of workloads, with stand-ins for names and addresses. */
export const podObjects = ofCluster('podObjects', objects.podObjects);

/**
 * Automatic slices, mirrored ones and those written by hand, Service by Service; then slices that
 * belong to none.
 */
export const endpointSliceObjects = ofCluster('endpointSliceObjects', objects.endpointSliceObjects);

/**
 * What the endpoints controller writes, hand-written Endpoints it leaves alone, and Endpoints
 * without a Service.
 */
export const endpointsObjects = ofCluster('endpointsObjects', objects.endpointsObjects);
