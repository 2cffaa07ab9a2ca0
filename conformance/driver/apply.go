package main

import (
	"errors"
	"io"
	"log"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/resource"
	"k8s.io/kubectl/pkg/cmd/apply"

	"github.com/spf13/cobra"
)

// notApplied is the kinds that would change the control plane itself; they never make an endpoint.
var notApplied = map[string]bool{
	"CustomResourceDefinition": true, "APIService": true, "Node": true, "FlowSchema": true, "PriorityLevelConfiguration": true,
	"ValidatingWebhookConfiguration": true, "MutatingWebhookConfiguration": true,
	"ValidatingAdmissionPolicy": true, "ValidatingAdmissionPolicyBinding": true, "MutatingAdmissionPolicy": true, "MutatingAdmissionPolicyBinding": true,
}

// apply runs `kubectl apply` for one object and records the answer.
func (c *cluster) apply(it *item) {
	obj := it.obj
	it.result = &goldenObject{File: it.file, APIVersion: obj.GetAPIVersion(), Ref: ref(obj.GetKind(), obj.GetNamespace(), obj.GetName())}
	r := it.result
	if notApplied[obj.GetKind()] {
		r.Skipped = "kind that the harness does not apply"
		return
	}
	mapper, err := c.factory.ToRESTMapper()
	if err != nil {
		log.Fatal(err)
	}
	gvk := obj.GroupVersionKind()
	mapping, err := mapper.RESTMapping(gvk.GroupKind(), gvk.Version)
	if err != nil {
		if meta.IsNoMatchError(err) {
			r.Skipped = err.Error()
			return
		}
		r.Error = err.Error()
		return
	}
	info := it.info
	info.Source = "" // keeps the path of this machine out of messages
	info.Mapping = mapping
	if info.Client, err = c.factory.UnstructuredClientForMapping(mapping); err != nil {
		log.Fatal(err)
	}
	namespaced := mapping.Scope.Name() == meta.RESTScopeNameNamespace
	if namespaced && obj.GetNamespace() == "" {
		obj.SetNamespace("default")
	}
	info.Namespace, info.Name = obj.GetNamespace(), obj.GetName()
	if !namespaced {
		info.Namespace = ""
	}
	r.Ref = ref(obj.GetKind(), info.Namespace, info.Name)
	streams := genericiooptions.IOStreams{In: strings.NewReader(""), Out: io.Discard, ErrOut: io.Discard}
	flags := apply.NewApplyFlags(streams)
	cmd := &cobra.Command{Use: "apply"}
	flags.AddFlags(cmd)
	*flags.DeleteFlags.FileNameFlags.Filenames = []string{"-"}
	opts, err := flags.ToOptions(c.factory, cmd, "kubectl", nil)
	if err != nil {
		log.Fatal(err)
	}
	opts.SetObjects([]*resource.Info{info})
	c.warnings.take()
	err = opts.Run()
	r.Warnings = c.warnings.take()
	if err != nil {
		r.Error = withoutRandom(message(err))
		var status apierrors.APIStatus
		if errors.As(err, &status) {
			r.Reason = string(status.Status().Reason)
		}
		return
	}
	r.Accepted = true
	if !namespaced && obj.GetKind() != "Namespace" {
		c.clusterScoped = append(c.clusterScoped, clusterObject{mapping.Resource, info.Name})
	}
}

func message(err error) string {
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		return status.Status().Message
	}
	return err.Error()
}
