package main

import (
	"encoding/json"
	"strings"

	"k8s.io/apimachinery/pkg/util/intstr"
)

// golden is what a control plane made of one scenario, as golden.json holds it; fixtures/conformance/README.md says what each key means.
type golden struct {
	Kubernetes   string                     `json:"kubernetes"`
	Cluster      goldenCluster              `json:"cluster"`
	Objects      []*goldenObject            `json:"objects"`
	StreamErrors []goldenStreamError        `json:"streamErrors,omitempty"`
	Workloads    map[string]*goldenWorkload `json:"workloads"`
	Services     map[string]*goldenService  `json:"services"`
	Unattached   *goldenUnattached          `json:"unattached,omitempty"`
}

type goldenCluster struct {
	IPFamilies    []string `json:"ipFamilies"`
	PodIPFamilies []string `json:"podIPFamilies"`
	Nodes         int      `json:"nodes"`
}

type goldenObject struct {
	File       string   `json:"file"`
	APIVersion string   `json:"apiVersion"`
	Ref        string   `json:"ref"`
	Accepted   bool     `json:"accepted"`
	Skipped    string   `json:"skipped,omitempty"`
	Reason     string   `json:"reason,omitempty"`
	Error      string   `json:"error,omitempty"`
	Warnings   []string `json:"warnings,omitempty"`
}

type goldenStreamError struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

type goldenWorkload struct {
	Pods         int               `json:"pods"`
	Ready        int               `json:"ready"`
	PodNames     []string          `json:"podNames,omitempty"`
	Labels       map[string]string `json:"labels,omitempty"`
	Hostnames    []string          `json:"hostnames,omitempty"`
	Subdomain    string            `json:"subdomain,omitempty"`
	CreateErrors []string          `json:"createErrors,omitempty"`
}

type goldenService struct {
	Stored    goldenStored    `json:"stored"`
	Slices    []*goldenSlice  `json:"slices"`
	Endpoints goldenEndpoints `json:"endpoints"`
	Events    []string        `json:"events,omitempty"`
}

type goldenStored struct {
	Type                     string            `json:"type"`
	ClusterIP                string            `json:"clusterIP"` // "None", "IP" or ""
	IPFamilyPolicy           string            `json:"ipFamilyPolicy,omitempty"`
	IPFamilies               []string          `json:"ipFamilies"`
	Selector                 map[string]string `json:"selector,omitempty"`
	PublishNotReadyAddresses bool              `json:"publishNotReadyAddresses,omitempty"`
	Ports                    []goldenSvcPort   `json:"ports"`
}

type goldenSvcPort struct {
	Name        string             `json:"name"`
	Protocol    string             `json:"protocol"`
	Port        int32              `json:"port"`
	TargetPort  intstr.IntOrString `json:"targetPort"`
	AppProtocol string             `json:"appProtocol,omitempty"`
	NodePort    any                `json:"nodePort,omitempty"`
}

type goldenPort struct {
	Name        *string `json:"name"`
	Port        *int32  `json:"port"`
	Protocol    *string `json:"protocol"`
	AppProtocol string  `json:"appProtocol,omitempty"`
}

type goldenSlice struct {
	ManagedBy     string            `json:"managedBy"`
	Name          string            `json:"name,omitempty"`
	AddressType   string            `json:"addressType"`
	HeadlessLabel bool              `json:"headlessLabel"`
	Labels        map[string]string `json:"labels,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
	Ports         []goldenPort      `json:"ports"`
	Sizes         []int             `json:"sizes"`
	Endpoints     []any             `json:"endpoints"`
}

// folded stands for all pods of one workload that look the same.
type folded struct {
	Workload      string   `json:"workload"`
	TargetRefKind string   `json:"targetRefKind"`
	Count         int      `json:"count"`
	Ready         int      `json:"ready"`
	Serving       int      `json:"serving"`
	Terminating   int      `json:"terminating,omitempty"`
	Hostnames     []string `json:"hostnames,omitempty"`
	Hints         []string `json:"hints,omitempty"`
}

// literalEndpoint is one endpoint that no pod of a workload is behind.
type literalEndpoint struct {
	Addresses  []string        `json:"addresses"`
	Conditions map[string]bool `json:"conditions,omitempty"`
	Hostname   string          `json:"hostname,omitempty"`
	NodeName   string          `json:"nodeName,omitempty"`
	Zone       string          `json:"zone,omitempty"`
	TargetRef  string          `json:"targetRef,omitempty"`
}

type goldenEndpoints struct {
	Present     bool              `json:"present"`
	ManagedBy   string            `json:"managedBy,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
	Headless    bool              `json:"headlessLabel,omitempty"`
	Subsets     []*goldenSubset   `json:"subsets,omitempty"`
	Truncated   bool              `json:"truncated,omitempty"`
}

type goldenSubset struct {
	Ports             []goldenPort `json:"ports"`
	Addresses         []any        `json:"addresses,omitempty"`
	NotReadyAddresses []any        `json:"notReadyAddresses,omitempty"`
}

// foldedAddress stands for all pods of one workload in a list of addresses.
type foldedAddress struct {
	Workload  string   `json:"workload"`
	Count     int      `json:"count"`
	Hostnames []string `json:"hostnames,omitempty"`
}

type literalAddress struct {
	IP        string `json:"ip"`
	Hostname  string `json:"hostname,omitempty"`
	NodeName  string `json:"nodeName,omitempty"`
	TargetRef string `json:"targetRef,omitempty"`
}

type goldenUnattached struct {
	Slices    map[string]*goldenSlice     `json:"slices,omitempty"`
	Endpoints map[string]*goldenEndpoints `json:"endpoints,omitempty"`
}

// encode gives the text of a golden file: two spaces of indentation, nothing escaped that JSON does not ask for.
func encode(g any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(g)
	return []byte(b.String()), err
}
