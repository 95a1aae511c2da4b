/* generate prints one of the files log.json, exp.json and pow.json of this corpus: values of log x, eˣ and xʸ, rounded
   correctly (to nearest) at 600 bits by MPFR. It needs a C compiler, GMP and MPFR; building or testing the project needs
   none of them. In this directory:

       cc -std=c11 -O2 -o generate generate.c -lmpfr -lgmp
       for f in log exp pow; do ./generate $f > ../$f.json; done
       rm generate

   The inputs are a pure function of this source: the only randomness is the xorshift generator below, from a fixed seed.
   Every input is a dyadic number, written in full, so no input is ever rounded after this program chose it. With another
   version of MPFR, GMP or the compiler only the line "tools" changes.

   Numbers are written as Go's big.Float writes and reads them with format 'p': ±0x.HHHHp±E = ±0.HHHH₁₆ · 2ᴱ with the first
   bit of the mantissa set, and 0 for zero. */

#define _POSIX_C_SOURCE 200809L /* open_memstream, strdup */
#define MPFR_USE_INTMAX_T       /* mpfr_set_uj_2exp */

#include <stdint.h>
#include <gmp.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	RESULT_BITS = 600,
	NEAR_BITS = 320,     /* 1 ± m·2⁻²⁵⁶⁻⁶³ with a 64-bit m is exact */
	DECIMAL_BITS = 192,  /* bases taken from an 18-decimal value */
	EXPONENT_BITS = 128, /* exponents taken from an 18-decimal value */
	NEAREST = 20,        /* near one: 2⁻²⁵⁶ ≤ |x−1| ≤ 2⁻²⁰ */
	FARTHEST = 256,
	ARGUMENT_MAX = 200,  /* |x| of eˣ, and |y·log x| of xʸ */
};

/* The twelve exponents xₙ of SPEC's exp and ln in units of 10⁻¹⁸, and the matching eˣⁿ as digits over a power of ten. */
static const char *const x_n[] = {"128000000000000000000", "64000000000000000000", "32000000000000000000",
	"16000000000000000000", "8000000000000000000", "4000000000000000000", "2000000000000000000", "1000000000000000000",
	"500000000000000000", "250000000000000000", "125000000000000000", "62500000000000000"};
static const struct { const char *digits; int decimals; } a_n[] = {
	{"38877084059945950922200000000000000000000000000000000000", 0}, {"6235149080811616882910000000", 0},
	{"7896296018268069516100000000000000", 20}, {"888611052050787263676000000", 20}, {"298095798704172827474000", 20},
	{"5459815003314423907810", 20}, {"738905609893065022723", 20}, {"271828182845904523536", 20},
	{"164872127070012814685", 20}, {"128402541668774148407", 20}, {"113314845306682631683", 20},
	{"106449445891785942956", 20}};
enum { STEPS = sizeof x_n / sizeof x_n[0] };

typedef int function(mpfr_ptr value, mpfr_srcptr x, mpfr_srcptr y);

static int log_of(mpfr_ptr value, mpfr_srcptr x, mpfr_srcptr y) { (void)y; return mpfr_log(value, x, MPFR_RNDN); }
static int exp_of(mpfr_ptr value, mpfr_srcptr x, mpfr_srcptr y) { (void)y; return mpfr_exp(value, x, MPFR_RNDN); }
static int pow_of(mpfr_ptr value, mpfr_srcptr x, mpfr_srcptr y) { return mpfr_pow(value, x, y, MPFR_RNDN); }

static const char *name;    /* of the function */
static function *evaluate;
static FILE *entries;       /* every entry so far, as text */
static int count;

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled". */
static uint64_t random_bits(void) {
	static uint64_t state = 0x7472756577656967;
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545F4914F6CDD1D;
}

static uint64_t random_odd(void) { return random_bits() | UINT64_C(1) << 63 | 1; }

static void random_integer(mpz_ptr n, int bits) { /* exactly `bits` bits */
	mpz_set_ui(n, 1);
	for (int i = 1; i < bits; i++) {
		mpz_mul_2exp(n, n, 1);
		mpz_add_ui(n, n, random_bits() >> 63);
	}
}

static char *hex(mpfr_srcptr x) {
	if (mpfr_zero_p(x)) return strdup("0");
	mpz_t mantissa;
	mpz_init(mantissa);
	mpfr_exp_t exponent = mpfr_get_z_2exp(mantissa, x);
	int negative = mpz_sgn(mantissa) < 0;
	mpz_abs(mantissa, mantissa);
	size_t bits = mpz_sizeinbase(mantissa, 2);
	exponent += (mpfr_exp_t)bits;
	mpz_mul_2exp(mantissa, mantissa, (4 - bits % 4) % 4);
	char *digits = mpz_get_str(NULL, 16, mantissa);
	for (char *end = digits + strlen(digits); end > digits && end[-1] == '0';) *--end = 0;
	char *text = malloc(strlen(digits) + 32);
	sprintf(text, "%s0x.%sp%+ld", negative ? "-" : "", digits, (long)exponent);
	free(digits);
	mpz_clear(mantissa);
	return text;
}

static int seen_before(const char *input) {
	static char *table[1 << 16];
	uint64_t hash = 14695981039346656037u;
	for (const char *c = input; *c; c++) hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	for (unsigned slot = hash >> 48;; slot = (slot + 1) & 0xFFFF) {
		if (!table[slot]) {
			table[slot] = strdup(input);
			return 0;
		}
		if (!strcmp(table[slot], input)) return 1;
	}
}

/* in_range tells whether the argument of the exponential that is behind the value stays within ±ARGUMENT_MAX. */
static int in_range(mpfr_srcptr x, mpfr_srcptr y) {
	if (evaluate == log_of) return 1;
	if (evaluate == exp_of) return mpfr_cmpabs_ui(x, ARGUMENT_MAX) <= 0;
	mpfr_t product;
	mpfr_init2(product, 128);
	mpfr_log(product, x, MPFR_RNDA);
	mpfr_mul(product, product, y, MPFR_RNDA);
	int within = mpfr_cmpabs_ui(product, ARGUMENT_MAX) <= 0;
	mpfr_clear(product);
	return within;
}

/* emit adds an entry, unless its inputs were there before or lie out of range, and tells whether it did. */
static int emit(const char *class, mpfr_srcptr x, mpfr_srcptr y) {
	if (!in_range(x, y)) return 0;
	char *base = hex(x), *exponent = y ? hex(y) : NULL, input[512];
	snprintf(input, sizeof input, y ? "\"x\":\"%s\",\"y\":\"%s\"" : "\"x\":\"%s\"", base, exponent);
	free(base);
	free(exponent);
	if (seen_before(input)) return 0;
	mpfr_t value;
	mpfr_init2(value, RESULT_BITS);
	evaluate(value, x, y);
	char *text = hex(value);
	fprintf(entries, "%s  {\"id\":\"%s-%05d\",\"class\":\"%s\",%s,\"value\":\"%s\"}", count ? ",\n" : "", name, count + 1, class,
		input, text);
	free(text);
	mpfr_clear(value);
	count++;
	return 1;
}

/* decimal sets x to the nearest x.prec-bit number to (digits + offset) · 10⁻ᵈ. */
static void decimal(mpfr_ptr x, const char *digits, long offset, int d) {
	mpfr_t ten;
	mpfr_init2(ten, 256);
	mpfr_ui_pow_ui(ten, 10, (unsigned long)d, MPFR_RNDN); /* exact: 10²⁰ < 2²⁵⁶ */
	mpfr_t wide;
	mpfr_init2(wide, 512);
	mpfr_set_str(wide, digits, 10, MPFR_RNDN); /* exact: an integer below 2²⁵⁶ */
	mpfr_add_si(wide, wide, offset, MPFR_RNDN);
	mpfr_div(x, wide, ten, MPFR_RNDN);
	mpfr_clear(wide);
	mpfr_clear(ten);
}

static void random_decimal(mpfr_ptr x, int bits) {
	mpz_t n;
	mpz_init(n);
	random_integer(n, bits);
	char *digits = mpz_get_str(NULL, 10, n);
	decimal(x, digits, 0, 18);
	free(digits);
	mpz_clear(n);
}

/* away sets x to origin ± m·2⁻ᵏ⁻⁶³ with a 64-bit m, hence 2⁻ᵏ ≤ |x − origin| < 2¹⁻ᵏ. Exact at NEAR_BITS for k ≤ 256. */
static void away(mpfr_ptr x, int origin, int sign, uint64_t m, int k) {
	mpfr_set_uj_2exp(x, m, -k - 63, MPFR_RNDN);
	if (sign < 0) mpfr_neg(x, x, MPFR_RNDN);
	mpfr_add_si(x, x, origin, MPFR_RNDN);
}

/* step sets x to b/(b+1) or, with up, to (b+1)/b: the base of a swap of one unit against a balance b. */
static void step(mpfr_ptr x, mpz_srcptr b, int up) {
	mpz_t next;
	mpz_init(next);
	mpz_add_ui(next, b, 1);
	mpq_t ratio;
	mpq_init(ratio);
	mpq_set_num(ratio, up ? next : b);
	mpq_set_den(ratio, up ? b : next);
	mpfr_set_q(x, ratio, MPFR_RNDN);
	mpq_clear(ratio);
	mpz_clear(next);
}

/* near emits origin ± 2⁻ᵏ for every k, `times` random distances in each of its octaves, and ±1 to ±100 units of 10⁻¹⁸. */
static void near(int origin, int times) {
	mpfr_t x;
	mpfr_init2(x, NEAR_BITS);
	for (int sign = -1; sign <= 1; sign += 2) {
		for (int k = NEAREST; k <= FARTHEST; k++) {
			away(x, origin, sign, UINT64_C(1) << 63, k);
			emit("near-one", x, NULL);
			for (int i = 0; i < times && k > NEAREST; i++) {
				away(x, origin, sign, random_odd(), k);
				emit("near-one", x, NULL);
			}
		}
		mpfr_set_prec(x, DECIMAL_BITS);
		for (long k = 1; k <= 100; k++) {
			decimal(x, origin ? "1000000000000000000" : "0", sign * k, 18);
			emit("near-one", x, NULL);
		}
		mpfr_set_prec(x, NEAR_BITS);
	}
	mpfr_clear(x);
}

/* around emits (digits + k)·10⁻ᵈ for |k| ≤ reach. */
static void around(mpfr_ptr x, const char *digits, int d, long reach) {
	for (long k = -reach; k <= reach; k++) {
		decimal(x, digits, k, d);
		emit("ends", x, NULL);
	}
}

static void logs(void) {
	near(1, 6);
	mpfr_t x;
	mpfr_init2(x, NEAR_BITS);
	mpz_t b;
	mpz_init(b);
	for (int bits = NEAREST + 2; bits <= FARTHEST; bits++) {
		for (int up = 0; up <= 1; up++) {
			random_integer(b, bits);
			step(x, b, up);
			emit("near-one", x, NULL);
			mpz_ui_pow_ui(b, 2, (unsigned long)bits - 1);
			step(x, b, up);
			emit("near-one", x, NULL);
		}
	}

	mpfr_set_prec(x, DECIMAL_BITS);
	for (long k = 1; k <= 400; k++) {
		decimal(x, "0", k, 18);
		emit("ends", x, NULL);
	}
	around(x, "900000000000000000", 18, 50);
	around(x, "1100000000000000000", 18, 50);
	for (int n = 0; n < STEPS; n++) around(x, a_n[n].digits, a_n[n].decimals, 5);
	mpz_ui_pow_ui(b, 2, 255); /* the largest base of pow is 2²⁵⁵ − 1 units of 10⁻¹⁸ */
	char *limit = mpz_get_str(NULL, 10, b);
	mpfr_set_prec(x, NEAR_BITS);
	for (long k = 0; k <= 50; k++) {
		decimal(x, limit, -k, 18);
		emit("ends", x, NULL);
	}
	free(limit);
	for (int e = -256; e <= 256; e++) {
		mpfr_set_ui_2exp(x, 1, e, MPFR_RNDN);
		emit("ends", x, NULL);
	}

	for (unsigned long n = 1; n <= 500; n++) {
		mpz_set_ui(b, n);
		step(x, b, 0);
		emit("spread", x, NULL);
	}
	for (int e = -256; e < 256; e++) {
		for (int i = 0; i < 2; i++) {
			mpfr_set_uj_2exp(x, random_odd(), e - 63, MPFR_RNDN);
			emit("spread", x, NULL);
		}
	}
	mpfr_set_prec(x, DECIMAL_BITS);
	for (int bits = 2; bits <= 255; bits++) {
		random_decimal(x, bits);
		emit("spread", x, NULL);
	}
	mpz_clear(b);
	mpfr_clear(x);
}

static void exps(void) {
	near(0, 7);
	mpfr_t x, multiple;
	mpfr_init2(x, DECIMAL_BITS);
	mpfr_init2(multiple, NEAR_BITS);
	around(x, "-41000000000000000000", 18, 50);
	around(x, "130000000000000000000", 18, 50);
	around(x, "-200000000000000000000", 18, 20);
	around(x, "200000000000000000000", 18, 20);
	for (int n = 0; n < STEPS; n++) {
		char negated[40];
		snprintf(negated, sizeof negated, "-%s", x_n[n]);
		around(x, x_n[n], 18, 8);
		around(x, negated, 18, 8);
	}
	for (long n = -288; n <= 288; n++) { /* 288·ln 2 < 200: eˣ lies next to a power of two */
		mpfr_const_log2(multiple, MPFR_RNDN);
		mpfr_mul_si(multiple, multiple, n, MPFR_RNDN);
		mpfr_set_prec(x, 64);
		mpfr_set(x, multiple, MPFR_RNDD);
		emit("ends", x, NULL);
		mpfr_set_prec(x, 256);
		mpfr_set(x, multiple, MPFR_RNDU);
		emit("ends", x, NULL);
	}

	mpfr_set_prec(x, EXPONENT_BITS);
	for (long n = -ARGUMENT_MAX; n <= ARGUMENT_MAX; n++) {
		mpfr_set_si(x, n, MPFR_RNDN);
		emit("spread", x, NULL);
	}
	for (int i = 0; i < 1000; i++) { /* uniform in (−200, 200) */
		mpfr_set_uj_2exp(x, random_bits() | 1, -63, MPFR_RNDN);
		mpfr_sub_ui(x, x, 1, MPFR_RNDN);
		mpfr_mul_ui(x, x, ARGUMENT_MAX, MPFR_RNDN);
		emit("spread", x, NULL);
	}
	for (int i = 0; i < 200; i++) {
		random_decimal(x, 2 + i % 66); /* 10⁻¹⁸·2⁶⁷ < 200 */
		if (i & 1) mpfr_neg(x, x, MPFR_RNDN);
		emit("spread", x, NULL);
	}
	mpfr_clears(x, multiple, (mpfr_ptr)0);
}

/* The exponents at the ends, in units of 10⁻¹⁸. */
static const char *const exponents[] = {"0", "1", "10000000000000000", "250000000000000000", "500000000000000000",
	"990000000000000000", "999999999999999999", "1000000000000000000", "1000000000000000001", "2000000000000000000",
	"3000000000000000000", "4000000000000000000", "99000000000000000000"};
enum { EXPONENTS = sizeof exponents / sizeof exponents[0] };

static void every_exponent(mpfr_srcptr x) {
	mpfr_t y;
	mpfr_init2(y, EXPONENT_BITS);
	for (int i = 0; i < EXPONENTS; i++) {
		decimal(y, exponents[i], 0, 18);
		emit("ends", x, y);
	}
	mpfr_clear(y);
}

/* random_weights sets y to a quotient of two weights, each 1 % to 99 %: from 1/99 to 99. */
static void random_weights(mpfr_ptr y) {
	mpfr_set_ui(y, 1 + random_bits() % 99, MPFR_RNDN);
	mpfr_div_ui(y, y, 1 + random_bits() % 99, MPFR_RNDN);
}

/* near_exponent sets y to one of eight exponents for a base 2⁻ᵏ to 2¹⁻ᵏ away from 1. */
static void near_exponent(mpfr_ptr y, int choice, int k) {
	static const char *const fixed[] = {"1", "990000000000000000", "999999999999999999", "1000000000000000001",
		"99000000000000000000"};
	switch (choice) {
	case 5: random_weights(y); break;
	case 6: mpfr_set_ui(y, 2 + random_bits() % 8, MPFR_RNDN); break;
	case 7: /* |y·log x| < 2⁷ for y < 2ᵏ⁺⁶: the base's distance from 1 becomes the whole result */
		mpfr_set_uj_2exp(y, random_odd(), k - 64 + (long)(random_bits() % 7), MPFR_RNDN);
		break;
	default: decimal(y, fixed[choice], 0, 18);
	}
}

static void pows(void) {
	mpfr_t x, y;
	mpfr_init2(x, NEAR_BITS);
	mpfr_init2(y, EXPONENT_BITS);
	mpz_t b;
	mpz_init(b);
	for (int k = NEAREST + 1; k <= FARTHEST; k++) {
		for (int sign = -1; sign <= 1; sign += 2) {
			for (int choice = 0; choice < 8; choice++) {
				away(x, 1, sign, random_odd(), k);
				near_exponent(y, choice, k);
				emit("near-one", x, y);
			}
			if (k == NEAREST + 1) continue; /* b ≥ 2²¹ keeps (b+1)/b within 2⁻²⁰ of 1 */
			random_integer(b, k);
			step(x, b, sign > 0);
			random_weights(y);
			emit("near-one", x, y);
		}
	}

	mpfr_set_prec(x, DECIMAL_BITS);
	for (long k = 1; k <= 9; k++) {
		decimal(x, "0", k, 18);
		every_exponent(x);
	}
	for (long k = -3; k <= 3; k++) {
		decimal(x, "900000000000000000", k, 18);
		every_exponent(x);
		decimal(x, "1100000000000000000", k, 18);
		every_exponent(x);
	}
	for (int n = 0; n <= 58; n++) { /* 10⁻¹⁸ to 10⁴⁰ */
		char power[64];
		snprintf(power, sizeof power, "1e%d", n);
		decimal(x, power, 0, 18);
		every_exponent(x);
	}
	for (int e = -59; e <= 132; e += 3) {
		mpfr_set_ui_2exp(x, 1, e, MPFR_RNDN);
		every_exponent(x);
	}

	for (int found = 0; found < 1300;) {
		mpfr_set_prec(x, 64);
		mpfr_set_uj_2exp(x, random_odd(), (long)(random_bits() % 192) - 59 - 63, MPFR_RNDN);
		random_decimal(y, 2 + (int)(random_bits() % 66));
		found += emit("spread", x, y);
	}
	mpz_clear(b);
	mpfr_clears(x, y, (mpfr_ptr)0);
}

int main(int argc, char **argv) {
	static const struct { const char *name, *formula; function *evaluate; void (*all)(void); } functions[] = {
		{"log", "log x, the natural logarithm", log_of, logs},
		{"exp", "e to the power x", exp_of, exps},
		{"pow", "x to the power y", pow_of, pows}};
	for (int i = 0; i < 3; i++) {
		if (argc != 2 || strcmp(argv[1], functions[i].name)) continue;
		name = functions[i].name;
		evaluate = functions[i].evaluate;
		char *text;
		size_t size;
		entries = open_memstream(&text, &size);
		functions[i].all();
		fclose(entries);
		printf("{\n \"schema\": \"trueweight-reference-1\",\n \"function\": \"%s\",\n \"bits\": %d,\n \"rounding\": \"nearest\",\n"
			" \"tools\": {\"mpfr\":\"%s\",\"gmp\":\"%s\",\"compiler\":\"gcc %s\"},\n \"count\": %d,\n"
			" \"origin\": \"computed with MPFR by generate/generate.c\",\n \"notes\": [\n"
			"  \"value is the %d-bit number nearest to %s.\",\n"
			"  \"The inputs are exact: dyadic numbers, written in full; those taken from an 18-decimal value are the dyadic nearest to it.\",\n"
			"  \"Numbers are in the format 'p' of Go's big.Float: 0x.HHHHpE is 0.HHHH (hexadecimal) times 2 to the power E.\",\n"
			"  \"class near-one: %s between 2^-256 and 2^-20 in magnitude; ends: limits and places where an algorithm changes; spread: over the domain.\"\n"
			" ],\n \"entries\": [\n%s\n ]\n}\n",
			name, RESULT_BITS, mpfr_get_version(), gmp_version, __VERSION__, count, RESULT_BITS, functions[i].formula,
			evaluate == exp_of ? "x" : "x - 1", text);
		return ferror(stdout) || fflush(stdout) ? 1 : 0;
	}
	fprintf(stderr, "usage: generate log|exp|pow\n");
	return 2;
}
