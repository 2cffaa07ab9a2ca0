package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
)

// cluster is a running control plane plus the scheduler and the kubelets that the driver plays.
type cluster struct {
	families    []string // of the cluster, primary first
	podFamilies []string // of the pods in the current scenario
	version     string
	flags       *genericclioptions.ConfigFlags
	factory     cmdutil.Factory
	client      kubernetes.Interface
	dynamic     dynamic.Interface
	warnings    *warningRecorder
	factoryInf  informers.SharedInformerFactory

	resources     []schema.GroupVersionResource // namespaced, listable and deletable
	clusterScoped []clusterObject               // created by the current scenario

	mu         sync.Mutex
	lastChange time.Time
	nodes      []string
	bound      map[types.UID]bool
	statusSet  map[types.UID]bool
	nextNode   int
	nextIP     int
}

type clusterObject struct {
	gvr  schema.GroupVersionResource
	name string
}

var ctx = context.Background()

// newCluster connects to the control plane of a kubeconfig whose cluster has the given families, primary first.
func newCluster(kubeconfig string, families []string) (*cluster, error) {
	c := &cluster{families: families, podFamilies: families, warnings: &warningRecorder{}, bound: map[types.UID]bool{}, statusSet: map[types.UID]bool{}}
	c.flags = genericclioptions.NewConfigFlags(true)
	c.flags.KubeConfig = &kubeconfig
	cacheDir, err := os.MkdirTemp("", "conformance-discovery-")
	if err != nil {
		return nil, err
	}
	c.flags.CacheDir = &cacheDir
	c.flags.WrapConfigFn = func(cfg *rest.Config) *rest.Config {
		cfg.WarningHandler = c.warnings
		cfg.QPS = -1
		return cfg
	}
	c.factory = cmdutil.NewFactory(c.flags)
	cfg, err := c.factory.ToRESTConfig()
	if err != nil {
		return nil, err
	}
	quiet := rest.CopyConfig(cfg)
	quiet.QPS = -1
	quiet.WarningHandler = rest.NoWarnings{}
	if c.client, err = kubernetes.NewForConfig(quiet); err != nil {
		return nil, err
	}
	if c.dynamic, err = dynamic.NewForConfig(quiet); err != nil {
		return nil, err
	}
	v, err := c.client.Discovery().ServerVersion()
	if err != nil {
		return nil, err
	}
	c.version = strings.TrimPrefix(v.GitVersion, "v")
	lists, err := c.client.Discovery().ServerPreferredNamespacedResources()
	if err != nil {
		return nil, err
	}
	for _, l := range lists {
		gv, _ := schema.ParseGroupVersion(l.GroupVersion)
		for _, r := range l.APIResources {
			verbs := strings.Join(r.Verbs, " ")
			if strings.Contains(verbs, "list") && strings.Contains(verbs, "deletecollection") && r.Name != "leases" {
				c.resources = append(c.resources, gv.WithResource(r.Name))
			}
		}
	}
	c.watch()
	return c, nil
}

// watch starts informers that note every change and hand pods to the played scheduler and kubelet.
func (c *cluster) watch() {
	f := informers.NewSharedInformerFactory(c.client, 0)
	c.factoryInf = f
	touch := func() { c.mu.Lock(); c.lastChange = time.Now(); c.mu.Unlock() }
	note := cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { touch() }, UpdateFunc: func(any, any) { touch() }, DeleteFunc: func(any) { touch() },
	}
	for _, inf := range []cache.SharedIndexInformer{
		f.Core().V1().Services().Informer(), f.Core().V1().Endpoints().Informer(), f.Discovery().V1().EndpointSlices().Informer(),
		f.Core().V1().ReplicationControllers().Informer(), f.Apps().V1().Deployments().Informer(), f.Apps().V1().ReplicaSets().Informer(),
		f.Apps().V1().StatefulSets().Informer(), f.Apps().V1().DaemonSets().Informer(), f.Batch().V1().Jobs().Informer(),
	} {
		_, _ = inf.AddEventHandler(note)
	}
	queue := make(chan string, 100000)
	enqueue := func(obj any) {
		touch()
		if key, err := cache.MetaNamespaceKeyFunc(obj); err == nil {
			queue <- key
		}
	}
	pods := f.Core().V1().Pods()
	_, _ = pods.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: enqueue, UpdateFunc: func(_, obj any) { enqueue(obj) }, DeleteFunc: func(any) { touch() },
	})
	for range 6 {
		go func() {
			for key := range queue {
				ns, name, _ := cache.SplitMetaNamespaceKey(key)
				if pod, err := pods.Lister().Pods(ns).Get(name); err == nil {
					c.runPod(pod.DeepCopy())
				}
			}
		}()
	}
	f.Start(ctx.Done())
	f.WaitForCacheSync(ctx.Done())
}

// settle waits until nothing relevant changed for quiet, or fails after limit.
func (c *cluster) settle(quiet, limit time.Duration) error {
	start := time.Now()
	for time.Since(start) < limit {
		c.mu.Lock()
		idle := time.Since(c.lastChange)
		c.mu.Unlock()
		if idle > quiet && time.Since(start) > quiet {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("the controllers did not settle within %s", limit)
}
