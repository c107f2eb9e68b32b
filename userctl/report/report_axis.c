// SPDX-License-Identifier: GPL-2.0
/*
 * Axes of charts: their range, their numbers, and both for gnuplot. Pure.
 *
 * gnuplot draws, but does not choose the numbers: it has no scale of times (ns,
 * us, ms) and none of nines, which the axes of waits need.
 */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report_chart.h"
#include "report_html.h"

#define TICKS_WANTED 5
#define TICKS_MAX 40

/* From here on there is no room for each further nine. */
#define NINES_MANY 5

/* What rounding may do. */
#define TINY 0.000000001

/* No measured number comes near it. */
#define NUMBER_MAX 1e60

/**
 * chart_number() - Make a number fit to be drawn
 * @v: number of a document; may be anything
 *
 * Return: @v, or the nearest number of which sums and products are finite.
 */
double chart_number(double v)
{
	return isnan(v) ? 0 : fmax(fmin(v, NUMBER_MAX), -NUMBER_MAX);
}

/* Round numbers: 1, 2 or 5 times a power of ten. */
static double step_of(double range)
{
	double raw = range / TICKS_WANTED;
	double ten = pow(10, floor(log10(raw)));
	double m = raw / ten;

	return ten * (m <= 1 ? 1 : m <= 2 ? 2 : m <= 5 ? 5 : 10);
}

static size_t linear(const struct chart_axis *axis, double *at, size_t max)
{
	double step = step_of(axis->hi - axis->lo);
	double first = ceil(axis->lo / step - TINY);
	size_t n = 0;

	if (axis->unit == CHART_PLAIN && step < 1)
		step = 1;
	while (n < max && (first + n) * step <= axis->hi * (1 + TINY)) {
		at[n] = (first + n) * step;
		n++;
	}
	return n;
}

/* Every power of ten, fewer of many, more of few. */
static size_t decades(const struct chart_axis *axis, double *at, size_t max)
{
	static const double within[] = { 1, 2, 5 };
	double lo = floor(log10(axis->lo) + TINY);
	double hi = ceil(log10(axis->hi) - TINY);
	size_t parts = hi - lo <= 2 ? 3 : 1;
	double skip = hi - lo > 7 ? 2 : 1;
	size_t n = 0;
	size_t i;

	for (; lo <= hi; lo += skip) {
		for (i = 0; i < parts; i++) {
			double v = within[i] * pow(10, lo);

			if (n < max && v >= axis->lo * (1 - TINY) &&
			    v <= axis->hi * (1 + TINY))
				at[n++] = v;
		}
	}
	return n;
}

static size_t nines(const struct chart_axis *axis, double *at, size_t max)
{
	double skip = axis->hi < NINES_MANY ? 1 : 2;
	double step = 1, v;
	size_t n = 0;

	if (max && axis->hi < 3)
		at[n++] = 0;
	if (n < max)
		at[n++] = -log10(0.5);
	for (v = 1; v <= axis->hi + TINY; v += step) {
		if (n == max)
			break;
		at[n++] = v;
		step = v > 1 ? skip : 1;
	}
	return n;
}

/**
 * chart_ticks() - Where an axis has numbers
 * @axis: the axis, with finite ends; both above 0 if it is logarithmic
 * @at: receives the values, ascending
 * @max: room in @at
 *
 * Return: their number.
 */
size_t chart_ticks(const struct chart_axis *axis, double *at, size_t max)
{
	if (axis->ticks) {
		size_t n = axis->nr_ticks < max ? axis->nr_ticks : max;

		memcpy(at, axis->ticks, n * sizeof(*at));
		return n;
	}
	if (axis->unit == CHART_NINES)
		return nines(axis, at, max);
	return axis->log ? decades(axis, at, max) : linear(axis, at, max);
}

/**
 * chart_fit() - Choose the ends of an axis, and whether it is logarithmic
 * @axis: the axis; what is logarithmic stays so
 * @values: everything it has to show; NAN is nothing
 * @n: their number
 *
 * An axis that is not logarithmic begins at 0, so that lengths can be compared.
 * It becomes logarithmic if the values span more than a factor of 30.
 */
void chart_fit(struct chart_axis *axis, const double *values, size_t n)
{
	double hi = 0;
	double lo = INFINITY;
	size_t i;

	for (i = 0; i < n; i++) {
		double v = chart_number(values[i]);

		if (v > hi)
			hi = v;
		if (v > 0 && v < lo)
			lo = v;
	}
	if (hi <= 0) {
		hi = 1;
		lo = 1;
	}
	if (hi / lo > 30)
		axis->log = true;
	axis->lo = axis->log ? lo / 1.25 : 0;
	axis->hi = axis->log ? hi * 1.25 : hi * 1.06;
}

/**
 * chart_fraction() - Where on an axis is a value?
 * @axis: the axis
 * @v: the value
 *
 * Return: from 0 at the lower end to 1 at the upper; what is outside is at the
 * nearer end.
 */
double chart_fraction(const struct chart_axis *axis, double v)
{
	double at;

	if (axis->log)
		at = v > 0 ? log(v / axis->lo) / log(axis->hi / axis->lo) : 0;
	else
		at = (v - axis->lo) / (axis->hi - axis->lo);
	return at < 0 ? 0 : at > 1 ? 1 : at;
}

static void put_number(FILE *f, enum chart_unit unit, double v)
{
	char text[UNITS_MAX];
	double rest;

	switch (unit) {
	case CHART_COUNT:
		fputs(units_count(text, v), f);
		break;
	case CHART_TIME:
		fputs(units_ns(text, v), f);
		break;
	case CHART_SHARE:
		fprintf(f, "%.6g %%", v * 100);
		break;
	case CHART_PLAIN:
		fprintf(f, "%.6g", v);
		break;
	case CHART_NINES:
		rest = pow(10, 2 - v);
		fprintf(f, "%.*f", v > 2 ? (int)(v - 2 + 0.5) : 0, 100 - rest);
		break;
	}
}

/* "2.00k" is a measured number, on an axis it is 2k. */
static void put_tick(FILE *f, enum chart_unit unit, double v)
{
	char text[64] = "";
	FILE *m = fmemopen(text, sizeof(text), "w");
	char *dot, *end;

	if (!m)
		return;
	put_number(m, unit, v);
	fclose(m);
	dot = strchr(text, '.');
	if (dot && (unit == CHART_COUNT || unit == CHART_TIME)) {
		end = dot + 1 + strspn(dot + 1, "0123456789");
		while (end[-1] == '0')
			memmove(end - 1, end, strlen(end) + 1), end--;
		if (end[-1] == '.')
			memmove(end - 1, end, strlen(end) + 1);
	}
	plot_tick(f, text);
}

/**
 * chart_put_axis() - Print an axis for gnuplot
 * @f: stream to print on
 * @name: 'x' or 'y'
 * @axis: the axis
 */
void chart_put_axis(FILE *f, char name, const struct chart_axis *axis)
{
	double at[TICKS_MAX];
	size_t n = chart_ticks(axis, at, TICKS_MAX);
	size_t i;

	fprintf(f, "set %crange [%.9g:%.9g]\n", name, chart_number(axis->lo),
		chart_number(axis->hi));
	if (axis->log)
		fprintf(f, "set logscale %c\n", name);
	fprintf(f, "set %clabel ", name);
	plot_text(f, axis->label);
	fprintf(f, " tc rgb '#00000a'\nset %ctics (", name);
	for (i = 0; i < n; i++) {
		fputs(i ? ", " : "", f);
		put_tick(f, axis->unit, at[i]);
		fprintf(f, " %.9g", at[i]);
	}
	fputs(")\n", f);
}

/**
 * chart_put_head() - Print what all charts begin with, for gnuplot
 * @f: stream to print on
 * @width: of the picture
 * @height: likewise
 *
 * Colours are numbers, for which svg_put() puts the names of colours of the
 * page: 1 to 8 those of lines and bars, 9 the paper, 10 text, 11 the frame, 12
 * the grid.
 */
void chart_put_head(FILE *f, unsigned int width, unsigned int height)
{
	fprintf(f,
		"set terminal svg size %u,%u font 'sans-serif,13' noenhanced "
		"linewidth 1 butt\n"
		"set encoding utf8\n"
		"set border 3 lc rgb '#00000b'\n"
		"set tics nomirror out scale 0.5 tc rgb '#00000a'\n",
		width, height);
}
