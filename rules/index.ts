/**
 * Every rule, by category and then by id: the order in which they are listed. Written by
 * `npm run generate` from the files below this folder.
 */
import type { Rule } from '../src/lint/rule.ts';
import { affinitySelectsNothing } from './selector/affinity-selects-nothing.ts';
import { jobBehindService } from './selector/job-behind-service.ts';
import { linkerdServerSelectsNothing } from './selector/linkerd-server-selects-nothing.ts';
import { meshPolicyMismatch } from './selector/mesh-policy-mismatch.ts';
import { monitorNotSelected } from './selector/monitor-not-selected.ts';
import { nodeSelectionContradicts } from './selector/node-selection-contradicts.ts';
import { selectorUsesUnstableLabel } from './selector/selector-uses-unstable-label.ts';
import { serviceHasNoEndpoints } from './selector/service-has-no-endpoints.ts';
import { serviceMissesWorkload } from './selector/service-misses-workload.ts';
import { serviceSelectsNothing } from './selector/service-selects-nothing.ts';
import { serviceSelectsPartialBackends } from './selector/service-selects-partial-backends.ts';
import { topologyKeyUnknown } from './selector/topology-key-unknown.ts';
import { workloadSelectorMismatch } from './selector/workload-selector-mismatch.ts';
import { workloadsShareSelector } from './selector/workloads-share-selector.ts';
import { annotatedPortMissing } from './port/annotated-port-missing.ts';
import { fieldWithoutEffect } from './port/field-without-effect.ts';
import { hostPortConflict } from './port/host-port-conflict.ts';
import { imagePortMismatch } from './port/image-port-mismatch.ts';
import { listensElsewhere } from './port/listens-elsewhere.ts';
import { nodePortConflict } from './port/node-port-conflict.ts';
import { samePortTwoProtocols } from './port/same-port-two-protocols.ts';
import { schemeMismatch } from './port/scheme-mismatch.ts';
import { scrapePortMismatch } from './port/scrape-port-mismatch.ts';
import { targetPortAmbiguous } from './port/target-port-ambiguous.ts';
import { targetPortNameUnresolved } from './port/target-port-name-unresolved.ts';
import { targetPortProtocolMismatch } from './port/target-port-protocol-mismatch.ts';
import { targetPortUndeclared } from './port/target-port-undeclared.ts';
import { targetPortsCrossed } from './port/target-ports-crossed.ts';
import { initWaitsForItself } from './probe/init-waits-for-itself.ts';
import { probeHost } from './probe/probe-host.ts';
import { probePortNameUnresolved } from './probe/probe-port-name-unresolved.ts';
import { probePortUndeclared } from './probe/probe-port-undeclared.ts';
import { probeTooLate } from './probe/probe-too-late.ts';
import { endpointAddressInvalid } from './name/endpoint-address-invalid.ts';
import { endpointAddressOfPod } from './name/endpoint-address-of-pod.ts';
import { endpointsOverwritten } from './name/endpoints-overwritten.ts';
import { endpointsPortNameMismatch } from './name/endpoints-port-name-mismatch.ts';
import { endpointsTruncated } from './name/endpoints-truncated.ts';
import { endpointsWithoutService } from './name/endpoints-without-service.ts';
import { externalNameAddress } from './name/external-name-address.ts';
import { notReadyPublished } from './name/not-ready-published.ts';
import { podSubdomainWithoutService } from './name/pod-subdomain-without-service.ts';
import { scaledToZero } from './name/scaled-to-zero.ts';
import { serviceNotProxied } from './name/service-not-proxied.ts';
import { serviceWithoutEndpoints } from './name/service-without-endpoints.ts';
import { sliceBesideSelector } from './name/slice-beside-selector.ts';
import { slicePortNameMismatch } from './name/slice-port-name-mismatch.ts';
import { sliceWithoutService } from './name/slice-without-service.ts';
import { statefulsetServiceMismatch } from './name/statefulset-service-mismatch.ts';
import { apiserviceServiceMissing } from './reference/apiservice-service-missing.ts';
import { certManagerReferenceMissing } from './reference/cert-manager-reference-missing.ts';
import { certificateNotIssued } from './reference/certificate-not-issued.ts';
import { certificateSecretUnusable } from './reference/certificate-secret-unusable.ts';
import { claimVolumeMismatch } from './reference/claim-volume-mismatch.ts';
import { defaultPortMissing } from './reference/default-port-missing.ts';
import { deliveryPathMissing } from './reference/delivery-path-missing.ts';
import { dnsNameMalformed } from './reference/dns-name-malformed.ts';
import { dnsNameUnresolved } from './reference/dns-name-unresolved.ts';
import { dnsPolicyHidesServices } from './reference/dns-policy-hides-services.ts';
import { externalNamePort } from './reference/external-name-port.ts';
import { externalNameUnresolved } from './reference/external-name-unresolved.ts';
import { hpaTargetMissing } from './reference/hpa-target-missing.ts';
import { imageInvalid } from './reference/image-invalid.ts';
import { ingressBackendMissing } from './reference/ingress-backend-missing.ts';
import { ingressPortMismatch } from './reference/ingress-port-mismatch.ts';
import { innerNameMissing } from './reference/inner-name-missing.ts';
import { istioGatewayMissing } from './reference/istio-gateway-missing.ts';
import { istioHostMissing } from './reference/istio-host-missing.ts';
import { istioPortMismatch } from './reference/istio-port-mismatch.ts';
import { istioSubsetMissing } from './reference/istio-subset-missing.ts';
import { istioSubsetSelectsNothing } from './reference/istio-subset-selects-nothing.ts';
import { namedObjectMissing } from './reference/named-object-missing.ts';
import { openshiftRouteMismatch } from './reference/openshift-route-mismatch.ts';
import { pdbSelectsNothing } from './reference/pdb-selects-nothing.ts';
import { podDependencyMissing } from './reference/pod-dependency-missing.ts';
import { podMonitorMismatch } from './reference/pod-monitor-mismatch.ts';
import { podPartMissing } from './reference/pod-part-missing.ts';
import { policyTargetMissing } from './reference/policy-target-missing.ts';
import { proxyRouteMismatch } from './reference/proxy-route-mismatch.ts';
import { rbacReferenceMissing } from './reference/rbac-reference-missing.ts';
import { referenceGrantMissing } from './reference/reference-grant-missing.ts';
import { rolloutServiceMismatch } from './reference/rollout-service-mismatch.ts';
import { routeBackendMissing } from './reference/route-backend-missing.ts';
import { routePortMismatch } from './reference/route-port-mismatch.ts';
import { scheduledRestart } from './reference/scheduled-restart.ts';
import { serviceMonitorMismatch } from './reference/service-monitor-mismatch.ts';
import { serviceVariableTaken } from './reference/service-variable-taken.ts';
import { streamServiceMismatch } from './reference/stream-service-mismatch.ts';
import { tlsSecretMissing } from './reference/tls-secret-missing.ts';
import { variableUndefined } from './reference/variable-undefined.ts';
import { webhookCertificateMismatch } from './reference/webhook-certificate-mismatch.ts';
import { webhookServiceMissing } from './reference/webhook-service-missing.ts';
import { dnsEgressBlocked } from './policy/dns-egress-blocked.ts';
import { networkPolicyBlocksCaller } from './policy/network-policy-blocks-caller.ts';
import { networkPolicyBlocksService } from './policy/network-policy-blocks-service.ts';
import { networkPolicyPeerAbsent } from './policy/network-policy-peer-absent.ts';
import { networkPolicyRulesIgnored } from './policy/network-policy-rules-ignored.ts';
import { networkPolicySelectsNothing } from './policy/network-policy-selects-nothing.ts';
import { networkPolicyUsesServicePort } from './policy/network-policy-uses-service-port.ts';
import { pluginPolicyMismatch } from './policy/plugin-policy-mismatch.ts';
import { annotationMisspelt } from './routing/annotation-misspelt.ts';
import { annotationValueInvalid } from './routing/annotation-value-invalid.ts';
import { backendProtocolMismatch } from './routing/backend-protocol-mismatch.ts';
import { canaryWithoutMain } from './routing/canary-without-main.ts';
import { claimedTwice } from './routing/claimed-twice.ts';
import { gatewayClassMissing } from './routing/gateway-class-missing.ts';
import { gatewayListenerConflict } from './routing/gateway-listener-conflict.ts';
import { gatewayPortClosed } from './routing/gateway-port-closed.ts';
import { gatewayRefused } from './routing/gateway-refused.ts';
import { ingressClassMissing } from './routing/ingress-class-missing.ts';
import { ingressHostWithoutPaths } from './routing/ingress-host-without-paths.ts';
import { ingressPathLiteral } from './routing/ingress-path-literal.ts';
import { ingressRouteDuplicate } from './routing/ingress-route-duplicate.ts';
import { injectionMismatch } from './routing/injection-mismatch.ts';
import { istioHostUnserved } from './routing/istio-host-unserved.ts';
import { istioRouteHidden } from './routing/istio-route-hidden.ts';
import { listenerCertificate } from './routing/listener-certificate.ts';
import { meshTlsMismatch } from './routing/mesh-tls-mismatch.ts';
import { nodePortMissing } from './routing/node-port-missing.ts';
import { partNotIncluded } from './routing/part-not-included.ts';
import { regexInvalid } from './routing/regex-invalid.ts';
import { rewriteGroupMissing } from './routing/rewrite-group-missing.ts';
import { routeParentMissing } from './routing/route-parent-missing.ts';
import { tlsHostMismatch } from './routing/tls-host-mismatch.ts';
import { weightsAllZero } from './routing/weights-all-zero.ts';
import { autoscalersShareTarget } from './scaling/autoscalers-share-target.ts';
import { budgetForbidsEviction } from './scaling/budget-forbids-eviction.ts';
import { budgetsOverlap } from './scaling/budgets-overlap.ts';
import { hpaFightsReplicas } from './scaling/hpa-fights-replicas.ts';
import { hpaMetricWithoutRequest } from './scaling/hpa-metric-without-request.ts';
import { verticalAutoscalerIdle } from './scaling/vertical-autoscaler-idle.ts';
import { duplicateKey } from './manifest/duplicate-key.ts';
import { duplicateObject } from './manifest/duplicate-object.ts';
import { invalidIgnore } from './manifest/invalid-ignore.ts';
import { kustomizationBroken } from './manifest/kustomization-broken.ts';
import { kustomizationWithoutEffect } from './manifest/kustomization-without-effect.ts';
import { lostIndentation } from './manifest/lost-indentation.ts';
import { missingSeparator } from './manifest/missing-separator.ts';
import { operatorRefused } from './manifest/operator-refused.ts';
import { podSecurityLabelInvalid } from './manifest/pod-security-label-invalid.ts';
import { podsRefused } from './manifest/pods-refused.ts';
import { quantityImplausible } from './manifest/quantity-implausible.ts';
import { rejectedObject } from './manifest/rejected-object.ts';
import { removedApi } from './manifest/removed-api.ts';
import { rootNotAllowed } from './manifest/root-not-allowed.ts';
import { unknownField } from './manifest/unknown-field.ts';
import { unknownKind } from './manifest/unknown-kind.ts';
import { unusedIgnore } from './manifest/unused-ignore.ts';
import { variableRepeated } from './manifest/variable-repeated.ts';
import { wrongType } from './manifest/wrong-type.ts';
import { yamlSyntax } from './manifest/yaml-syntax.ts';
import { cpuThrottled } from './resilience/cpu-throttled.ts';
import { exceedsOwnLimit } from './resilience/exceeds-own-limit.ts';
import { graceTooShort } from './resilience/grace-too-short.ts';
import { grpcNotBalanced } from './resilience/grpc-not-balanced.ts';
import { hastyRestart } from './resilience/hasty-restart.ts';
import { hpaCannotScale } from './resilience/hpa-cannot-scale.ts';
import { hpaFlaps } from './resilience/hpa-flaps.ts';
import { istioFailoverIdle } from './resilience/istio-failover-idle.ts';
import { leftSuspended } from './resilience/left-suspended.ts';
import { livenessBeforeReadiness } from './resilience/liveness-before-readiness.ts';
import { livenessEqualsReadiness } from './resilience/liveness-equals-readiness.ts';
import { localTrafficPolicyGaps } from './resilience/local-traffic-policy-gaps.ts';
import { noReadinessProbe } from './resilience/no-readiness-probe.ts';
import { probeAsksAnother } from './resilience/probe-asks-another.ts';
import { readinessFlaps } from './resilience/readiness-flaps.ts';
import { replicasOnOneNode } from './resilience/replicas-on-one-node.ts';
import { rolloutDropsAllEndpoints } from './resilience/rollout-drops-all-endpoints.ts';
import { singleEndpoint } from './resilience/single-endpoint.ts';
import { updateHeldBack } from './resilience/update-held-back.ts';
import { adminPathExposed } from './security/admin-path-exposed.ts';
import { adminPortExposed } from './security/admin-port-exposed.ts';
import { broadBinding } from './security/broad-binding.ts';
import { endpointsWriteAccess } from './security/endpoints-write-access.ts';
import { escalatingRole } from './security/escalating-role.ts';
import { externalIps } from './security/external-ips.ts';
import { externalNameInside } from './security/external-name-inside.ts';
import { ingressWithoutTls } from './security/ingress-without-tls.ts';
import { insecureSetting } from './security/insecure-setting.ts';
import { networkPolicyOpen } from './security/network-policy-open.ts';
import { openLoadBalancer } from './security/open-load-balancer.ts';
import { plaintextServicePort } from './security/plaintext-service-port.ts';
import { protectionTurnedOff } from './security/protection-turned-off.ts';
import { tokenMounted } from './security/token-mounted.ts';
import { unpolicedService } from './security/unpoliced-service.ts';
import { webhookWithoutCa } from './security/webhook-without-ca.ts';

export const rules: readonly Rule[] = [
  affinitySelectsNothing,
  jobBehindService,
  linkerdServerSelectsNothing,
  meshPolicyMismatch,
  monitorNotSelected,
  nodeSelectionContradicts,
  selectorUsesUnstableLabel,
  serviceHasNoEndpoints,
  serviceMissesWorkload,
  serviceSelectsNothing,
  serviceSelectsPartialBackends,
  topologyKeyUnknown,
  workloadSelectorMismatch,
  workloadsShareSelector,
  annotatedPortMissing,
  fieldWithoutEffect,
  hostPortConflict,
  imagePortMismatch,
  listensElsewhere,
  nodePortConflict,
  samePortTwoProtocols,
  schemeMismatch,
  scrapePortMismatch,
  targetPortAmbiguous,
  targetPortNameUnresolved,
  targetPortProtocolMismatch,
  targetPortUndeclared,
  targetPortsCrossed,
  initWaitsForItself,
  probeHost,
  probePortNameUnresolved,
  probePortUndeclared,
  probeTooLate,
  endpointAddressInvalid,
  endpointAddressOfPod,
  endpointsOverwritten,
  endpointsPortNameMismatch,
  endpointsTruncated,
  endpointsWithoutService,
  externalNameAddress,
  notReadyPublished,
  podSubdomainWithoutService,
  scaledToZero,
  serviceNotProxied,
  serviceWithoutEndpoints,
  sliceBesideSelector,
  slicePortNameMismatch,
  sliceWithoutService,
  statefulsetServiceMismatch,
  apiserviceServiceMissing,
  certManagerReferenceMissing,
  certificateNotIssued,
  certificateSecretUnusable,
  claimVolumeMismatch,
  defaultPortMissing,
  deliveryPathMissing,
  dnsNameMalformed,
  dnsNameUnresolved,
  dnsPolicyHidesServices,
  externalNamePort,
  externalNameUnresolved,
  hpaTargetMissing,
  imageInvalid,
  ingressBackendMissing,
  ingressPortMismatch,
  innerNameMissing,
  istioGatewayMissing,
  istioHostMissing,
  istioPortMismatch,
  istioSubsetMissing,
  istioSubsetSelectsNothing,
  namedObjectMissing,
  openshiftRouteMismatch,
  pdbSelectsNothing,
  podDependencyMissing,
  podMonitorMismatch,
  podPartMissing,
  policyTargetMissing,
  proxyRouteMismatch,
  rbacReferenceMissing,
  referenceGrantMissing,
  rolloutServiceMismatch,
  routeBackendMissing,
  routePortMismatch,
  scheduledRestart,
  serviceMonitorMismatch,
  serviceVariableTaken,
  streamServiceMismatch,
  tlsSecretMissing,
  variableUndefined,
  webhookCertificateMismatch,
  webhookServiceMissing,
  dnsEgressBlocked,
  networkPolicyBlocksCaller,
  networkPolicyBlocksService,
  networkPolicyPeerAbsent,
  networkPolicyRulesIgnored,
  networkPolicySelectsNothing,
  networkPolicyUsesServicePort,
  pluginPolicyMismatch,
  annotationMisspelt,
  annotationValueInvalid,
  backendProtocolMismatch,
  canaryWithoutMain,
  claimedTwice,
  gatewayClassMissing,
  gatewayListenerConflict,
  gatewayPortClosed,
  gatewayRefused,
  ingressClassMissing,
  ingressHostWithoutPaths,
  ingressPathLiteral,
  ingressRouteDuplicate,
  injectionMismatch,
  istioHostUnserved,
  istioRouteHidden,
  listenerCertificate,
  meshTlsMismatch,
  nodePortMissing,
  partNotIncluded,
  regexInvalid,
  rewriteGroupMissing,
  routeParentMissing,
  tlsHostMismatch,
  weightsAllZero,
  autoscalersShareTarget,
  budgetForbidsEviction,
  budgetsOverlap,
  hpaFightsReplicas,
  hpaMetricWithoutRequest,
  verticalAutoscalerIdle,
  duplicateKey,
  duplicateObject,
  invalidIgnore,
  kustomizationBroken,
  kustomizationWithoutEffect,
  lostIndentation,
  missingSeparator,
  operatorRefused,
  podSecurityLabelInvalid,
  podsRefused,
  quantityImplausible,
  rejectedObject,
  removedApi,
  rootNotAllowed,
  unknownField,
  unknownKind,
  unusedIgnore,
  variableRepeated,
  wrongType,
  yamlSyntax,
  cpuThrottled,
  exceedsOwnLimit,
  graceTooShort,
  grpcNotBalanced,
  hastyRestart,
  hpaCannotScale,
  hpaFlaps,
  istioFailoverIdle,
  leftSuspended,
  livenessBeforeReadiness,
  livenessEqualsReadiness,
  localTrafficPolicyGaps,
  noReadinessProbe,
  probeAsksAnother,
  readinessFlaps,
  replicasOnOneNode,
  rolloutDropsAllEndpoints,
  singleEndpoint,
  updateHeldBack,
  adminPathExposed,
  adminPortExposed,
  broadBinding,
  endpointsWriteAccess,
  escalatingRole,
  externalIps,
  externalNameInside,
  ingressWithoutTls,
  insecureSetting,
  networkPolicyOpen,
  openLoadBalancer,
  plaintextServicePort,
  protectionTurnedOff,
  tokenMounted,
  unpolicedService,
  webhookWithoutCa,
];
