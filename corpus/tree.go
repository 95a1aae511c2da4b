package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// A node is one JSON value. encoding/json's own decoding into structs would forgive what must not be forgiven here: a key
// given twice, a key in the wrong case, a field left out, null for anything.
type node struct {
	kind   string           // "object", "array", "string", "number", "boolean" or "null"
	text   string           // of a string, decoded, or of a number or boolean, as written
	list   []*node          // of an array
	fields map[string]*node // of an object
	keys   []string         // of an object, as written, repetitions included
	raw    json.RawMessage  // of an object, as written
}

// parse reads data as exactly one JSON value.
func parse(data []byte) (*node, error) {
	if !utf8.Valid(data) { // which encoding/json would mend
		return nil, errors.New("it is not UTF-8")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		line := bytes.Count(data, []byte("\n")) + 1
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			line = bytes.Count(data[:syntax.Offset], []byte("\n")) + 1
		}
		return nil, fmt.Errorf("%v in line %d", err, line)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return parseValue(decoder, data)
}

// parseValue reads the next value of data, which is known to be well-formed.
func parseValue(decoder *json.Decoder, data []byte) (*node, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case string:
		return &node{kind: "string", text: token}, nil
	case json.Number:
		return &node{kind: "number", text: token.String()}, nil
	case bool:
		return &node{kind: "boolean", text: strconv.FormatBool(token)}, nil
	case json.Delim:
		if token == '[' {
			return parseArray(decoder, data)
		}
		return parseObject(decoder, data)
	}
	return &node{kind: "null"}, nil
}

func parseArray(decoder *json.Decoder, data []byte) (*node, error) {
	array := &node{kind: "array"}
	for decoder.More() {
		element, err := parseValue(decoder, data)
		if err != nil {
			return nil, err
		}
		array.list = append(array.list, element)
	}
	_, err := decoder.Token()
	return array, err
}

func parseObject(decoder *json.Decoder, data []byte) (*node, error) {
	object := &node{kind: "object", fields: map[string]*node{}}
	start := decoder.InputOffset() - 1
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		value, err := parseValue(decoder, data)
		if err != nil {
			return nil, err
		}
		object.keys = append(object.keys, key.(string))
		object.fields[key.(string)] = value
	}
	_, err := decoder.Token()
	object.raw = data[start:decoder.InputOffset()]
	return object, err
}
