/** Custom resources that many clusters have; src/generated/custom-fields.ts has their fields. */
export const describedKinds: readonly (readonly [group: string, kinds: readonly string[]])[] = [
  ['argoproj.io', ['Application', 'Rollout']],
  ['cert-manager.io', ['Certificate']],
  ['cilium.io', ['CiliumNetworkPolicy']],
  ['external-secrets.io', ['ExternalSecret']],
  [
    'gateway.networking.k8s.io',
    ['GRPCRoute', 'Gateway', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'],
  ],
  ['helm.toolkit.fluxcd.io', ['HelmRelease']],
  ['keda.sh', ['ScaledObject']],
  ['kustomize.toolkit.fluxcd.io', ['Kustomization']],
  ['monitoring.coreos.com', ['PodMonitor', 'Probe', 'PrometheusRule', 'ServiceMonitor']],
  [
    'networking.istio.io',
    ['DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'VirtualService'],
  ],
  ['projectcontour.io', ['HTTPProxy']],
  ['security.istio.io', ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication']],
  ['source.toolkit.fluxcd.io', ['GitRepository']],
  ['traefik.io', ['IngressRoute', 'IngressRouteTCP']],
];
