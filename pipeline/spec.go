package pipeline

import (
	"fmt"
	"os"

	"locatematch/matchers"
	"locatematch/pipeline/leads/policy"
)

// builtIn names the product's own spec, model and policy where a path could stand.
const builtIn = "built-in"

// LoadSpec reads a spec from YAML, or gives the built-in one for "" and "built-in".
func LoadSpec(path string) (*matchers.Spec, error) {
	if path == "" || path == builtIn {
		return matchers.BuiltInSpec(), nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	spec := &matchers.Spec{}
	if err := decodeStrict(path, raw, spec); err != nil {
		return nil, err
	}
	if err := spec.Validate(); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrConfig, path, err)
	}
	return spec, nil
}

// LoadModel reads a model from JSON, with its frequencies from the sidecar beside it, and refuses one made for another spec or
// with another sidecar; "" and "built-in" give the built-in model.
func LoadModel(path string, spec *matchers.Spec) (*matchers.Model, error) {
	if path == "" || path == builtIn {
		return matchers.BuiltInModel(spec), nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	m, err := matchers.DecodeModel(raw)
	if err == nil {
		err = loadFrequencies(path, m)
	}
	if err == nil {
		err = m.Check(spec)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrConfig, path, err)
	}
	return m, nil
}

// CheckPolicy reads layers over the built-in policy and names every fault of every file.
func CheckPolicy(paths []string) (*policy.Policy, error) {
	p, err := policy.Check(paths)
	if err != nil {
		return nil, fmt.Errorf("%w:\n%w", ErrConfig, err)
	}
	return p, nil
}

// LoadPolicy reads the agency's layers over the built-in policy; none, or "built-in", gives that one alone.
func LoadPolicy(paths []string) (*policy.Policy, error) {
	if len(paths) == 1 && (paths[0] == "" || paths[0] == builtIn) {
		paths = nil
	}
	p, err := policy.Load(paths)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return p, nil
}
