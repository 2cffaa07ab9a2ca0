package main

import (
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
)

const patience = 3 * time.Minute

// keep tells what is there from the start, and must stay.
func keep(gvr schema.GroupVersionResource, ns, name string) bool {
	switch {
	case gvr.Resource == "services" && ns == "default" && name == "kubernetes":
		return true
	case ns == "kube-system" || ns == "kube-public":
		return gvr.Resource == "configmaps" || gvr.Group == "rbac.authorization.k8s.io"
	}
	return false
}

// workloadOrder is owners before what they own, so that nothing is made anew.
var workloadOrder = []schema.GroupVersionResource{
	{Group: "batch", Version: "v1", Resource: "cronjobs"}, {Group: "batch", Version: "v1", Resource: "jobs"},
	{Group: "apps", Version: "v1", Resource: "deployments"}, {Group: "apps", Version: "v1", Resource: "replicasets"},
	{Group: "apps", Version: "v1", Resource: "statefulsets"}, {Group: "apps", Version: "v1", Resource: "daemonsets"},
	{Version: "v1", Resource: "replicationcontrollers"},
}

func deleteAtOnce() metav1.DeleteOptions {
	zero, background := int64(0), metav1.DeletePropagationBackground
	return metav1.DeleteOptions{GracePeriodSeconds: &zero, PropagationPolicy: &background}
}

// wipe brings the cluster back to the state in which it was started.
func (c *cluster) wipe() error {
	deadline := time.Now().Add(patience)
	for {
		left, err := c.deleteNamespaced()
		if err != nil {
			return err
		}
		if len(left) == 0 {
			break
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("cannot wipe: %v", left)
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err := c.deleteClusterScoped(); err != nil {
		return err
	}
	for !c.informersEmpty() {
		if time.Now().After(deadline) {
			return fmt.Errorf("the informers did not see the wipe")
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err := c.settle(600*time.Millisecond, time.Minute); err != nil {
		return err
	}
	c.mu.Lock()
	c.bound, c.statusSet = map[types.UID]bool{}, map[types.UID]bool{}
	c.nextNode, c.nextIP = 0, 0
	c.nodes = nil
	c.mu.Unlock()
	return nil
}

// deleteNamespaced deletes everything in every namespace and names what was still there; events do not count.
func (c *cluster) deleteNamespaced() (left []string, err error) {
	for _, gvr := range append(append([]schema.GroupVersionResource{}, workloadOrder...), c.resources...) {
		names, err := c.deleteAll(gvr)
		if err != nil {
			return nil, err
		}
		if gvr.Resource != "events" {
			left = append(left, names...)
		}
	}
	return left, nil
}

func (c *cluster) deleteAll(gvr schema.GroupVersionResource) (found []string, err error) {
	list, err := c.dynamic.Resource(gvr).List(ctx, metav1.ListOptions{})
	if apierrors.IsNotFound(err) || apierrors.IsMethodNotSupported(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", gvr.Resource, err)
	}
	namespaces := map[string]bool{}
	for i := range list.Items {
		ns, name := list.Items[i].GetNamespace(), list.Items[i].GetName()
		if keep(gvr, ns, name) {
			continue
		}
		found = append(found, gvr.Resource+"/"+ns+"/"+name)
		resource := c.dynamic.Resource(gvr).Namespace(ns)
		if len(list.Items[i].GetFinalizers()) > 0 {
			_, _ = resource.Patch(ctx, name, types.MergePatchType, []byte(`{"metadata":{"finalizers":null}}`), metav1.PatchOptions{})
		}
		if gvr.Resource == "services" || ns == "kube-system" || ns == "kube-public" {
			_ = resource.Delete(ctx, name, deleteAtOnce())
		} else {
			namespaces[ns] = true
		}
	}
	for ns := range namespaces {
		err := c.dynamic.Resource(gvr).Namespace(ns).DeleteCollection(ctx, deleteAtOnce(), metav1.ListOptions{})
		if err != nil && !apierrors.IsNotFound(err) {
			return nil, fmt.Errorf("delete %s: %w", gvr.Resource, err)
		}
	}
	return found, nil
}

// deleteClusterScoped deletes the nodes, the namespaces that were added, and what the scenario made outside of namespaces.
func (c *cluster) deleteClusterScoped() error {
	for _, o := range c.clusterScoped {
		_ = c.dynamic.Resource(o.gvr).Delete(ctx, o.name, deleteAtOnce())
	}
	c.clusterScoped = nil
	if err := c.client.CoreV1().Nodes().DeleteCollection(ctx, deleteAtOnce(), metav1.ListOptions{}); err != nil {
		return err
	}
	namespaces, err := c.client.CoreV1().Namespaces().List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range namespaces.Items {
		ns := &namespaces.Items[i]
		switch ns.Name {
		case "default", "kube-system", "kube-public", "kube-node-lease":
			continue
		}
		// No namespace controller runs that would finalize it.
		_ = c.client.CoreV1().Namespaces().Delete(ctx, ns.Name, deleteAtOnce())
		ns.Spec.Finalizers = nil
		ns.ResourceVersion = ""
		_, _ = c.client.CoreV1().Namespaces().Finalize(ctx, ns, metav1.UpdateOptions{})
	}
	return nil
}

// informersEmpty tells whether the informers have seen the wipe, too: they decide when the next scenario has settled.
func (c *cluster) informersEmpty() bool {
	for _, key := range c.factoryInf.Core().V1().Services().Informer().GetStore().ListKeys() {
		if key != "default/kubernetes" {
			return false
		}
	}
	return len(c.factoryInf.Core().V1().Pods().Informer().GetStore().ListKeys()) == 0
}
