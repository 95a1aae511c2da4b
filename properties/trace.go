package properties

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"sync"

	"github.com/trueweight/trueweight/reference/exact"
)

// A claim sees a subject only through its answers. So a subject that answers every question of a trace as the
// traced subject did gets the traced verdict, and asking the questions again costs a thousandth of judging.

// A question is what a claim asked a subject: one operation, or one pool from its creation on.
type question struct {
	Operation uint8 // the field of Subject
	Arguments []any // of an operation: num, []num, int, uint8 or bool
	Config    *PoolConfig
	Events    []event  // of a pool, Config's
	Want      uint64   // digest of an operation's answer, and of its arguments after it
	Reaches   []uint16 // functions, by the probe's numbers, in order
}

// An event is one call on a pool or on one of its clones.
type event struct {
	On      uint16 // the pool: 0 for the created one, then clones in order
	Call    poolCall
	Actions []Action // of do and batch
	Want    uint64   // digest of the answer
}

type poolCall uint8

const (
	callCreate poolCall = iota
	callDo
	callBatch
	callClone
	callSnapshot
)

// operationField is the place of an operation among Subject's fields.
func operationField(name string) uint8 {
	f, ok := reflect.TypeFor[Subject]().FieldByName(name)
	if !ok {
		panic(harnessFault("no operation is called " + name))
	}
	return uint8(f.Index[0])
}

var newPoolField = operationField("NewPool")

// A listener notes what a subject is asked.
type listener struct {
	mu    sync.Mutex // FP-PURE asks from several goroutines
	asked []*question
}

// listen returns the subject with its questions noted.
func (l *listener) listen(s *Subject) *Subject {
	c := s.clone()
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Func || f.IsNil() || uint8(i) == newPoolField {
			continue
		}
		call := reflect.ValueOf(f.Interface())
		f.Set(reflect.MakeFunc(f.Type(), func(args []reflect.Value) []reflect.Value {
			q := &question{Operation: uint8(i), Arguments: copied(args)}
			out := call.Call(args)
			q.Want = answered(out, args)
			l.note(q)
			return out
		}))
	}
	if create := s.NewPool; create != nil {
		c.NewPool = func(config PoolConfig) (LivePool, error) {
			q := &question{Operation: newPoolField, Config: config.clone()}
			l.note(q)
			p, err := create(config)
			q.Events = append(q.Events, event{Want: failureDigest(err)})
			if err != nil {
				return p, err
			}
			return &tracedPool{LivePool: p, q: q, pools: new(uint16)}, nil
		}
	}
	return c
}

func (l *listener) note(q *question) {
	l.mu.Lock()
	l.asked = append(l.asked, q)
	l.mu.Unlock()
}

// take returns what was asked since it was called last.
func (l *listener) take() []*question {
	list := l.asked
	l.asked = nil
	return list
}

// tracedPool notes what is asked of a pool.
type tracedPool struct {
	LivePool
	q     *question
	id    uint16
	pools *uint16 // clones so far, of the created pool and of all its clones
}

func (p *tracedPool) Do(a Action) (Moved, error) {
	e := event{On: p.id, Call: callDo, Actions: cloneActions([]Action{a})}
	m, err := p.LivePool.Do(a)
	e.Want = movedDigest(m, err, []Action{a})
	p.q.Events = append(p.q.Events, e)
	return m, err
}

func (p *tracedPool) Batch(swaps []Action) (Moved, error) {
	e := event{On: p.id, Call: callBatch, Actions: cloneActions(swaps)}
	m, err := p.LivePool.Batch(swaps)
	e.Want = movedDigest(m, err, swaps)
	p.q.Events = append(p.q.Events, e)
	return m, err
}

func (p *tracedPool) Clone() LivePool {
	*p.pools++
	p.q.Events = append(p.q.Events, event{On: p.id, Call: callClone})
	return &tracedPool{LivePool: p.LivePool.Clone(), q: p.q, id: *p.pools, pools: p.pools}
}

func (p *tracedPool) Snapshot() Snapshot {
	s := p.LivePool.Snapshot()
	p.q.Events = append(p.q.Events, event{On: p.id, Call: callSnapshot, Want: snapshotDigest(s)})
	return s
}

// answeredBy reports whether a subject answers the question as the traced one did; a panic is another answer.
func (q *question) answeredBy(s *Subject) (same bool) {
	defer func() {
		if recover() != nil {
			same = false
		}
	}()
	if q.Operation == newPoolField {
		return q.replayedBy(s)
	}
	args := make([]reflect.Value, len(q.Arguments))
	for i, a := range q.Arguments {
		if list, ok := a.([]num); ok {
			a = slices.Clone(list)
		}
		args[i] = reflect.ValueOf(a)
	}
	return answered(reflect.ValueOf(s).Elem().Field(int(q.Operation)).Call(args), args) == q.Want
}

// replayedBy does the events of a pool again. Answers are compared when they are given and again
// in the end: a pool that lends its own memory changes them later. The lists that the pool was given are
// overwritten: a pool that keeps them changes with them.
func (q *question) replayedBy(s *Subject) bool {
	config := q.Config.clone()
	p, err := s.NewPool(*config)
	config.spoil()
	if failureDigest(err) != q.Events[0].Want {
		return false
	}
	pools := []LivePool{p}
	again := make([]func() uint64, 0, len(q.Events))
	var wants []uint64
	for _, e := range q.Events[1:] {
		var answer func() uint64
		switch on := pools[e.On]; e.Call {
		case callClone:
			pools = append(pools, on.Clone())
			continue
		case callSnapshot:
			state := on.Snapshot()
			answer = func() uint64 { return snapshotDigest(state) }
		case callBatch:
			swaps := cloneActions(e.Actions)
			m, err := on.Batch(swaps)
			answer = func() uint64 { return movedDigest(m, err, swaps) }
		default:
			actions := cloneActions(e.Actions)
			m, err := on.Do(actions[0])
			answer = func() uint64 { return movedDigest(m, err, actions) }
		}
		if answer() != e.Want {
			return false
		}
		again, wants = append(again, answer), append(wants, e.Want)
	}
	for i := range again {
		if again[i]() != wants[i] {
			return false
		}
	}
	return true
}

// key tells questions apart.
func (q *question) key() uint64 {
	d := newDigest()
	d.word(uint64(q.Operation))
	for _, a := range q.Arguments {
		d.value(reflect.ValueOf(a))
	}
	if q.Config != nil {
		d.text(fmt.Sprint(*q.Config))
		for _, e := range q.Events {
			d.word(uint64(e.On))
			d.word(uint64(e.Call))
			for _, a := range e.Actions {
				d.action(a)
			}
		}
	}
	return d.sum()
}

func copied(args []reflect.Value) []any {
	list := make([]any, len(args))
	for i := range args {
		list[i] = args[i].Interface()
		if numbers, ok := list[i].([]num); ok {
			list[i] = slices.Clone(numbers)
		}
	}
	return list
}

func (c *PoolConfig) clone() *PoolConfig {
	d := *c
	d.Decimals, d.Rates, d.Weights = slices.Clone(c.Decimals), slices.Clone(c.Rates), slices.Clone(c.Weights)
	return &d
}

func cloneActions(list []Action) []Action {
	list = slices.Clone(list)
	for i := range list {
		list[i].Amounts = slices.Clone(list[i].Amounts)
	}
	return list
}

// A digest sums up answers in 64 bits, the same in every process.
type digest struct{ h uint64 }

func newDigest() *digest { return &digest{14695981039346656037} }

// word mixes 64 bits: FNV-1a on words, with a shift that brings high bits down.
func (d *digest) word(w uint64) {
	d.h = (d.h ^ w) * 0x9e3779b97f4a7c15
	d.h ^= d.h >> 29
}

func (d *digest) sum() uint64 { return d.h }

func (d *digest) text(s string) {
	h := fnv.New64a()
	h.Write([]byte(s))
	d.word(h.Sum64())
}

func (d *digest) num(z *num) {
	for _, w := range z {
		d.word(w)
	}
}

func (d *digest) list(list []num) {
	d.word(uint64(len(list)))
	for i := range list {
		d.num(&list[i])
	}
}

func (d *digest) action(a Action) {
	d.word(uint64(a.Op))
	d.word(uint64(a.TokenIn))
	d.word(uint64(a.TokenOut))
	d.num(&a.Amount)
	d.list(a.Amounts)
	d.num(&a.Start)
	d.num(&a.End)
}

// failure takes in all that a claim can see of a failure.
func (d *digest) failure(err error) {
	if err == nil {
		d.word(0)
		return
	}
	d.word(1)
	d.text(err.Error())
	d.text(failureName(err, exact.V2))
	d.text(failureName(err, exact.V3))
	if args, ok := carried(err); ok {
		for _, a := range args {
			d.text(a.String())
		}
	}
}

func (d *digest) value(v reflect.Value) {
	switch x := v.Interface().(type) {
	case num:
		d.num(&x)
	case []num:
		d.list(x)
	case int:
		d.word(uint64(x))
	case uint8:
		d.word(uint64(x))
	case bool:
		if x {
			d.word(1)
		} else {
			d.word(0)
		}
	case nil:
		d.failure(nil)
	case error:
		d.failure(x)
	default:
		panic(harnessFault(fmt.Sprintf("an operation has a value of type %T", x)))
	}
}

// answered digests what an operation returned, and its arguments after it.
func answered(out, args []reflect.Value) uint64 {
	d := newDigest()
	for _, v := range out {
		d.value(v)
	}
	for _, v := range args {
		d.value(v)
	}
	return d.sum()
}

func failureDigest(err error) uint64 {
	d := newDigest()
	d.failure(err)
	return d.sum()
}

// movedDigest digests what moved, and the actions after it.
func movedDigest(m Moved, err error, actions []Action) uint64 {
	d := newDigest()
	d.failure(err)
	d.list(m.In)
	d.list(m.Out)
	d.num(&m.BptIn)
	d.num(&m.BptOut)
	d.list(m.ProtocolOut)
	d.num(&m.ProtocolBpt)
	for _, a := range actions {
		d.action(a)
	}
	return d.sum()
}

func snapshotDigest(s Snapshot) uint64 {
	d := newDigest()
	for _, list := range [][]num{s.Balances, s.SetAside, s.Rates, s.Weights, s.StartWeights, s.EndWeights} {
		d.list(list)
	}
	for _, z := range []*num{&s.Supply, &s.Clock, &s.StartTime, &s.EndTime, &s.LastInvariant, &s.LastSupply} {
		d.num(z)
	}
	return d.sum()
}
