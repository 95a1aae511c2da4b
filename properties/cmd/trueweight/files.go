package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// replaceFile writes a file under a temporary name beside it and renames it, so that a
// full disk or an interruption leaves the old one whole.
func replaceFile(name string, data []byte) (err error) {
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			os.Remove(temporary.Name())
		}
	}()
	if _, err = temporary.Write(data); err == nil {
		err = temporary.Sync()
	}
	if closeErr := temporary.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(temporary.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w; the file is as it was", name, err)
	}
	return nil
}

// root returns the directory of the module's go.mod, above the working directory.
func root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "properties", "property.go")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("this is not inside a checkout of trueweight: REPORT.md and properties/evidence belong to one")
		}
		dir = parent
	}
}
