//go:build tools

// Package controlplane names the two Kubernetes commands that the harness builds. Its go.mod differs from release to release: release.mjs makes it.
package controlplane

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
)
