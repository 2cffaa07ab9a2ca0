package main

import (
	"encoding/json"
	"slices"
	"sort"
)

// without copies m less the keys that have a field of their own; nil if nothing is left.
func without(m map[string]string, keys ...string) map[string]string {
	var out map[string]string
	for k, v := range m {
		if slices.Contains(keys, k) {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[k] = v
	}
	return out
}

// uniqueSorted sorts list in place and returns it without repetitions.
func uniqueSorted(list []string) []string {
	sort.Strings(list)
	var out []string
	for i, s := range list {
		if i == 0 || s != list[i-1] {
			out = append(out, s)
		}
	}
	return out
}

// sortJSON sorts list by the JSON of its items: any order will do that is the same in every run.
func sortJSON[T any](list []T) {
	type keyed struct {
		key  string
		item T
	}
	pairs := make([]keyed, len(list))
	for i, item := range list {
		data, _ := json.Marshal(item)
		pairs[i] = keyed{string(data), item}
	}
	sort.SliceStable(pairs, func(a, b int) bool { return pairs[a].key < pairs[b].key })
	for i := range pairs {
		list[i] = pairs[i].item
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
