/**
 * What the API server warns of when it takes an object: `WarningsOnCreate` of the strategies in
 * pkg/registry.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { ingressClassAnnotation } from '../../../kubernetes/labels.ts';
import { pushAll } from '../../../lists.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import type { MinorVersion } from '../../options.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, objectAt, objectsAt, stringAt, stringMapAt, stringsAt } from '../fields.ts';
import { goQuote, goSlice } from '../go-format.ts';
import { isWhole, parseQuantity, printQuantity } from '../quantity.ts';
import { isDNS1123Label } from '../validation/names.ts';
import { warningsForCIDR, warningsForIP } from './ip.ts';
import { warningsForPodSpec } from './pod.ts';
import { warningsForService } from './service.ts';

const specPath = FieldPath.of('spec');
const templatePath = specPath.child('template').child('spec');

/**
 * Warnings about any request for such objects, whether they are taken or not (lifecycle.go of the
 * API).
 */
export function requestWarnings(apiVersion: string, kind: string, minor: MinorVersion): string[] {
  if (apiVersion !== 'v1' || kind !== 'Endpoints' || minor < 33) return [];
  return ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'];
}

/** Warnings about an object that was found valid. */
export function warningsOnCreate(kind: string, value: JsonObject, minor: MinorVersion): string[] {
  const spec = objectAt(value, 'spec') ?? {};
  const template = objectAt(objectAt(spec, 'template'), 'spec') ?? {};
  switch (kind) {
    case 'Service':
      return warningsForService(value, minor);
    case 'Pod':
      return [
        ...warningsForName(value, "the Pod's hostname"),
        ...warningsForPodSpec(spec, specPath, minor),
      ];
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'Job':
      return [
        ...warningsForName(value, 'Pod names and hostnames'),
        ...warningsForPodSpec(template, templatePath, minor),
      ];
    case 'StatefulSet':
    case 'DaemonSet':
      return warningsForPodSpec(template, templatePath, minor);
    case 'PersistentVolumeClaim':
      return warningsForClaim(spec);
    case 'CronJob': {
      const jobSpec = objectAt(objectAt(spec, 'jobTemplate'), 'spec');
      const path = specPath.child('jobTemplate').child('spec').child('template').child('spec');
      return [
        ...warningsForName(value, 'Pod names and hostnames'),
        ...warningsForPodSpec(objectAt(objectAt(jobSpec, 'template'), 'spec') ?? {}, path, minor),
      ];
    }
    case 'Endpoints':
      return warningsForEndpoints(value, minor);
    case 'EndpointSlice':
      return warningsForEndpointSlice(value, minor);
    case 'NetworkPolicy':
      return minor < 33 ? [] : warningsForNetworkPolicy(spec);
    case 'Ingress': {
      const annotation = stringMapAt(objectAt(value, 'metadata'), 'annotations')?.[
        ingressClassAnnotation
      ];
      if (annotation === undefined || isSet(spec, 'ingressClassName')) return [];
      return [
        'annotation "kubernetes.io/ingress.class" is deprecated, please use ' +
          "'spec.ingressClassName' instead",
      ];
    }
    default:
      return [];
  }
}

function warningsForName(value: JsonObject, use: string): string[] {
  const name = stringAt(objectAt(value, 'metadata'), 'name');
  const messages = name === '' || isPlaceholder(name) ? [] : isDNS1123Label(name);
  if (messages.length === 0) return [];
  const effect = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: this is used in ${use}, ${effect}: ${goSlice(messages)}`];
}

function warningsForEndpoints(endpoints: JsonObject, minor: MinorVersion): string[] {
  if (minor < 33) return [];
  const warnings: string[] = [];
  for (const [index, subset] of objectsAt(endpoints, 'subsets').entries()) {
    for (const list of ['addresses', 'notReadyAddresses']) {
      for (const [addressIndex, address] of objectsAt(subset, list).entries()) {
        const path = FieldPath.of('subsets')
          .index(index)
          .child(list)
          .index(addressIndex)
          .child('ip');
        pushAll(warnings, warningsForIP(path, stringAt(address, 'ip')));
      }
    }
  }
  return warnings;
}

function warningsForEndpointSlice(slice: JsonObject, minor: MinorVersion): string[] {
  const warnings: string[] = [];
  if (stringAt(slice, 'addressType') === 'FQDN' && minor >= 27)
    warnings.push('spec.addressType: FQDN endpoints are deprecated');
  if (minor < 33) return warnings;
  for (const [index, endpoint] of objectsAt(slice, 'endpoints').entries()) {
    for (const [addressIndex, address] of stringsAt(endpoint, 'addresses').entries()) {
      pushAll(
        warnings,
        warningsForIP(
          FieldPath.of('endpoints').index(index).child('addresses').index(addressIndex),
          address,
        ),
      );
    }
  }
  return warnings;
}

function warningsForNetworkPolicy(spec: JsonObject): string[] {
  const warnings: string[] = [];
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [index, rule] of objectsAt(spec, direction).entries()) {
      for (const [peerIndex, peer] of objectsAt(rule, peers).entries()) {
        const block = objectAt(peer, 'ipBlock');
        if (block === undefined) continue;
        const path = specPath
          .child(direction)
          .index(index)
          .child(peers)
          .index(peerIndex)
          .child('ipBlock');
        pushAll(warnings, warningsForCIDR(path.child('cidr'), stringAt(block, 'cidr')));
        for (const [exceptIndex, except] of stringsAt(block, 'except').entries()) {
          pushAll(warnings, warningsForCIDR(path.child('except').index(exceptIndex), except));
        }
      }
    }
  }
  return warnings;
}

/** `GetWarningsForPersistentVolumeClaim` (pkg/api/persistentvolumeclaim/util.go), of its size. */
function warningsForClaim(spec: JsonObject): string[] {
  const path = specPath.child('resources').child('requests').key('storage');
  const storage = getOwn(objectAt(objectAt(spec, 'resources'), 'requests'), 'storage');
  const quantity = parseQuantity(storage);
  return quantity === undefined || isWhole(quantity)
    ? []
    : [
        `${path.toString()}: fractional byte value ${goQuote(printQuantity(quantity))} is ` +
          'invalid, must be an integer',
      ];
}
