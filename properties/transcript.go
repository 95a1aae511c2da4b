package properties

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/trueweight/trueweight/properties/domain"
)

// Transcript writes what a subject does with a script, operation by operation: what is asked, in raw units, what moves, and
// the state that it leaves. A script that can't be followed to its end, because the subject panics, ends there.
func Transcript(w io.Writer, s *Subject, c *domain.Sequence) (err error) {
	var b strings.Builder
	tellSteps(&b, s, c)
	_, err = io.WriteString(w, b.String())
	return err
}

func tellSteps(b *strings.Builder, s *Subject, c *domain.Sequence) {
	if s.NewPool == nil {
		return
	}
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(b, "  the subject panics here: %v\n", r)
		}
	}()
	err := replayed(s, c, func(m *moment) bool {
		if m.step == 0 {
			fmt.Fprintf(b, "  what happens (raw units of each token, wei of BPT; tokens counted from 0):\n")
		}
		name := fmt.Sprintf("%d", m.step+1)
		if m.batch {
			name = fmt.Sprintf("%d–%d", m.step+1, m.step+len(m.actions))
		}
		for i := range m.actions {
			fmt.Fprintf(b, "  %7s  %s\n", name, m.actions[i].describe())
			name = ""
		}
		if m.err != nil {
			fmt.Fprintf(b, "           fails: %s; nothing changes\n", failureLabel(m.err))
			return true
		}
		fmt.Fprintf(b, "           %s\n           → %s\n", m.moved.describe(), describeState(&m.after))
		return true
	})
	if err != nil {
		fmt.Fprintf(b, "  no such pool is created: %s\n", failureLabel(err))
	}
}

// describe writes an operation with its arguments.
func (a *Action) describe() string {
	switch a.Op {
	case domain.SwapGivenIn:
		return fmt.Sprintf("%v: %s of token %d for token %d", a.Op, a.Amount.Dec(), a.TokenIn, a.TokenOut)
	case domain.SwapGivenOut:
		return fmt.Sprintf("%v: token %d for %s of token %d", a.Op, a.TokenIn, a.Amount.Dec(), a.TokenOut)
	case domain.JoinExactToken, domain.Donate:
		return fmt.Sprintf("%v: %s of token %d", a.Op, a.Amount.Dec(), a.TokenIn)
	case domain.ExitExactToken:
		return fmt.Sprintf("%v: %s of token %d", a.Op, a.Amount.Dec(), a.TokenOut)
	case domain.JoinForBptOneToken:
		return fmt.Sprintf("%v: token %d for %s BPT", a.Op, a.TokenIn, a.Amount.Dec())
	case domain.ExitBptForOneToken:
		return fmt.Sprintf("%v: %s BPT for token %d", a.Op, a.Amount.Dec(), a.TokenOut)
	case domain.JoinForBptProportional, domain.ExitBptProportional:
		return fmt.Sprintf("%v: %s BPT", a.Op, a.Amount.Dec())
	case domain.AdvanceClock:
		return fmt.Sprintf("%v: %s seconds", a.Op, a.Amount.Dec())
	case domain.ChangeRate:
		return fmt.Sprintf("%v: of token %d to %s", a.Op, a.TokenIn, domain.Decimal18(a.Amount.Dec()))
	case domain.ChangeWeights:
		return fmt.Sprintf("%v: to %s from %s to %s seconds", a.Op, decimals(a.Amounts), a.Start.Dec(), a.End.Dec())
	case domain.CollectProtocolFees:
		return a.Op.String()
	default:
		return fmt.Sprintf("%v: %s", a.Op, decimals(a.Amounts))
	}
}

func decimals(list []num) string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].Dec()
	}
	return "[" + strings.Join(out, " ") + "]"
}

// describe writes what moved, leaving out what did not.
func (m *Moved) describe() string {
	var parts []string
	some := func(list []num) bool { return slices.ContainsFunc(list, func(z num) bool { return !z.IsZero() }) }
	for _, p := range []struct {
		name string
		list []num
	}{{"in", m.In}, {"out", m.Out}, {"to the protocol", m.ProtocolOut}} {
		if some(p.list) {
			parts = append(parts, p.name+" "+decimals(p.list))
		}
	}
	for _, p := range []struct {
		name string
		z    num
	}{{"BPT minted", m.BptOut}, {"BPT burnt", m.BptIn}, {"BPT minted to the protocol", m.ProtocolBpt}} {
		if !p.z.IsZero() {
			parts = append(parts, p.name+" "+p.z.Dec())
		}
	}
	if parts == nil {
		return "nothing moves"
	}
	return strings.Join(parts, ", ")
}
