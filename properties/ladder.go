package properties

import "math/bits"

// climbLadder turns the distance of a verdict from breaking its claim into
// coverage: one rung for each bit length of a slack in wei, and for each halving
// of what a ratio leaves of its allowance. Claims climb ladders apart, up to 16.
//
// Go's fuzzer counts how often a block runs and tells counts apart by their
// power of two, up to 2⁷. So a block run 2ʳ times is eight rungs, and eight blocks are a ladder.
func climbLadder(claim int, v Verdict) {
	var rung int
	switch {
	case v.Outcome != Holds:
		return
	case v.Margin.kind == Slack:
		rung = min(v.Margin.slack.BitLen(), rungs-1)
	case v.Margin.kind == Ratio:
		rung = min(bits.Len64(1e9-v.Margin.ratio), rungs-1)
	default:
		return
	}
	for range 1 << (rung % 8) {
		step(claim%16*rungs/8 + rung/8)
	}
}

// rungs is the length of a ladder: 64 bits from breaking is far.
const rungs = 64

// reached keeps the branches of step from being merged.
var reached int

// step has a branch for each of its 16·8 arguments.
//
//go:noinline
func step(block int) {
	switch block {
	case 0:
		reached = 0
	case 1:
		reached = 1
	case 2:
		reached = 2
	case 3:
		reached = 3
	case 4:
		reached = 4
	case 5:
		reached = 5
	case 6:
		reached = 6
	case 7:
		reached = 7
	case 8:
		reached = 8
	case 9:
		reached = 9
	case 10:
		reached = 10
	case 11:
		reached = 11
	case 12:
		reached = 12
	case 13:
		reached = 13
	case 14:
		reached = 14
	case 15:
		reached = 15
	case 16:
		reached = 16
	case 17:
		reached = 17
	case 18:
		reached = 18
	case 19:
		reached = 19
	case 20:
		reached = 20
	case 21:
		reached = 21
	case 22:
		reached = 22
	case 23:
		reached = 23
	case 24:
		reached = 24
	case 25:
		reached = 25
	case 26:
		reached = 26
	case 27:
		reached = 27
	case 28:
		reached = 28
	case 29:
		reached = 29
	case 30:
		reached = 30
	case 31:
		reached = 31
	case 32:
		reached = 32
	case 33:
		reached = 33
	case 34:
		reached = 34
	case 35:
		reached = 35
	case 36:
		reached = 36
	case 37:
		reached = 37
	case 38:
		reached = 38
	case 39:
		reached = 39
	case 40:
		reached = 40
	case 41:
		reached = 41
	case 42:
		reached = 42
	case 43:
		reached = 43
	case 44:
		reached = 44
	case 45:
		reached = 45
	case 46:
		reached = 46
	case 47:
		reached = 47
	case 48:
		reached = 48
	case 49:
		reached = 49
	case 50:
		reached = 50
	case 51:
		reached = 51
	case 52:
		reached = 52
	case 53:
		reached = 53
	case 54:
		reached = 54
	case 55:
		reached = 55
	case 56:
		reached = 56
	case 57:
		reached = 57
	case 58:
		reached = 58
	case 59:
		reached = 59
	case 60:
		reached = 60
	case 61:
		reached = 61
	case 62:
		reached = 62
	case 63:
		reached = 63
	case 64:
		reached = 64
	case 65:
		reached = 65
	case 66:
		reached = 66
	case 67:
		reached = 67
	case 68:
		reached = 68
	case 69:
		reached = 69
	case 70:
		reached = 70
	case 71:
		reached = 71
	case 72:
		reached = 72
	case 73:
		reached = 73
	case 74:
		reached = 74
	case 75:
		reached = 75
	case 76:
		reached = 76
	case 77:
		reached = 77
	case 78:
		reached = 78
	case 79:
		reached = 79
	case 80:
		reached = 80
	case 81:
		reached = 81
	case 82:
		reached = 82
	case 83:
		reached = 83
	case 84:
		reached = 84
	case 85:
		reached = 85
	case 86:
		reached = 86
	case 87:
		reached = 87
	case 88:
		reached = 88
	case 89:
		reached = 89
	case 90:
		reached = 90
	case 91:
		reached = 91
	case 92:
		reached = 92
	case 93:
		reached = 93
	case 94:
		reached = 94
	case 95:
		reached = 95
	case 96:
		reached = 96
	case 97:
		reached = 97
	case 98:
		reached = 98
	case 99:
		reached = 99
	case 100:
		reached = 100
	case 101:
		reached = 101
	case 102:
		reached = 102
	case 103:
		reached = 103
	case 104:
		reached = 104
	case 105:
		reached = 105
	case 106:
		reached = 106
	case 107:
		reached = 107
	case 108:
		reached = 108
	case 109:
		reached = 109
	case 110:
		reached = 110
	case 111:
		reached = 111
	case 112:
		reached = 112
	case 113:
		reached = 113
	case 114:
		reached = 114
	case 115:
		reached = 115
	case 116:
		reached = 116
	case 117:
		reached = 117
	case 118:
		reached = 118
	case 119:
		reached = 119
	case 120:
		reached = 120
	case 121:
		reached = 121
	case 122:
		reached = 122
	case 123:
		reached = 123
	case 124:
		reached = 124
	case 125:
		reached = 125
	case 126:
		reached = 126
	case 127:
		reached = 127
	}
}
