// Command driver asks a real Kubernetes control plane, one without nodes, what it makes of sets of manifests.
//
//	driver -kubeconfig FILE -families IPv4[,IPv6] -out FOLDER [-dumps FOLDER] SCENARIO...
//
// SCENARIO is a folder with manifests/ and scenario.json; the answer goes to FOLDER/<its name>.json. The driver applies the manifests as kubectl does,
// plays scheduler and kubelet, waits until the controllers are quiet and writes down what is stored.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	log.SetFlags(log.Ltime)
	kubeconfig := flag.String("kubeconfig", "", "how to reach the control plane")
	families := flag.String("families", "IPv4", "address families that the control plane was started with, primary first")
	out := flag.String("out", "", "folder for the answers")
	dumps := flag.String("dumps", "", "folder for what kubectl get would list of each cluster; none if empty")
	flag.Parse()
	if err := answerAll(*kubeconfig, strings.Split(*families, ","), *out, *dumps, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func answerAll(kubeconfig string, families []string, out, dumps string, scenarios []string) error {
	c, err := newCluster(kubeconfig, families)
	if err != nil {
		return err
	}
	defer os.RemoveAll(*c.flags.CacheDir)
	for i, folder := range scenarios {
		start := time.Now()
		name := filepath.Base(folder)
		if err := c.answer(folder, filepath.Join(out, name+".json")); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if dumps != "" {
			if err := c.dump(filepath.Join(dumps, name+".json")); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		log.Printf("%3d/%d  %-60s %.1f s", i+1, len(scenarios), name, time.Since(start).Seconds())
	}
	return nil
}

// answer plays one scenario and writes the golden of it to file.
func (c *cluster) answer(folder, file string) error {
	sc, err := readScenario(folder)
	if err != nil {
		return err
	}
	if asked := strings.Join(sc.IPFamilies, ","); asked != strings.Join(c.families, ",") {
		return fmt.Errorf("wants a cluster of %s", asked)
	}
	c.podFamilies = sc.PodIPFamilies
	manifests := filepath.Join(folder, "manifests")
	files, err := manifestFiles(manifests)
	if err != nil {
		return err
	}
	g, err := c.play(manifests, files)
	if err != nil {
		return err
	}
	data, err := encode(g)
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
