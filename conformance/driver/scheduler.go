package main

import (
	"log"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// runPod plays scheduler and kubelet for one pod: bind it, then report it running.
func (c *cluster) runPod(pod *corev1.Pod) {
	pods := c.client.CoreV1().Pods(pod.Namespace)
	if pod.DeletionTimestamp != nil {
		zero := int64(0)
		_ = pods.Delete(ctx, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: &zero})
		return
	}
	if pod.Spec.NodeName == "" {
		if len(pod.Spec.SchedulingGates) > 0 {
			return
		}
		c.mu.Lock()
		node := daemonNode(pod)
		if c.bound[pod.UID] || len(c.nodes) == 0 {
			c.mu.Unlock()
			return
		}
		c.bound[pod.UID] = true
		if node == "" {
			node = c.nodes[c.nextNode%len(c.nodes)]
			c.nextNode++
		}
		c.mu.Unlock()
		err := pods.Bind(ctx, &corev1.Binding{
			ObjectMeta: metav1.ObjectMeta{Namespace: pod.Namespace, Name: pod.Name, UID: pod.UID},
			Target:     corev1.ObjectReference{Kind: "Node", Name: node},
		}, metav1.CreateOptions{})
		if err != nil && !apierrors.IsNotFound(err) && !apierrors.IsConflict(err) {
			log.Printf("bind %s/%s: %v", pod.Namespace, pod.Name, err)
		}
		return
	}
	c.mu.Lock()
	if c.statusSet[pod.UID] {
		c.mu.Unlock()
		return
	}
	c.statusSet[pod.UID] = true
	c.nextIP++
	n := c.nextIP
	c.mu.Unlock()
	for {
		c.fillStatus(pod, n)
		_, err := pods.UpdateStatus(ctx, pod, metav1.UpdateOptions{})
		if err == nil || apierrors.IsNotFound(err) {
			return
		}
		if !apierrors.IsConflict(err) {
			log.Printf("status of %s/%s: %v", pod.Namespace, pod.Name, err)
			return
		}
		fresh, err := pods.Get(ctx, pod.Name, metav1.GetOptions{})
		if err != nil || fresh.UID != pod.UID {
			return
		}
		pod = fresh
	}
}

// daemonNode is the node that the DaemonSet controller chose for the pod, "" for other pods.
func daemonNode(pod *corev1.Pod) string {
	a := pod.Spec.Affinity
	if a == nil || a.NodeAffinity == nil || a.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution == nil {
		return ""
	}
	for _, term := range a.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms {
		for _, f := range term.MatchFields {
			if f.Key == "metadata.name" && len(f.Values) == 1 {
				return f.Values[0]
			}
		}
	}
	return ""
}
