package properties

import "math/bits"

// climbLadder turns the distance of a verdict from breaking its claim into
// coverage: one rung for each bit length of a slack in wei, and for each halving
// of what a ratio leaves of its allowance. Claims climb ladders apart, up to 16.
//
// Go's fuzzer counts how often a block runs and tells counts apart by their
// power of two, up to 2⁷. So a block run 2ʳ times is eight rungs, and eight blocks are a ladder. It returns
// the block and r.
func climbLadder(claim int, v Verdict) (block, times int) {
	var rung int
	switch {
	case v.Outcome != Holds:
		return -1, 0
	case v.Margin.kind == Slack:
		rung = min(v.Margin.slack.BitLen(), rungs-1)
	case v.Margin.kind == Ratio:
		rung = min(bits.Len64(1e9-v.Margin.ratio), rungs-1)
	default:
		return -1, 0
	}
	for range 1 << (rung % 8) {
		block = step(claim%16*rungs/8 + rung/8)
	}
	return block, rung % 8
}

// rungs is the length of a ladder: 64 bits from breaking is far.
const rungs = 64

// step has a branch for each of its 16·8 arguments, and returns it.
//
//go:noinline
func step(block int) int {
	switch block {
	case 0:
		return 0
	case 1:
		return 1
	case 2:
		return 2
	case 3:
		return 3
	case 4:
		return 4
	case 5:
		return 5
	case 6:
		return 6
	case 7:
		return 7
	case 8:
		return 8
	case 9:
		return 9
	case 10:
		return 10
	case 11:
		return 11
	case 12:
		return 12
	case 13:
		return 13
	case 14:
		return 14
	case 15:
		return 15
	case 16:
		return 16
	case 17:
		return 17
	case 18:
		return 18
	case 19:
		return 19
	case 20:
		return 20
	case 21:
		return 21
	case 22:
		return 22
	case 23:
		return 23
	case 24:
		return 24
	case 25:
		return 25
	case 26:
		return 26
	case 27:
		return 27
	case 28:
		return 28
	case 29:
		return 29
	case 30:
		return 30
	case 31:
		return 31
	case 32:
		return 32
	case 33:
		return 33
	case 34:
		return 34
	case 35:
		return 35
	case 36:
		return 36
	case 37:
		return 37
	case 38:
		return 38
	case 39:
		return 39
	case 40:
		return 40
	case 41:
		return 41
	case 42:
		return 42
	case 43:
		return 43
	case 44:
		return 44
	case 45:
		return 45
	case 46:
		return 46
	case 47:
		return 47
	case 48:
		return 48
	case 49:
		return 49
	case 50:
		return 50
	case 51:
		return 51
	case 52:
		return 52
	case 53:
		return 53
	case 54:
		return 54
	case 55:
		return 55
	case 56:
		return 56
	case 57:
		return 57
	case 58:
		return 58
	case 59:
		return 59
	case 60:
		return 60
	case 61:
		return 61
	case 62:
		return 62
	case 63:
		return 63
	case 64:
		return 64
	case 65:
		return 65
	case 66:
		return 66
	case 67:
		return 67
	case 68:
		return 68
	case 69:
		return 69
	case 70:
		return 70
	case 71:
		return 71
	case 72:
		return 72
	case 73:
		return 73
	case 74:
		return 74
	case 75:
		return 75
	case 76:
		return 76
	case 77:
		return 77
	case 78:
		return 78
	case 79:
		return 79
	case 80:
		return 80
	case 81:
		return 81
	case 82:
		return 82
	case 83:
		return 83
	case 84:
		return 84
	case 85:
		return 85
	case 86:
		return 86
	case 87:
		return 87
	case 88:
		return 88
	case 89:
		return 89
	case 90:
		return 90
	case 91:
		return 91
	case 92:
		return 92
	case 93:
		return 93
	case 94:
		return 94
	case 95:
		return 95
	case 96:
		return 96
	case 97:
		return 97
	case 98:
		return 98
	case 99:
		return 99
	case 100:
		return 100
	case 101:
		return 101
	case 102:
		return 102
	case 103:
		return 103
	case 104:
		return 104
	case 105:
		return 105
	case 106:
		return 106
	case 107:
		return 107
	case 108:
		return 108
	case 109:
		return 109
	case 110:
		return 110
	case 111:
		return 111
	case 112:
		return 112
	case 113:
		return 113
	case 114:
		return 114
	case 115:
		return 115
	case 116:
		return 116
	case 117:
		return 117
	case 118:
		return 118
	case 119:
		return 119
	case 120:
		return 120
	case 121:
		return 121
	case 122:
		return 122
	case 123:
		return 123
	case 124:
		return 124
	case 125:
		return 125
	case 126:
		return 126
	case 127:
		return 127
	}
	return -1
}
