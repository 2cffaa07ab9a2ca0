package main

import "sync"

// warningRecorder collects the warnings that the API server sends with its answers, each text once.
type warningRecorder struct {
	mu   sync.Mutex
	list []string
}

func (w *warningRecorder) HandleWarningHeader(code int, _ string, text string) {
	if code != 299 || text == "" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, old := range w.list {
		if old == text {
			return
		}
	}
	w.list = append(w.list, text)
}

// take returns what came in since the last call.
func (w *warningRecorder) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.list
	w.list = nil
	return l
}
