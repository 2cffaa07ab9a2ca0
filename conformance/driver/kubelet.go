package main

import (
	"fmt"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// nodeIndex makes the last part of a node's address out of its name.
func nodeIndex(name string) int {
	h := 0
	for _, r := range name {
		h = (h*31 + int(r)) % 200
	}
	return h + 1
}

func (c *cluster) fillStatus(pod *corev1.Pod, n int) {
	var ips []corev1.PodIP
	for _, family := range c.podFamilies {
		ip := ""
		switch {
		case family == "IPv4" && pod.Spec.HostNetwork:
			ip = fmt.Sprintf("10.0.0.%d", nodeIndex(pod.Spec.NodeName))
		case family == "IPv4":
			ip = fmt.Sprintf("10.244.%d.%d", n/250, n%250+1)
		case pod.Spec.HostNetwork:
			ip = fmt.Sprintf("fd00:10::%x", nodeIndex(pod.Spec.NodeName))
		default:
			ip = fmt.Sprintf("fd00:10:244::%x", n)
		}
		ips = append(ips, corev1.PodIP{IP: ip})
	}
	now := metav1.Now()
	st := &pod.Status
	st.PodIPs, st.PodIP = ips, ips[0].IP
	st.StartTime = &now
	st.Phase = corev1.PodRunning
	ready := true
	st.ContainerStatuses, st.InitContainerStatuses = nil, nil
	blocked := false
	for i := range pod.Spec.InitContainers {
		ct := &pod.Spec.InitContainers[i]
		sidecar := ct.RestartPolicy != nil && *ct.RestartPolicy == corev1.ContainerRestartPolicyAlways
		s := corev1.ContainerStatus{Name: ct.Name, Image: ct.Image, ImageID: "img", ContainerID: "fake://" + ct.Name}
		if sidecar {
			s.State.Running = &corev1.ContainerStateRunning{StartedAt: now}
			started := probeCanSucceed(ct, ct.StartupProbe)
			s.Started = &started
			s.Ready = started && probeCanSucceed(ct, ct.ReadinessProbe)
			ready = ready && s.Ready
			blocked = blocked || !started // the next container only starts after a sidecar has started
		} else {
			s.State.Terminated = &corev1.ContainerStateTerminated{Reason: "Completed", StartedAt: now, FinishedAt: now, ContainerID: "fake://" + ct.Name}
			s.Ready = true
		}
		st.InitContainerStatuses = append(st.InitContainerStatuses, s)
	}
	for i := range pod.Spec.Containers {
		ct := &pod.Spec.Containers[i]
		s := corev1.ContainerStatus{Name: ct.Name, Image: ct.Image, ImageID: "img", ContainerID: "fake://" + ct.Name}
		if blocked {
			s.State.Waiting = &corev1.ContainerStateWaiting{Reason: "PodInitializing"}
			ready = false
		} else {
			started := probeCanSucceed(ct, ct.StartupProbe)
			s.State.Running = &corev1.ContainerStateRunning{StartedAt: now}
			s.Started = &started
			s.Ready = started && probeCanSucceed(ct, ct.ReadinessProbe)
			ready = ready && s.Ready
		}
		st.ContainerStatuses = append(st.ContainerStatuses, s)
	}
	if blocked {
		st.Phase = corev1.PodPending
	}
	containersReady := ready
	for range pod.Spec.ReadinessGates {
		ready = false // nobody sets the gate's condition
	}
	set := func(t corev1.PodConditionType, ok bool) {
		v := corev1.ConditionFalse
		if ok {
			v = corev1.ConditionTrue
		}
		for i := range st.Conditions {
			if st.Conditions[i].Type == t {
				st.Conditions[i].Status = v
				return
			}
		}
		st.Conditions = append(st.Conditions, corev1.PodCondition{Type: t, Status: v, LastTransitionTime: now})
	}
	set(corev1.PodScheduled, true)
	set(corev1.PodInitialized, !blocked)
	set(corev1.ContainersReady, containersReady)
	set(corev1.PodReady, ready)
}

// probeCanSucceed follows pkg/probe ResolveContainerPort: a name is looked up in the same container's ports, protocol ignored,
// and otherwise parsed as a number. Everything else about a probe is taken to succeed.
func probeCanSucceed(ct *corev1.Container, p *corev1.Probe) bool {
	if p == nil {
		return true
	}
	var port *intstr.IntOrString
	switch {
	case p.HTTPGet != nil:
		port = &p.HTTPGet.Port
	case p.TCPSocket != nil:
		port = &p.TCPSocket.Port
	}
	if port == nil || port.Type == intstr.Int {
		return true
	}
	for _, cp := range ct.Ports {
		if cp.Name == port.StrVal {
			return true
		}
	}
	_, err := strconv.Atoi(port.StrVal)
	return err == nil
}
