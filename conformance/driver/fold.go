package main

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/types"
)

const sliceController = "endpointslice-controller.k8s.io"

// noise is annotations that every object has or that have a field of their own.
var noise = []string{corev1.LastAppliedConfigAnnotation, corev1.EndpointsLastChangeTriggerTime, corev1.EndpointsOverCapacity}

// foldSlice drops what is random of a slice; the endpoints of an automatic one are folded by workload.
func foldSlice(sl *discoveryv1.EndpointSlice, podOwner map[types.UID]string) *goldenSlice {
	out := &goldenSlice{ManagedBy: sl.Labels[discoveryv1.LabelManagedBy], AddressType: string(sl.AddressType), Sizes: []int{len(sl.Endpoints)}, Endpoints: []any{}}
	_, out.HeadlessLabel = sl.Labels["service.kubernetes.io/headless"]
	out.Labels = without(sl.Labels, discoveryv1.LabelServiceName, discoveryv1.LabelManagedBy, "service.kubernetes.io/headless")
	out.Annotations = without(sl.Annotations, noise...)
	for _, p := range sl.Ports {
		gp := goldenPort{Name: p.Name, Port: p.Port}
		if p.Protocol != nil {
			s := string(*p.Protocol)
			gp.Protocol = &s
		}
		if p.AppProtocol != nil {
			gp.AppProtocol = *p.AppProtocol
		}
		out.Ports = append(out.Ports, gp)
	}
	sortJSON(out.Ports)
	byHand := sl.GenerateName == ""
	if byHand {
		out.Name = sl.Name
	}
	for i := range sl.Endpoints {
		e := &sl.Endpoints[i]
		owner := ""
		if e.TargetRef != nil {
			owner = podOwner[e.TargetRef.UID]
		}
		if out.ManagedBy == sliceController && !byHand && owner != "" {
			out.Endpoints = append(out.Endpoints, foldEndpoint(e, owner))
		} else {
			out.Endpoints = append(out.Endpoints, literal(e))
		}
	}
	sortJSON(out.Endpoints)
	return out
}

// foldEndpoint counts one endpoint as its workload's.
func foldEndpoint(e *discoveryv1.Endpoint, owner string) *folded {
	f := &folded{
		Workload: owner, TargetRefKind: e.TargetRef.Kind, Count: 1,
		Ready: one(e.Conditions.Ready), Serving: one(e.Conditions.Serving), Terminating: one(e.Conditions.Terminating),
	}
	if e.Hostname != nil {
		f.Hostnames = []string{*e.Hostname}
	}
	if e.Hints != nil {
		if len(e.Hints.ForZones) == 1 && e.Zone != nil && e.Hints.ForZones[0].Name == *e.Zone {
			f.Hints = append(f.Hints, "same zone")
		}
		if len(e.Hints.ForNodes) == 1 && e.NodeName != nil && e.Hints.ForNodes[0].Name == *e.NodeName {
			f.Hints = append(f.Hints, "same node")
		}
	}
	return f
}

// literal copies an endpoint as it is.
func literal(e *discoveryv1.Endpoint) *literalEndpoint {
	out := &literalEndpoint{Addresses: e.Addresses, Conditions: map[string]bool{}}
	for name, v := range map[string]*bool{"ready": e.Conditions.Ready, "serving": e.Conditions.Serving, "terminating": e.Conditions.Terminating} {
		if v != nil {
			out.Conditions[name] = *v
		}
	}
	if e.Hostname != nil {
		out.Hostname = *e.Hostname
	}
	if e.NodeName != nil {
		out.NodeName = *e.NodeName
	}
	if e.Zone != nil {
		out.Zone = *e.Zone
	}
	if e.TargetRef != nil {
		out.TargetRef = ref(e.TargetRef.Kind, e.TargetRef.Namespace, e.TargetRef.Name)
	}
	return out
}

// mergeFolded adds up the endpoints of one workload that have the same hints.
func mergeFolded(list []any) []any {
	byOwner := map[string]*folded{}
	var out []any
	for _, v := range list {
		f, ok := v.(*folded)
		if !ok {
			out = append(out, v)
			continue
		}
		id := f.Workload + "|" + strings.Join(f.Hints, ",")
		m := byOwner[id]
		if m == nil {
			byOwner[id] = f
			out = append(out, f)
			continue
		}
		m.Count += f.Count
		m.Ready += f.Ready
		m.Serving += f.Serving
		m.Terminating += f.Terminating
		m.Hostnames = append(m.Hostnames, f.Hostnames...)
	}
	for _, m := range byOwner {
		m.Hostnames = uniqueSorted(m.Hostnames)
	}
	if out == nil {
		out = []any{}
	}
	sortJSON(out)
	return out
}

// foldEndpoints drops what is random of a v1 Endpoints object and folds its addresses by workload.
func foldEndpoints(e *corev1.Endpoints, podOwner map[types.UID]string) *goldenEndpoints {
	out := &goldenEndpoints{Present: true, ManagedBy: e.Labels["endpoints.kubernetes.io/managed-by"], Labels: without(e.Labels, "service.kubernetes.io/headless", "endpoints.kubernetes.io/managed-by"), Annotations: without(e.Annotations, noise...)}
	_, out.Headless = e.Labels["service.kubernetes.io/headless"]
	out.Truncated = e.Annotations[corev1.EndpointsOverCapacity] == "truncated"
	for i := range e.Subsets {
		s := &e.Subsets[i]
		gs := &goldenSubset{Addresses: foldAddresses(s.Addresses, podOwner), NotReadyAddresses: foldAddresses(s.NotReadyAddresses, podOwner)}
		for _, p := range s.Ports {
			name, number, protocol := p.Name, p.Port, string(p.Protocol)
			gp := goldenPort{Name: &name, Port: &number, Protocol: &protocol}
			if p.AppProtocol != nil {
				gp.AppProtocol = *p.AppProtocol
			}
			gs.Ports = append(gs.Ports, gp)
		}
		sortJSON(gs.Ports)
		out.Subsets = append(out.Subsets, gs)
	}
	sortJSON(out.Subsets)
	return out
}

// one is 1 for a condition that is true.
func one(b *bool) int {
	if b != nil && *b {
		return 1
	}
	return 0
}

// foldAddresses counts the addresses of each workload and keeps those of no pod as they are.
func foldAddresses(list []corev1.EndpointAddress, podOwner map[types.UID]string) []any {
	byOwner := map[string]*foldedAddress{}
	var res []any
	for i := range list {
		a := &list[i]
		owner := ""
		if a.TargetRef != nil {
			owner = podOwner[a.TargetRef.UID]
		}
		if owner == "" {
			lit := &literalAddress{IP: a.IP, Hostname: a.Hostname}
			if a.NodeName != nil {
				lit.NodeName = *a.NodeName
			}
			if a.TargetRef != nil {
				lit.TargetRef = ref(a.TargetRef.Kind, a.TargetRef.Namespace, a.TargetRef.Name)
			}
			res = append(res, lit)
			continue
		}
		m := byOwner[owner]
		if m == nil {
			m = &foldedAddress{Workload: owner}
			byOwner[owner] = m
			res = append(res, m)
		}
		m.Count++
		if a.Hostname != "" {
			m.Hostnames = uniqueSorted(append(m.Hostnames, a.Hostname))
		}
	}
	sortJSON(res)
	return res
}
