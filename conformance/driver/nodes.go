package main

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// addNodes creates three ready nodes in two zones, plus those that a pod names; labels are what DaemonSets ask for.
func (c *cluster) addNodes(named []string, labels map[string]string) error {
	names := []string{"node-1", "node-2", "node-3"}
	for i, name := range append(names, named...) {
		node := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{
			"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
			"beta.kubernetes.io/os": "linux", "beta.kubernetes.io/arch": "amd64",
			"topology.kubernetes.io/region": "region-1", "topology.kubernetes.io/zone": []string{"zone-a", "zone-b"}[i%2],
		}}}
		for k, v := range labels {
			if _, ok := node.Labels[k]; !ok {
				node.Labels[k] = v
			}
		}
		created, err := c.client.CoreV1().Nodes().Create(ctx, node, metav1.CreateOptions{})
		if err != nil {
			return err
		}
		created.Status.Conditions = []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue, Reason: "KubeletReady"}}
		created.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: fmt.Sprintf("10.0.0.%d", i+1)}}
		created.Status.Allocatable = resources()
		created.Status.Capacity = resources()
		if _, err := c.client.CoreV1().Nodes().UpdateStatus(ctx, created, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	c.mu.Lock()
	c.nodes = names
	c.mu.Unlock()
	return nil
}

// resources is more than any scenario asks for: nothing is ever refused for want of room.
func resources() corev1.ResourceList {
	return corev1.ResourceList{
		corev1.ResourceCPU: resource.MustParse("1000"), corev1.ResourceMemory: resource.MustParse("10Ti"), corev1.ResourcePods: resource.MustParse("100000"),
	}
}
