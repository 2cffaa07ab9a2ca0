import { contains, parseCIDR } from '../../cluster/apiserver/ip-address.ts';

/**
 * Ranges of addresses that clusters give to pods and Services unless they are set up otherwise:
 * kubeadm and kind, flannel and k3s, minikube; 10.96.0.0/12 is kubeadm's for Services. That of
 * Calico's manifests, 192.168.0.0/16, is no sign: networks at home have it, too.
 */
const ranges = Object.entries({
  '10.244.0.0/16': 'the range of pods in kubeadm, kind and flannel',
  '10.42.0.0/16': 'the range of pods in k3s and RKE',
  '10.43.0.0/16': 'Services',
  '10.96.0.0/12': 'Services',
});

/** What an address or a range within one of them is for. */
export function purposeOfRange(text: string): string | undefined {
  const cidr = parseCIDR(text.includes('/') ? text : `${text}/32`);
  if (cidr === undefined) return undefined;
  return ranges.find(([range]) => {
    const whole = parseCIDR(range);
    return whole && whole.prefix <= cidr.prefix && contains(whole, cidr.network, cidr.isIPv4);
  })?.[1];
}
