/** Every rule, by category and then by id: the order in which they are listed. Written by `npm run generate` from the files below this folder. */
import type { Rule } from '../src/lint/rule.ts';
import { serviceSelectsNothing } from './selector/service-selects-nothing.ts';
import { serviceSelectsPartialBackends } from './selector/service-selects-partial-backends.ts';
import { workloadSelectorMismatch } from './selector/workload-selector-mismatch.ts';
import { targetPortNameUnresolved } from './port/target-port-name-unresolved.ts';
import { targetPortProtocolMismatch } from './port/target-port-protocol-mismatch.ts';
import { targetPortUndeclared } from './port/target-port-undeclared.ts';
import { probePortNameUnresolved } from './probe/probe-port-name-unresolved.ts';
import { endpointsOverwritten } from './name/endpoints-overwritten.ts';
import { endpointsPortNameMismatch } from './name/endpoints-port-name-mismatch.ts';
import { endpointsWithoutService } from './name/endpoints-without-service.ts';
import { serviceWithoutEndpoints } from './name/service-without-endpoints.ts';
import { slicePortNameMismatch } from './name/slice-port-name-mismatch.ts';
import { sliceWithoutService } from './name/slice-without-service.ts';
import { duplicateKey } from './manifest/duplicate-key.ts';
import { rejectedObject } from './manifest/rejected-object.ts';
import { removedApi } from './manifest/removed-api.ts';
import { yamlSyntax } from './manifest/yaml-syntax.ts';

export const rules: readonly Rule[] = [
  serviceSelectsNothing,
  serviceSelectsPartialBackends,
  workloadSelectorMismatch,
  targetPortNameUnresolved,
  targetPortProtocolMismatch,
  targetPortUndeclared,
  probePortNameUnresolved,
  endpointsOverwritten,
  endpointsPortNameMismatch,
  endpointsWithoutService,
  serviceWithoutEndpoints,
  slicePortNameMismatch,
  sliceWithoutService,
  duplicateKey,
  rejectedObject,
  removedApi,
  yamlSyntax,
];
