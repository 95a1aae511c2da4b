package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// replaceFile writes a file under a temporary name beside it and renames it, so that a
// full disk or an interruption leaves the old one whole. A link stays, and what it points to is replaced; what is no
// regular file, such as a device or a directory, is refused: renaming would put a file in its place.
func replaceFile(name string, data []byte) (err error) {
	if info, statErr := os.Lstat(name); statErr == nil {
		if name, err = filepath.EvalSymlinks(name); err == nil {
			info, err = os.Stat(name)
		}
		if err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("writing %s: it is %s: want the name of a file, old or new", name, kindOfFile(info.Mode()))
		}
	}
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

// replaceable says why a file could not be replaced after hours of work, if it can be seen before.
func replaceable(name string) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is %s: want the name of a file, old or new", name, kindOfFile(info.Mode()))
	}
	probe, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return fmt.Errorf("%s could not be written: %w", name, err)
	}
	probe.Close()
	return os.Remove(probe.Name())
}

func kindOfFile(m os.FileMode) string {
	switch {
	case m.IsDir():
		return "a directory"
	case m&os.ModeDevice != 0:
		return "a device"
	default:
		return "no regular file"
	}
}

// readLimited reads everything, but not without end.
func readLimited(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("it has more than %d bytes", most)
	}
	return data, err
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
