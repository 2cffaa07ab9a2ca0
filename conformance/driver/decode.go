package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/cli-runtime/pkg/resource"
)

// kindSchema is kubectl's own check before the server's: every document needs apiVersion and kind.
type kindSchema struct{}

func (kindSchema) ValidateBytes(data []byte) error {
	var obj map[string]any
	if err := yaml.Unmarshal(data, &obj); err != nil {
		return err
	}
	var missing []string
	for _, field := range []string{"kind", "apiVersion"} {
		switch v := obj[field].(type) {
		case nil:
			missing = append(missing, field+" not set")
		case string:
			if v == "" {
				missing = append(missing, field+" not set")
			}
		default:
			missing = append(missing, field+" is not a string")
		}
	}
	switch len(missing) {
	case 0:
		return nil
	case 1:
		return errors.New(missing[0])
	}
	return fmt.Errorf("[%s]", strings.Join(missing, ", "))
}

// item is one decoded object on its way through a scenario.
type item struct {
	file   string
	info   *resource.Info
	obj    *unstructured.Unstructured
	result *goldenObject
}

// read decodes the files as kubectl does.
func (c *cluster) read(root string, files []string) (items []*item, streamErrors []goldenStreamError) {
	for _, file := range files {
		rel, err := filepath.Rel(root, file)
		if err != nil {
			rel = file
		}
		result := c.factory.NewBuilder().Unstructured().Local().Schema(kindSchema{}).ContinueOnError().
			FilenameParam(false, &resource.FilenameOptions{Filenames: []string{file}}).Flatten().Do()
		err = result.Visit(func(info *resource.Info, err error) error {
			if err != nil {
				return err
			}
			obj, ok := info.Object.(*unstructured.Unstructured)
			if !ok {
				return fmt.Errorf("unexpected %T", info.Object)
			}
			items = append(items, &item{file: rel, info: info, obj: obj})
			return nil
		})
		if err != nil && !strings.Contains(err.Error(), "no objects passed to") {
			streamErrors = append(streamErrors, goldenStreamError{File: rel, Error: strings.ReplaceAll(err.Error(), file, rel)})
		}
	}
	return items, streamErrors
}
