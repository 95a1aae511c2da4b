package domain

import (
	"fmt"
	"slices"

	"github.com/holiman/uint256"
)

// The byte form of a case has a fixed layout, so that a fuzzer's small changes
// stay small: kind (1 byte, its place in Kinds), class (1 byte, 0 for Given, else
// its place in Classes plus one), then the fields in order. A number takes 32
// bytes, big endian; a small number or flag one byte; a list takes one byte for
// its length here and its items, 32 bytes each, after all other fields. So do
// steps, each laid out as a case's fields are.

// Encode returns the byte form of c.
func Encode(c Case) []byte {
	out := []byte{byte(slices.Index(Kinds(), c.Kind())), byte(slices.Index(Classes(c.Kind()), c.Class()) + 1)}
	return appendFields(out, c.fields())
}

func appendFields(out []byte, fields []field) []byte {
	var tail []byte
	for _, f := range fields {
		switch {
		case f.num != nil:
			b := f.num.Bytes32()
			out = append(out, b[:]...)
		case f.list != nil:
			out = append(out, byte(len(*f.list)))
			for _, z := range *f.list {
				b := z.Bytes32()
				tail = append(tail, b[:]...)
			}
		case f.small != nil:
			out = append(out, *f.small)
		case f.steps != nil:
			out = append(out, byte(len(*f.steps)))
			for i := range *f.steps {
				tail = appendFields(tail, (*f.steps)[i].fields())
			}
		default:
			out = append(out, 0)
			if *f.flag {
				out[len(out)-1] = 1
			}
		}
	}
	return append(out, tail...)
}

// Decode reads what Encode wrote, and refuses anything else.
func Decode(data []byte) (Case, error) {
	if len(data) < 2 {
		return nil, fmt.Errorf("%d bytes are too few for a case", len(data))
	}
	if int(data[0]) >= len(kinds) {
		return nil, fmt.Errorf("kind %d does not exist: there are %d", data[0], len(kinds))
	}
	if most := len(kinds[data[0]].classes); int(data[1]) > most {
		return nil, fmt.Errorf("class %d does not exist: kind %s has %d", data[1], kinds[data[0]].kind, most)
	}
	c := DecodeAny(data)
	if again := Encode(c); !slices.Equal(again, data) {
		return nil, fmt.Errorf("%d bytes are not the form of a %s case, which takes %d", len(data), c.Kind(), len(again))
	}
	return c, nil
}

// DecodeAny reads any bytes as a case: what is missing is zero, what is too
// large is taken modulo its limit, what is left over is ignored.
func DecodeAny(data []byte) Case {
	take := func(n int) []byte {
		part := make([]byte, n)
		k := copy(part, data)
		data = data[k:]
		return part
	}
	info := kinds[int(take(1)[0])%len(kinds)]
	return decodeFields(info, int(take(1)[0]), take)
}

// DecodeKind reads any bytes as the fields of a case of one kind, as DecodeAny does.
func DecodeKind(k Kind, data []byte) Case {
	info, err := lookup(k)
	if err != nil {
		panic(err)
	}
	return DecodeAny(append([]byte{byte(slices.Index(Kinds(), info.kind)), 0}, data...))
}

func decodeFields(info kindInfo, class int, take func(int) []byte) Case {
	c := info.new()
	if class %= len(info.classes) + 1; class > 0 {
		c.setClass(info.classes[class-1].name)
	}
	takeFields(c.fields(), take)
	return c
}

func takeFields(fields []field, take func(int) []byte) {
	lengths := make([]int, len(fields))
	for i, f := range fields {
		switch {
		case f.num != nil:
			f.num.SetBytes32(take(32))
		case f.list != nil:
			lengths[i] = int(take(1)[0]) % (MaxTokens + 1)
		case f.small != nil:
			*f.small = uint8(int(take(1)[0]) % (int(f.max) + 1))
		case f.steps != nil:
			lengths[i] = int(take(1)[0]) % (MaxSteps + 1)
		default:
			*f.flag = take(1)[0]&1 == 1
		}
	}
	for i, f := range fields {
		switch {
		case f.list != nil:
			*f.list = make([]uint256.Int, lengths[i])
			for j := range *f.list {
				(*f.list)[j].SetBytes32(take(32))
			}
		case f.steps != nil:
			*f.steps = make([]Step, lengths[i])
			for j := range *f.steps {
				takeFields((*f.steps)[j].fields(), take)
			}
		}
	}
}
