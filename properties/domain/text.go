package domain

import (
	"fmt"
	"strings"

	"github.com/holiman/uint256"
)

// Describe writes a case for a person: a line per field, in decimal, with what
// 18 decimals make of it and with its unit.
func Describe(c Case) string {
	valid := "function-only"
	if c.PoolValid() {
		valid = "pool-valid"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, class %s, %s\n", c.Kind(), c.Class(), valid)
	for _, f := range c.fields() {
		if f.zero() && f.num == nil && f.list == nil {
			continue
		}
		if f.steps != nil {
			for i := range *f.steps {
				fmt.Fprintf(&b, "  step %-7d %s\n", i+1, (*f.steps)[i].String())
			}
			continue
		}
		fmt.Fprintf(&b, "  %-12s %s\n", f.name, f.describe())
	}
	return b.String()
}

func (f field) describe() string {
	switch {
	case f.num != nil:
		return f.describeNumber(f.num)
	case f.list != nil:
		parts := make([]string, len(*f.list))
		for i := range *f.list {
			parts[i] = f.describeNumber(&(*f.list)[i])
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case f.names != nil:
		return f.names[*f.small]
	case f.small != nil:
		return fmt.Sprint(*f.small)
	default:
		return fmt.Sprint(*f.flag)
	}
}

func (f field) describeNumber(z *uint256.Int) string {
	d := f.decimal(z)
	switch f.unit {
	case wei:
		return d + " wei (" + Decimal18(d) + ")"
	case fixed:
		return Decimal18(d)
	default:
		return d
	}
}

// Decimal18 writes an integer, given in decimal, as the 18-decimal fixed-point number it stands for.
func Decimal18(d string) string {
	sign := ""
	if strings.HasPrefix(d, "-") {
		sign, d = "-", d[1:]
	}
	if len(d) <= 18 {
		d = strings.Repeat("0", 19-len(d)) + d
	}
	whole, part := d[:len(d)-18], strings.TrimRight(d[len(d)-18:], "0")
	if part == "" {
		return sign + whole
	}
	return sign + whole + "." + part
}
