package domain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/holiman/uint256"
)

// MarshalJSON writes a case as one JSON object on one line: kind, class (unless Given) and
// the fields that are not zero, integers as decimal strings.
func MarshalJSON(c Case) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"kind":%q`, c.Kind())
	if c.Class() != Given {
		fmt.Fprintf(&b, `,"class":%q`, c.Class())
	}
	for _, f := range c.fields() {
		if !f.zero() {
			fmt.Fprintf(&b, `,%q:`, f.name)
			f.writeJSON(&b)
		}
	}
	b.WriteByte('}')
	return b.Bytes()
}

// writeStep writes a step as an object of its fields that are not zero; its first, what is done, always.
func writeStep(b *bytes.Buffer, fields []field) {
	for i, f := range fields {
		switch {
		case i == 0:
			b.WriteByte('{')
		case f.zero():
			continue
		default:
			b.WriteByte(',')
		}
		fmt.Fprintf(b, `%q:`, f.name)
		f.writeJSON(b)
	}
	b.WriteByte('}')
}

func (f field) writeJSON(b *bytes.Buffer) {
	switch {
	case f.num != nil:
		fmt.Fprintf(b, "%q", f.decimal(f.num))
	case f.list != nil:
		b.WriteByte('[')
		for i := range *f.list {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(b, "%q", f.decimal(&(*f.list)[i]))
		}
		b.WriteByte(']')
	case f.names != nil:
		fmt.Fprintf(b, "%q", f.names[*f.small])
	case f.small != nil:
		fmt.Fprintf(b, "%d", *f.small)
	case f.steps != nil:
		b.WriteByte('[')
		for i := range *f.steps {
			if i > 0 {
				b.WriteByte(',')
			}
			writeStep(b, (*f.steps)[i].fields())
		}
		b.WriteByte(']')
	default:
		fmt.Fprint(b, *f.flag)
	}
}

// decimal writes z in decimal, with its sign where the field has one.
func (f field) decimal(z *uint256.Int) string {
	if f.signed && z.Sign() < 0 {
		return "-" + new(uint256.Int).Neg(z).Dec()
	}
	return z.Dec()
}

// UnmarshalJSON reads a case. Fields that are absent are zero; everything else
// that is not exactly a case is an error that names the field, what was found and
// what is wanted.
func UnmarshalJSON(data []byte) (Case, error) {
	members, err := object(data)
	if err != nil {
		return nil, err
	}
	var kind, class string
	if err := text(members, "kind", &kind); err != nil {
		return nil, err
	}
	info, err := lookup(Kind(kind))
	if err != nil {
		return nil, fmt.Errorf("field \"kind\": %w", err)
	}
	c := info.new()
	if _, ok := members["class"]; ok {
		if err := text(members, "class", &class); err != nil {
			return nil, err
		}
		if !slices.Contains(Classes(c.Kind()), class) {
			return nil, fmt.Errorf("field \"class\": kind %q has no class %q: want one of %s", kind, class, strings.Join(Classes(c.Kind()), ", "))
		}
		c.setClass(class)
	}
	delete(members, "kind")
	delete(members, "class")
	if err := readFields(c.fields(), members); err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(members) {
		return nil, fmt.Errorf("field %q: a case of kind %q has no such field", name, kind)
	}
	return c, nil
}

// readFields reads the fields that members have, and takes them out.
func readFields(fields []field, members map[string]json.RawMessage) error {
	for _, f := range fields {
		if value, ok := members[f.name]; ok {
			if err := f.readJSON(value); err != nil {
				return fmt.Errorf("field %q: %w", f.name, err)
			}
			delete(members, f.name)
		}
	}
	return nil
}

func readStep(value []byte, s *Step) error {
	members, err := object(value)
	if err != nil {
		return err
	}
	if _, ok := members["op"]; !ok {
		return errors.New(`field "op" is missing`)
	}
	if err := readFields(s.fields(), members); err != nil {
		return err
	}
	for _, name := range sortedKeys(members) {
		return fmt.Errorf("field %q: a step has no such field", name)
	}
	return nil
}

// object splits a JSON object into its members and refuses repeated names and trailing data.
func object(data []byte) (map[string]json.RawMessage, error) {
	if !utf8.Valid(data) { // which the decoder would mend
		return nil, errors.New("malformed JSON: it is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	open, err := d.Token()
	if err != nil {
		return nil, malformed(err)
	}
	if open != json.Delim('{') {
		return nil, fmt.Errorf("found %s where a JSON object { … } is wanted", excerpt(bytes.TrimSpace(data)))
	}
	members := map[string]json.RawMessage{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, malformed(err)
		}
		key, _ := name.(string)
		if _, twice := members[key]; twice {
			return nil, fmt.Errorf("field %q stands twice", key)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, malformed(err)
		}
		members[key] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, malformed(err)
	}
	if d.More() {
		return nil, fmt.Errorf("found %s after the closing brace: want one object", excerpt(bytes.TrimSpace(data[d.InputOffset():])))
	}
	return members, nil
}

func malformed(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("malformed JSON: it ends before the case does")
	}
	return fmt.Errorf("malformed JSON: %w", err)
}

func text(members map[string]json.RawMessage, name string, into *string) error {
	value, ok := members[name]
	if !ok {
		return fmt.Errorf("field %q is missing", name)
	}
	if err := json.Unmarshal(value, into); err != nil {
		return fmt.Errorf("field %q: found %s where a string is wanted", name, excerpt(value))
	}
	return nil
}

func sortedKeys(m map[string]json.RawMessage) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// MaxTokens is the most tokens a case holds: v2's library constant.
const MaxTokens = 100

func (f field) readJSON(value []byte) error {
	switch {
	case f.num != nil:
		return f.readNumber(value, f.num)
	case f.list != nil:
		var items []json.RawMessage
		if err := json.Unmarshal(value, &items); err != nil {
			return fmt.Errorf("found %s where an array of decimal strings is wanted", excerpt(value))
		}
		if len(items) > MaxTokens {
			return fmt.Errorf("found %d items where at most %d are wanted", len(items), MaxTokens)
		}
		*f.list = make([]uint256.Int, len(items))
		for i, item := range items {
			if err := f.readNumber(item, &(*f.list)[i]); err != nil {
				return fmt.Errorf("item %d: %w", i, err)
			}
		}
		return nil
	case f.names != nil:
		var name string
		if err := json.Unmarshal(value, &name); err != nil || !slices.Contains(f.names, name) {
			return fmt.Errorf("found %s where one of %s is wanted", excerpt(value), strings.Join(f.names, ", "))
		}
		*f.small = uint8(slices.Index(f.names, name))
		return nil
	case f.steps != nil:
		var items []json.RawMessage
		if err := json.Unmarshal(value, &items); err != nil {
			return fmt.Errorf("found %s where an array of steps is wanted", excerpt(value))
		}
		if len(items) > MaxSteps {
			return fmt.Errorf("found %d steps where at most %d are wanted", len(items), MaxSteps)
		}
		*f.steps = make([]Step, len(items))
		for i, item := range items {
			if err := readStep(item, &(*f.steps)[i]); err != nil {
				return fmt.Errorf("step %d: %w", i+1, err)
			}
		}
		return nil
	case f.small != nil:
		var n uint64
		if err := json.Unmarshal(value, &n); err != nil || n > uint64(f.max) {
			return fmt.Errorf("found %s where a whole number of 0…%d is wanted", excerpt(value), f.max)
		}
		*f.small = uint8(n)
		return nil
	default:
		if err := json.Unmarshal(value, f.flag); err != nil {
			return fmt.Errorf("found %s where true or false is wanted", excerpt(value))
		}
		return nil
	}
}

func (f field) readNumber(value []byte, z *uint256.Int) error {
	var s string
	if err := json.Unmarshal(value, &s); err != nil {
		return fmt.Errorf("found %s where a decimal string such as \"1000000000000000000\" is wanted", excerpt(value))
	}
	digits, negative := s, false
	if f.signed {
		digits, negative = strings.CutPrefix(s, "-")
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" || (len(digits) > 1 && digits[0] == '0') || (negative && digits == "0") {
		return fmt.Errorf("found %s where a whole decimal number without leading zeros is wanted", excerpt(value))
	}
	if err := z.SetFromDecimal(digits); err != nil {
		return fmt.Errorf("found %s: it does not fit 256 bits", excerpt(value))
	}
	if f.signed {
		limit := pow2(255)
		if negative && z.Gt(&limit) || !negative && !z.Lt(&limit) {
			return fmt.Errorf("found %s: it does not fit a signed 256-bit number", excerpt(value))
		}
		if negative {
			z.Neg(z)
		}
	}
	return nil
}

// excerpt shortens a value for an error message.
func excerpt(value []byte) string {
	const most = 90
	if len(value) > most {
		return string(value[:most]) + "…"
	}
	return string(value)
}
