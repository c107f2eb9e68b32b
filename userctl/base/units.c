// SPDX-License-Identifier: GPL-2.0
/*
 * Scaling of numbers for tables. Only for people: JSON, CSV and "show FIELD"
 * carry plain numbers in the unit of their name. Pure.
 */
#include <math.h>
#include <stdio.h>

#include "units.h"

struct scale {
	double from;
	const char *suffix;
};

static const char *scaled(char *out, double v, const struct scale *table)
{
	int digits;

	/* 999.5 would print as 1000 of the smaller unit. */
	while (table->from > 1 && v < table->from * 0.9995)
		table++;
	v /= table->from;
	digits = v < 9.995 ? 2 : v < 99.95 ? 1 : 0;
	if (table->from == 1 && v == floor(v))
		digits = 0;
	snprintf(out, UNITS_MAX, "%.*f%s", digits, v, table->suffix);
	return out;
}

/**
 * units_ns() - A time
 * @out: receives the text
 * @ns: nanoseconds, not negative
 *
 * Return: @out, like "312 ns" or "1.24 ms".
 */
const char *units_ns(char out[UNITS_MAX], double ns)
{
	static const struct scale table[] = { { 1e9, " s" },
					      { 1e6, " ms" },
					      { 1e3, " us" },
					      { 1, " ns" } };

	return scaled(out, ns, table);
}

/**
 * units_count() - A count or rate
 * @out: receives the text
 * @count: not negative
 *
 * Return: @out, like "47" or "1.24M".
 */
const char *units_count(char out[UNITS_MAX], double count)
{
	static const struct scale table[] = { { 1e12, "T" },
					      { 1e9, "G" },
					      { 1e6, "M" },
					      { 1e3, "k" },
					      { 1, "" } };

	return scaled(out, count, table);
}

/**
 * units_percent() - A share
 * @out: receives the text
 * @share: 1 is 100 %
 *
 * Return: @out, like "61.5%".
 */
const char *units_percent(char out[UNITS_MAX], double share)
{
	snprintf(out, UNITS_MAX, "%.1f%%", share * 100);
	return out;
}

/**
 * units_duration() - A time to wait
 * @out: receives the text
 * @seconds: not negative
 *
 * Return: @out, like "12 s", "3 min 20 s" or "2 h 5 min".
 */
const char *units_duration(char out[UNITS_MAX], double seconds)
{
	unsigned long s = ceil(seconds);

	if (seconds < 10)
		snprintf(out, UNITS_MAX, "%.1f s", seconds);
	else if (s < 60)
		snprintf(out, UNITS_MAX, "%lu s", s);
	else if (s < 3600)
		snprintf(out, UNITS_MAX, "%lu min %lu s", s / 60, s % 60);
	else
		snprintf(out, UNITS_MAX, "%lu h %lu min", s / 3600,
			 s / 60 % 60);
	return out;
}
