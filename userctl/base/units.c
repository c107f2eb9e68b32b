// SPDX-License-Identifier: GPL-2.0
/*
 * Scaling of numbers for tables. Only for people: JSON, CSV and "show FIELD"
 * carry plain numbers in the unit of their name. Pure.
 */
#include <math.h>
#include <stdio.h>

#include "units.h"

/* The largest first; the last one is 1. */
static const struct unit times[] = { { 1e9, "s" },
				     { 1e6, "ms" },
				     { 1e3, "us" },
				     { 1, "ns" } };
static const struct unit counts[] = { { 1e12, "T" },
				      { 1e9, "G" },
				      { 1e6, "M" },
				      { 1e3, "k" },
				      { 1, "" } };

/* A column of numbers that are larger than this wants a larger unit, */
#define MOST 1e5
/* as long as the least of them is not less than this. */
#define LEAST 0.01

static const char *scaled(char *out, double v, const struct unit *table,
			  const char *blank)
{
	int digits;

	/* 999.5 would print as 1000 of the smaller unit. */
	while (table->of > 1 && v < table->of * 0.9995)
		table++;
	v /= table->of;
	digits = v < 9.995 ? 2 : v < 99.95 ? 1 : 0;
	if (table->of == 1 && v == floor(v))
		digits = 0;
	snprintf(out, UNITS_MAX, "%.*f%s%s", digits, v, blank, table->suffix);
	return out;
}

/**
 * units_common() - The unit for a column of numbers
 * @time: they are nanoseconds
 * @least: the least of them that is not 0
 * @most: the largest
 *
 * Return: the largest in which @least is at least 1, or one in which @most has fewer
 * digits.
 */
const struct unit *units_common(bool time, double least, double most)
{
	const struct unit *first = time ? times : counts;
	const struct unit *u = first;

	while (u->of > 1 && least < u->of * 0.9995)
		u++;
	while (u > first && most >= MOST * u->of && least >= LEAST * u[-1].of)
		u--;
	return u;
}

/**
 * units_in() - A number in a unit
 * @out: receives the text
 * @v: not negative
 * @unit: the unit
 *
 * Return: @out, without the unit.
 */
const char *units_in(char out[UNITS_MAX], double v, const struct unit *unit)
{
	bool whole = unit->of == 1 && v == floor(v);

	v /= unit->of;
	snprintf(out, UNITS_MAX, "%.*f",
		 whole || v == 0 || v >= 99.95 ? 0 :
		 v >= 9.995		       ? 1 :
		 v >= 0.0995		       ? 2 :
						 3,
		 v);
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
	return scaled(out, ns, times, " ");
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
	return scaled(out, count, counts, "");
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
