package main

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// owners finds the workload that a person wrote behind what controllers made: the Deployment of a ReplicaSet, the CronJob of a Job.
type owners struct {
	byUID  map[types.UID]string // workload -> top owner, as Kind/ns/name
	byName map[string]string    // Kind/ns/name of any workload -> top owner
}

// top is the topmost owner of an object, itself if it has none.
func (o *owners) top(kind string, meta *metav1.ObjectMeta) string {
	controller := metav1.GetControllerOf(meta)
	if controller == nil {
		return ref(kind, meta.Namespace, meta.Name)
	}
	if up, ok := o.byUID[controller.UID]; ok {
		return up
	}
	return ref(controller.Kind, meta.Namespace, controller.Name)
}

func (o *owners) note(kind string, meta *metav1.ObjectMeta) {
	up := o.top(kind, meta)
	o.byUID[meta.UID] = up
	o.byName[ref(kind, meta.Namespace, meta.Name)] = up
}

// readOwners lists every workload; owners come before what they own.
func (c *cluster) readOwners() (*owners, error) {
	o := &owners{byUID: map[types.UID]string{}, byName: map[string]string{}}
	all := metav1.ListOptions{}
	deployments, err := c.client.AppsV1().Deployments("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range deployments.Items {
		o.note("Deployment", &deployments.Items[i].ObjectMeta)
	}
	replicaSets, err := c.client.AppsV1().ReplicaSets("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range replicaSets.Items {
		o.note("ReplicaSet", &replicaSets.Items[i].ObjectMeta)
	}
	statefulSets, err := c.client.AppsV1().StatefulSets("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range statefulSets.Items {
		o.note("StatefulSet", &statefulSets.Items[i].ObjectMeta)
	}
	daemonSets, err := c.client.AppsV1().DaemonSets("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range daemonSets.Items {
		o.note("DaemonSet", &daemonSets.Items[i].ObjectMeta)
	}
	cronJobs, err := c.client.BatchV1().CronJobs("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range cronJobs.Items {
		o.note("CronJob", &cronJobs.Items[i].ObjectMeta)
	}
	jobs, err := c.client.BatchV1().Jobs("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range jobs.Items {
		o.note("Job", &jobs.Items[i].ObjectMeta)
	}
	controllers, err := c.client.CoreV1().ReplicationControllers("").List(ctx, all)
	if err != nil {
		return nil, err
	}
	for i := range controllers.Items {
		o.note("ReplicationController", &controllers.Items[i].ObjectMeta)
	}
	return o, nil
}
