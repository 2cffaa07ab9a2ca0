package main

import (
	"encoding/json"
	"regexp"
	"sort"
	"strings"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// unpredictable is labels whose values no one can know beforehand.
var unpredictable = map[string]bool{
	"pod-template-hash": true, "controller-revision-hash": true, "controller-uid": true, "batch.kubernetes.io/controller-uid": true,
	"topology.kubernetes.io/zone": true, "topology.kubernetes.io/region": true,
}

var (
	uuid    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	pointer = regexp.MustCompile(`\(0x[0-9a-f]+\)`) // up to 1.33, messages print values with %#v
	podName = regexp.MustCompile(`\b(Pod|pods) "[^"]+"`)
)

// withoutRandom removes from a message what is different in every run.
func withoutRandom(message string) string {
	return pointer.ReplaceAllString(uuid.ReplaceAllString(message, "*"), "(*)")
}

// clean removes the names of pods, too.
func clean(message string) string {
	return withoutRandom(podName.ReplaceAllString(message, `$1 "*"`))
}

// state is everything that a settled cluster holds and a golden tells of.
type state struct {
	owners    *owners
	pods      []corev1.Pod
	events    []corev1.Event
	services  []corev1.Service
	slices    []discoveryv1.EndpointSlice
	endpoints []corev1.Endpoints
	podOwner  map[types.UID]string // pod -> its workload
}

func (c *cluster) readState() (*state, error) {
	all := metav1.ListOptions{}
	s := &state{podOwner: map[types.UID]string{}}
	var err error
	if s.owners, err = c.readOwners(); err != nil {
		return nil, err
	}
	pods, err := c.client.CoreV1().Pods("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	events, err := c.client.CoreV1().Events("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	services, err := c.client.CoreV1().Services("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	endpointSlices, err := c.client.DiscoveryV1().EndpointSlices("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	endpoints, err := c.client.CoreV1().Endpoints("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	s.pods, s.events, s.services, s.slices, s.endpoints = pods.Items, events.Items, services.Items, endpointSlices.Items, endpoints.Items
	for i := range s.pods {
		s.podOwner[s.pods[i].UID] = s.owners.top("Pod", &s.pods[i].ObjectMeta)
	}
	return s, nil
}

// collect writes the settled state into g.
func (c *cluster) collect(g *golden) error {
	s, err := c.readState()
	if err != nil {
		return err
	}
	serviceEvents := map[string][]string{}
	g.Workloads = s.workloads()
	for i := range s.events {
		e := &s.events[i]
		switch e.Reason {
		case "FailedCreate":
			if up, ok := s.owners.byName[ref(e.InvolvedObject.Kind, e.InvolvedObject.Namespace, e.InvolvedObject.Name)]; ok {
				w := g.Workloads[up]
				w.CreateErrors = uniqueSorted(append(w.CreateErrors, clean(strings.TrimPrefix(e.Message, "(combined from similar events): "))))
			}
		case "TooManyAddressesToMirror", "InvalidIPAddress", "FailedToCreateEndpoint":
			key := e.InvolvedObject.Namespace + "/" + e.InvolvedObject.Name
			serviceEvents[key] = uniqueSorted(append(serviceEvents[key], e.Reason+": "+e.Message))
		}
	}
	g.Services = map[string]*goldenService{}
	for i := range s.services {
		service := &s.services[i]
		if key := service.Namespace + "/" + service.Name; key != "default/kubernetes" {
			g.Services[key] = s.service(service)
			g.Services[key].Events = serviceEvents[key]
		}
	}
	g.Unattached = s.unattached(g.Services)
	return nil
}

// workloads says of each top owner which pods it really has.
func (s *state) workloads() map[string]*goldenWorkload {
	workloads := map[string]*goldenWorkload{}
	for _, up := range s.owners.byUID {
		workloads[up] = &goldenWorkload{}
	}
	for i := range s.pods {
		p := &s.pods[i]
		key := s.podOwner[p.UID]
		if workloads[key] == nil {
			workloads[key] = &goldenWorkload{}
		}
		w := workloads[key]
		w.Pods++
		for _, cond := range p.Status.Conditions {
			if cond.Type == corev1.PodReady && cond.Status == corev1.ConditionTrue {
				w.Ready++
			}
		}
		if strings.HasPrefix(key, "StatefulSet/") {
			w.PodNames = append(w.PodNames, p.Name)
		}
		if p.Spec.Hostname != "" {
			w.Hostnames = append(w.Hostnames, p.Spec.Hostname)
		}
		w.Subdomain = p.Spec.Subdomain
		w.Labels = commonLabels(w, p, strings.HasPrefix(key, "CronJob/"))
	}
	for _, w := range workloads {
		sort.Strings(w.PodNames)
		w.Hostnames = uniqueSorted(w.Hostnames)
	}
	return workloads
}

// commonLabels is the labels of w's pods including p, with * for a value that differs from pod to pod or that nobody can predict.
func commonLabels(w *goldenWorkload, p *corev1.Pod, ofCronJob bool) map[string]string {
	labels := w.Labels
	if w.Pods == 1 {
		labels = map[string]string{}
	}
	for k, v := range p.Labels {
		switch {
		case w.Pods > 1:
			if labels[k] != v {
				labels[k] = "*"
			}
		case unpredictable[k] || ofCronJob && strings.HasSuffix(k, "job-name"):
			labels[k] = "*"
		default:
			labels[k] = v
		}
	}
	return labels
}

// service is a Service with its slices, the automatic ones that differ only in their endpoints as one, and its Endpoints.
func (s *state) service(service *corev1.Service) *goldenService {
	out := &goldenService{Stored: stored(service), Slices: []*goldenSlice{}}
	groups := map[string]*goldenSlice{}
	for i := range s.slices {
		sl := &s.slices[i]
		if sl.Namespace != service.Namespace || sl.Labels[discoveryv1.LabelServiceName] != service.Name {
			continue
		}
		slice := foldSlice(sl, s.podOwner)
		if slice.ManagedBy != sliceController || slice.Name != "" {
			out.Slices = append(out.Slices, slice)
			continue
		}
		id, _ := json.Marshal([]any{slice.AddressType, slice.HeadlessLabel, slice.Labels, slice.Ports})
		if same, ok := groups[string(id)]; ok {
			same.Sizes = append(same.Sizes, slice.Sizes...)
			same.Endpoints = append(same.Endpoints, slice.Endpoints...)
		} else {
			groups[string(id)] = slice
			out.Slices = append(out.Slices, slice)
		}
	}
	for _, slice := range groups {
		sort.Sort(sort.Reverse(sort.IntSlice(slice.Sizes)))
		slice.Endpoints = mergeFolded(slice.Endpoints)
	}
	sortJSON(out.Slices)
	for i := range s.endpoints {
		if e := &s.endpoints[i]; e.Namespace == service.Namespace && e.Name == service.Name {
			out.Endpoints = *foldEndpoints(e, s.podOwner)
		}
	}
	return out
}

// unattached is slices and Endpoints that belong to no Service, nil if there are none.
func (s *state) unattached(services map[string]*goldenService) *goldenUnattached {
	out := &goldenUnattached{Slices: map[string]*goldenSlice{}, Endpoints: map[string]*goldenEndpoints{}}
	for i := range s.slices {
		sl := &s.slices[i]
		if name := sl.Labels[discoveryv1.LabelServiceName]; services[sl.Namespace+"/"+name] == nil && sl.Name != "kubernetes" {
			out.Slices[sl.Namespace+"/"+sl.Name] = foldSlice(sl, s.podOwner)
		}
	}
	for i := range s.endpoints {
		if e := &s.endpoints[i]; services[e.Namespace+"/"+e.Name] == nil && e.Name != "kubernetes" {
			out.Endpoints[e.Namespace+"/"+e.Name] = foldEndpoints(e, s.podOwner)
		}
	}
	if len(out.Slices)+len(out.Endpoints) == 0 {
		return nil
	}
	return out
}

// stored is a Service after admission and defaulting, less its addresses.
func stored(s *corev1.Service) goldenStored {
	out := goldenStored{
		Type: string(s.Spec.Type), ClusterIP: s.Spec.ClusterIP, IPFamilies: []string{}, Selector: s.Spec.Selector,
		PublishNotReadyAddresses: s.Spec.PublishNotReadyAddresses, Ports: []goldenSvcPort{},
	}
	if out.ClusterIP != "" && out.ClusterIP != "None" {
		out.ClusterIP = "IP"
	}
	for _, f := range s.Spec.IPFamilies {
		out.IPFamilies = append(out.IPFamilies, string(f))
	}
	if s.Spec.IPFamilyPolicy != nil {
		out.IPFamilyPolicy = string(*s.Spec.IPFamilyPolicy)
	}
	for _, p := range s.Spec.Ports {
		gp := goldenSvcPort{Name: p.Name, Protocol: string(p.Protocol), Port: p.Port, TargetPort: p.TargetPort}
		if p.AppProtocol != nil {
			gp.AppProtocol = *p.AppProtocol
		}
		if p.NodePort != 0 {
			gp.NodePort = "allocated"
		}
		out.Ports = append(out.Ports, gp)
	}
	return out
}
