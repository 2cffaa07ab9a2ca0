package main

import (
	"fmt"
	"log"
	"slices"
	"strings"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// play runs one set of manifests from a clean cluster to the settled state.
func (c *cluster) play(root string, files []string) (*golden, error) {
	if err := c.wipe(); err != nil {
		return nil, err
	}
	items, streamErrors := c.read(root, files)
	g := &golden{Kubernetes: c.version, Cluster: goldenCluster{IPFamilies: c.families, PodIPFamilies: c.podFamilies, Nodes: 3}, StreamErrors: streamErrors, Objects: []*goldenObject{}}
	if err := c.prepare(items); err != nil {
		return nil, err
	}
	// Order: namespaces, everything else, Services last, so that a Service's endpoints come from one sync over settled pods.
	phase := func(it *item) int {
		switch {
		case it.obj.GetKind() == "Namespace" && it.obj.GetAPIVersion() == "v1":
			return 0
		case it.obj.GetKind() == "Service" && it.obj.GetAPIVersion() == "v1":
			return 2
		}
		return 1
	}
	for p := 0; p <= 2; p++ {
		for _, it := range items {
			if phase(it) == p {
				c.apply(it)
			}
		}
		if p == 1 {
			if err := c.tick(items); err != nil {
				return nil, err
			}
			quiet := 1200 * time.Millisecond
			if slices.ContainsFunc(items, func(it *item) bool { return it.obj.GetKind() == "HorizontalPodAutoscaler" }) {
				quiet = 4 * time.Second // the autoscaler comes round every 300 ms, and once more after each change
			}
			if err := c.settle(quiet, 4*time.Minute); err != nil {
				return nil, err
			}
		}
	}
	for attempt := 0; ; attempt++ {
		if err := c.settle(1300*time.Millisecond, 4*time.Minute); err != nil {
			return nil, err
		}
		missing := c.unsynced()
		if missing == "" {
			break
		}
		if attempt == 15 {
			return nil, fmt.Errorf("the controllers never synced %s", missing)
		}
		time.Sleep(time.Second)
	}
	for _, it := range items {
		g.Objects = append(g.Objects, it.result)
	}
	return g, c.collect(g)
}

// unsynced names a Service whose controllers have not run yet, "" if there is none.
func (c *cluster) unsynced() string {
	svcs, err := c.client.CoreV1().Services("").List(ctx, metav1.ListOptions{})
	if err != nil {
		return err.Error()
	}
	for i := range svcs.Items {
		s := &svcs.Items[i]
		if s.Spec.Type == corev1.ServiceTypeExternalName || s.Spec.Selector == nil {
			continue
		}
		slices, err := c.client.DiscoveryV1().EndpointSlices(s.Namespace).List(ctx, metav1.ListOptions{LabelSelector: "kubernetes.io/service-name=" + s.Name + ",endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io"})
		if err != nil || len(slices.Items) == 0 {
			return s.Namespace + "/" + s.Name
		}
		if _, err := c.client.CoreV1().Endpoints(s.Namespace).Get(ctx, s.Name, metav1.GetOptions{}); err != nil {
			return s.Namespace + "/" + s.Name
		}
	}
	return ""
}

// prepare creates what the manifests take for granted: their namespaces and nodes.
func (c *cluster) prepare(items []*item) error {
	declared, mentioned := map[string]bool{}, map[string]bool{}
	nodeNames, nodeLabels := map[string]bool{}, map[string]string{}
	for _, it := range items {
		if it.obj.GetKind() == "Namespace" {
			declared[it.obj.GetName()] = true
		}
		if ns := it.obj.GetNamespace(); ns != "" {
			mentioned[ns] = true
		}
		for _, path := range [][]string{{"spec"}, {"spec", "template", "spec"}} {
			if it.obj.GetKind() == "PersistentVolume" {
				continue
			}
			if n := nestedString(it.obj, append(path, "nodeName")...); n != "" && !strings.HasPrefix(n, "node-") {
				nodeNames[n] = true
			}
		}
		if it.obj.GetKind() == "DaemonSet" {
			sel, _, _ := unstructured.NestedStringMap(it.obj.Object, "spec", "template", "spec", "nodeSelector")
			for k, v := range sel {
				nodeLabels[k] = v
			}
		}
	}
	if err := c.addNodes(sortedKeys(nodeNames), nodeLabels); err != nil {
		return err
	}
	for _, ns := range sortedKeys(mentioned) {
		if declared[ns] {
			continue
		}
		_, err := c.client.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: ns}}, metav1.CreateOptions{})
		if err != nil && !apierrors.IsAlreadyExists(err) && !apierrors.IsInvalid(err) {
			return err
		}
	}
	return nil
}

// tick starts one Job of every CronJob, as its controller does at the scheduled time.
func (c *cluster) tick(items []*item) error {
	list, err := c.client.BatchV1().CronJobs("").List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range list.Items {
		cj := &list.Items[i]
		if cj.Spec.Suspend != nil && *cj.Spec.Suspend {
			continue
		}
		job := &batchv1.Job{
			ObjectMeta: metav1.ObjectMeta{
				Name: cj.Name + "-29000000", Namespace: cj.Namespace, Labels: cj.Spec.JobTemplate.Labels, Annotations: cj.Spec.JobTemplate.Annotations,
				OwnerReferences: []metav1.OwnerReference{*metav1.NewControllerRef(cj, batchv1.SchemeGroupVersion.WithKind("CronJob"))},
			},
			Spec: cj.Spec.JobTemplate.Spec,
		}
		if _, err := c.client.BatchV1().Jobs(cj.Namespace).Create(ctx, job, metav1.CreateOptions{}); err != nil {
			log.Printf("job of CronJob %s/%s: %v", cj.Namespace, cj.Name, err)
		}
	}
	return nil
}

// ref names an object as goldens do: Kind/namespace/name, or Kind/name.
func ref(kind, ns, name string) string {
	if ns == "" {
		return kind + "/" + name
	}
	return kind + "/" + ns + "/" + name
}

func nestedString(o *unstructured.Unstructured, path ...string) string {
	s, _, _ := unstructured.NestedString(o.Object, path...)
	return s
}
