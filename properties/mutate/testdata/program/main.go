// Program prints what depends on every part of it, so that each of its mutants prints something else.
package main

import "fmt"

const base = 40

var start = square(base) - 1

type number interface{ ~int | ~uint8 }

func square[T number](x T) T { return x * x }

type pair[T number] struct{ x, y T }

func (p *pair[T]) grow(by ...T) {
	for _, b := range by {
		p.x = 3*p.x - b*p.y
	}
}

func (pair[T]) size() (int, error) { return 7, nil }

func (_ pair[T]) named(argument0, y T) (result T) {
	result = 3*argument0 - y
	return
}

func fall(list []int) (sum int) {
	for i, x := range list {
		if sum <= x {
			sum += 2 * x
			continue
		}
		sum = 4*sum - list[i-1] - x
	}
	return sum
}

func main() {
	p := pair[int]{1, 2}
	p.grow(5, 6)
	size, err := p.size()
	fmt.Println(start, p.x, p.y, size, err, p.named(4, 9), square(uint8(3)), fall([]int{8, 16, 7, 90}))
}
