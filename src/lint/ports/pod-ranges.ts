/**
 * Ranges of addresses that clusters give to pods and Services unless they are set up otherwise:
 * kubeadm and kind, flannel and k3s, minikube; 10.96.0.0/12 is kubeadm's for Services. That of
 * Calico's manifests, 192.168.0.0/16, is no sign: networks at home have it, too.
 */
const ranges: readonly (readonly [cidr: string, what: string])[] = [
  ['10.244.0.0/16', 'the range of pods in kubeadm, kind and flannel'],
  ['10.42.0.0/16', 'the range of pods in k3s and RKE'],
  ['10.43.0.0/16', 'Services'],
  ['10.96.0.0/12', 'Services'],
];

/** What an address or a range within one of them is for. */
export function purposeOfRange(cidr: string): string | undefined {
  const [address = '', bits = '32'] = cidr.split('/');
  const number = numberOf(address);
  if (number === undefined) return undefined;
  return ranges.find(([range]) => {
    const [start = '', length = '0'] = range.split('/');
    const size = 2 ** (32 - Number(length));
    const from = numberOf(start) ?? 0;
    return Number(bits) >= Number(length) && number >= from && number < from + size;
  })?.[1];
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  const isAddress = parts.length === 4 && parts.every((part) => part >= 0 && part < 256);
  return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
