/** API groups of custom resources that several rooms ask about. */
export const gatewayGroup = 'gateway.networking.k8s.io';
export const monitoringGroup = 'monitoring.coreos.com';
