// SPDX-License-Identifier: GPL-2.0
/*
 * The only parser of numbers of the command line. A value is accepted if it
 * is exact in the unit it will be written in; there is no rounding, because
 * a run would then not be the one that was asked for. Pure.
 */
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numarg.h"

struct suffix {
	const char *name;
	uint64_t scale;
};

static const struct suffix times[] = {
	{ "ns", 1 },	     { "us", 1000 }, { "ms", 1000000 },
	{ "s", 1000000000 }, { NULL, 0 },
};

/* 'm' is left out: it reads as minutes, milli or mega. */
static const struct suffix counts[] = {
	{ "k", 1000 },
	{ "M", 1000000 },
	{ NULL, 0 },
};

static uint64_t scale_of(const struct suffix *table, const char *name)
{
	for (; table->name; table++)
		if (!strcmp(table->name, name))
			return table->scale;
	return 0;
}

static const char *allowed(char *out, size_t len,
			   const struct numarg_spec *spec)
{
	snprintf(out, len, "%" PRIu64 " to %" PRIu64 "%s%s, optional suffix %s",
		 spec->min, spec->max, *spec->unit ? " " : "", spec->unit,
		 *spec->unit ? "ns, us, ms or s" : "k or M");
	return out;
}

/* More decimals than this are not whole in any unit. */
#define DECIMALS_MAX 9

/*
 * The digits behind a point, if there is one: @part / @of. Zeros at the end say
 * nothing. Returns what stands behind them.
 */
static const char *decimals(const char *p, uint64_t *part, uint64_t *of)
{
	size_t len = *p == '.' ? strspn(p + 1, "0123456789") : 0;
	const char *end = p + 1 + len;
	size_t i;

	*part = 0;
	*of = 1;
	if (!len)
		return p;
	while (len && p[len] == '0')
		len--;
	/* One too many is enough to be refused. */
	for (i = 1; i <= len && i <= DECIMALS_MAX + 1; i++) {
		*part = *part * 10 + (uint64_t)(p[i] - '0');
		*of *= 10;
	}
	return end;
}

/**
 * numarg_parse() - Parse a number with an optional unit
 * @text: digits, a point and digits if need be, then nothing or a unit; no sign,
 *	  space or exponent
 * @spec: unit and range of the value
 * @val: receives the value in @spec->unit; untouched on error
 * @m: receives the reason on error: quotes @text and says what is allowed
 *
 * A time takes ns, us, ms or s, a count k or M; a bare number is in the
 * value's own unit.
 *
 * Return: true if @text is such a number, exact in its unit and in range.
 */
bool numarg_parse(const char *text, const struct numarg_spec *spec,
		  uint64_t *val, struct msg *m)
{
	const struct suffix *table = *spec->unit ? times : counts;
	uint64_t own = *spec->unit ? scale_of(times, spec->unit) : 1;
	uint64_t scale = own;
	uint64_t part, of;
	uint64_t v = 0;
	bool overflow = false;
	char quoted[MSG_QUOTE_MAX];
	char what[128];
	const char *p = text;

	msg_quote(quoted, text);
	allowed(what, sizeof(what), spec);

	for (; isdigit((unsigned char)*p); p++) {
		overflow |= __builtin_mul_overflow(v, (uint64_t)10, &v);
		overflow |= __builtin_add_overflow(v, (uint64_t)(*p - '0'), &v);
	}
	if (p == text) {
		msg_set(m, "%s is not a number; allowed: %s", quoted, what);
		return false;
	}
	p = decimals(p, &part, &of);
	if (*p)
		scale = scale_of(table, p);
	if (!scale) {
		msg_set(m,
			"%s has an unknown suffix or something behind the number; allowed: %s",
			quoted, what);
		return false;
	}
	overflow |= __builtin_mul_overflow(v, scale, &v);
	if (!overflow && (of > scale || part * scale % of ||
			  (v + part * scale / of) % own)) {
		msg_set(m, "%s is not a whole number%s%s; allowed: %s", quoted,
			*spec->unit ? " of " : "", spec->unit, what);
		return false;
	}
	overflow |= __builtin_add_overflow(v, part * scale / of, &v);
	v /= own;
	if (overflow || v < spec->min || v > spec->max) {
		msg_set(m, "%s is out of range; allowed: %s", quoted, what);
		return false;
	}
	*val = v;
	return true;
}

/**
 * numarg_percent() - Parse a percentage
 * @text: digits, with a point between them if need be, then nothing or "%"
 * @min: smallest percentage allowed
 * @max: largest percentage allowed
 * @share: receives the percentage / 100; untouched on error
 * @m: receives the reason on error: quotes @text and says what is allowed
 *
 * Return: true if @text is such a percentage in range.
 */
bool numarg_percent(const char *text, double min, double max, double *share,
		    struct msg *m)
{
	static const char digits[] = "0123456789";
	char quoted[MSG_QUOTE_MAX];
	size_t whole = strspn(text, digits);
	const char *end = text + whole;
	double v;

	if (whole && *end == '.' && strspn(end + 1, digits))
		end += 1 + strspn(end + 1, digits);
	/* Not by strtod(), whose point depends on the locale. */
	v = strtoull(text, NULL, 10);
	if (end > text + whole)
		v += strtoull(text + whole + 1, NULL, 10) /
		     pow(10, end - text - whole - 1);
	if (whole && whole < 6 && end - text < 12 &&
	    (!*end || !strcmp(end, "%")) && v >= min && v <= max) {
		*share = v / 100;
		return true;
	}
	msg_set(m, "%s is not allowed here; allowed: %g to %g percent",
		msg_quote(quoted, text), min, max);
	return false;
}
