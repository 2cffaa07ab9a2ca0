package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// scenario is the optional scenario.json beside manifests/.
type scenario struct {
	Title         string   `json:"title"`
	Semantics     []string `json:"semantics,omitempty"`
	IPFamilies    []string `json:"ipFamilies,omitempty"`    // families of the cluster, primary first; default ["IPv4"]
	PodIPFamilies []string `json:"podIPFamilies,omitempty"` // families a pod gets; default: the cluster's
}

// readScenario reads scenario.json with its defaults; the file may be missing.
func readScenario(dir string) (scenario, error) {
	var sc scenario
	data, err := os.ReadFile(filepath.Join(dir, "scenario.json"))
	if err != nil && !os.IsNotExist(err) {
		return sc, err
	}
	if err == nil {
		if err := json.Unmarshal(data, &sc); err != nil {
			return sc, fmt.Errorf("%s/scenario.json: %w", dir, err)
		}
	}
	if len(sc.IPFamilies) == 0 {
		sc.IPFamilies = []string{"IPv4"}
	}
	if len(sc.PodIPFamilies) == 0 {
		sc.PodIPFamilies = sc.IPFamilies
	}
	return sc, nil
}

// manifestFiles lists a folder as `kubectl apply -f` does: its .json, .yaml and .yml files in lexical order, nothing below.
func manifestFiles(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		switch filepath.Ext(entry.Name()) {
		case ".json", ".yaml", ".yml":
			if !entry.IsDir() {
				files = append(files, filepath.Join(folder, entry.Name()))
			}
		}
	}
	return files, nil
}
