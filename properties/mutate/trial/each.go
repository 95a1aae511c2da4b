package trial

import (
	"context"
	"sync"
)

// A judge says what becomes of a mutant.
type judge func(context.Context, *Mutant) (*Answer, error)

// each judges the mutants by several judges at once, and calls done with each answer, from one goroutine at a time. It ends
// early when the context is cancelled or a judge fails, and returns why. newJudge returns a judge and what ends it.
func each(ctx context.Context, workers int, mutants []Mutant, done func(*Mutant, *Answer) error, newJudge func() (judge, func())) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan *Mutant)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			judge, stop := newJudge()
			defer stop()
			for m := range queue {
				a, err := judge(ctx, m)
				if ctx.Err() != nil {
					return
				}
				if err == nil {
					mu.Lock()
					err = done(m, a)
					mu.Unlock()
				}
				if err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	for i := range mutants {
		select {
		case queue <- &mutants[i]:
		case <-ctx.Done():
		}
	}
	close(queue)
	wg.Wait()
	return context.Cause(ctx)
}
