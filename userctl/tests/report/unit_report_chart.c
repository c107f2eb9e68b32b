// SPDX-License-Identifier: GPL-2.0
/* report_axis.c, report_lines.c, report_bars.c: charts as scripts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/report_chart.h"
#include "tests/unit.h"

static void check_ticks(const struct chart_axis *axis, const double *wanted,
			size_t n)
{
	double at[40];
	size_t i;

	assert_int_equal(chart_ticks(axis, at, N_OF(at)), n);
	for (i = 0; i < n; i++)
		assert_true(fabs(at[i] - wanted[i]) <=
			    0.000000001 * fabs(wanted[i]));
}

static void numbers_of_an_axis_are_round(void **state)
{
	static const double linear[] = { 0, 100, 200, 300 };
	static const double decades[] = { 10, 100, 1000, 10000 };
	static const double few[] = { 20, 50, 100, 200 };
	static const double nines[] = { 0.30102999566398120, 1, 2, 3 };
	static const double many_nines[] = { 0.30102999566398120, 1, 2, 4, 6 };
	static const double given[] = { 1, 7 };
	struct chart_axis axis = { .lo = 0, .hi = 380 };

	(void)state;
	check_ticks(&axis, linear, N_OF(linear));
	axis = (struct chart_axis){ .log = true, .lo = 8, .hi = 12000 };
	check_ticks(&axis, decades, N_OF(decades));
	axis = (struct chart_axis){ .log = true, .lo = 12, .hi = 300 };
	check_ticks(&axis, few, N_OF(few));
	axis = (struct chart_axis){ .unit = CHART_NINES, .hi = 3.5 };
	check_ticks(&axis, nines, N_OF(nines));
	axis = (struct chart_axis){ .unit = CHART_NINES, .hi = 6.5 };
	check_ticks(&axis, many_nines, N_OF(many_nines));
	axis = (struct chart_axis){ .hi = 9, .ticks = given, .nr_ticks = 2 };
	check_ticks(&axis, given, N_OF(given));
}

static void an_axis_begins_at_zero_or_is_logarithmic(void **state)
{
	static const double near[] = { 100, 80, NAN };
	static const double far[] = { 100, 1, 0 };
	static const double nothing[] = { NAN, 0 };
	struct chart_axis axis = { 0 };

	(void)state;
	chart_fit(&axis, near, N_OF(near));
	assert_true(!axis.log && axis.lo == 0 && axis.hi > 100);
	chart_fit(&axis, far, N_OF(far));
	assert_true(axis.log && axis.lo > 0 && axis.lo < 1 && axis.hi > 100);
	axis = (struct chart_axis){ 0 };
	chart_fit(&axis, nothing, N_OF(nothing));
	assert_true(axis.hi > axis.lo);
}

static void names_do_not_overlap(void **state)
{
	double at[] = { 0.5, 0.5, 0.5, 0.9, 0.99, 1 };
	size_t i;

	(void)state;
	chart_spread(at, N_OF(at), 0.06);
	for (i = 1; i < N_OF(at); i++)
		assert_true(at[i] - at[i - 1] > 0.0599);
	assert_true(at[0] > 0.43 && at[2] < 0.57);
	assert_true(at[N_OF(at) - 1] <= 1);
}

static void check_picture(const char *script, size_t len, const char *text)
{
	struct msg m = { "" };
	char *svg;

	if (!gnuplot_run(script, len, &svg, &m)) {
		/* Where it is missing, the message says what to type. */
		assert_has(m.text, "gnuplot-nox");
		return;
	}
	assert_has(svg, "<svg");
	assert_has(svg, text);
	free(svg);
}

static void gnuplot_understands_a_chart(void **state)
{
	struct chart_point points[] = { { 1, 2, 1, 3 }, { 2, 4, NAN, NAN } };
	struct chart_line lines[] = {
		{ .name = "q'; system(\"false\") #`x`",
		  .points = points,
		  .n = 2 },
		{ .curve = true, .points = points, .n = 2, .style = 1 },
		{ .name = "no points" },
	};
	struct chart_lines c = {
		.x = { .label = "x %", .lo = 0, .hi = 3 },
		.y = { .label = "y", .unit = CHART_SHARE, .hi = 5 },
		.mark = 1,
		.lines = lines,
		.n = 3
	};
	struct chart_bar bars[] = {
		{ .name = "50 %s",
		  .note = "7 %",
		  .parts = { 1, 2 },
		  .lo = 1,
		  .hi = 4 },
	};
	static const char *const names[] = { "one", "two" };
	struct chart_bars b = { .x = { .label = "x", .hi = 4 },
				.names = names,
				.nr_parts = 2,
				.bars = bars,
				.n = 1 };
	char *script = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&script, &len);

	(void)state;
	chart_put_lines(f, &c);
	fclose(f);
	assert_has(script, "'q?\? system(?false?) ?\?x?'");
	assert_has_not(script, "`");
	check_picture(script, len, "q?\? system(?false?)");
	free(script);
	f = open_memstream(&script, &len);
	chart_put_bars(f, &b);
	fclose(f);
	check_picture(script, len, "50 %s");
	free(script);
}

/* The script of a chart with one line of @n points. */
static char *script_of(size_t n)
{
	struct chart_point points[] = { { 1, 2, NAN, NAN },
					{ 2, 4, NAN, NAN },
					{ 3, 4, NAN, NAN } };
	struct chart_line line = { .name = "a", .points = points, .n = n };
	struct chart_lines c = { .x = { .hi = 3 },
				 .y = { .hi = 5 },
				 .mark = NAN,
				 .lines = &line,
				 .n = 1 };
	char *script = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&script, &len);

	chart_put_lines(f, &c);
	fclose(f);
	return script;
}

static void two_points_make_no_line(void **state)
{
	char *two = script_of(2), *three = script_of(3);

	(void)state;
	assert_has(two, "using 1:2 with points pt");
	assert_has_not(two, "with lines");
	assert_has(three, "using 1:2 with linespoints");
	free(two);
	free(three);
}

static void dots_are_full_or_hollow(void **state)
{
	struct chart_bar bars[] = { { .name = "a", .lo = NAN, .hi = NAN } };
	struct chart_dot dots[] = { { 0.5, 0, false }, { 2, 0, true } };
	struct chart_bars c = { .x = { .log = true, .lo = 0.4, .hi = 3 },
				.mark = 1,
				.bars = bars,
				.n = 1,
				.dots = dots,
				.nr_dots = 2 };
	char *script = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&script, &len);

	(void)state;
	chart_put_bars(f, &c);
	fclose(f);
	assert_has(script, "\n0.5 0 7\n2 0 6\nEOD");
	assert_has(script, "set arrow from first 1, graph 0");
	check_picture(script, len, ">a<");
	free(script);
}

static void errors_of_gnuplot_are_shown(void **state)
{
	static const char script[] = "set terminal svg\nplot nonsense(x)\n";
	struct msg m = { "" };
	char *svg;

	(void)state;
	assert_false(gnuplot_run(script, strlen(script), &svg, &m));
	assert_null(svg);
	assert_has(m.text, "gnuplot");
	if (!strstr(m.text, "gnuplot-nox"))
		assert_has(m.text, "nonsense");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_an_axis_are_round),
		cmocka_unit_test(an_axis_begins_at_zero_or_is_logarithmic),
		cmocka_unit_test(names_do_not_overlap),
		cmocka_unit_test(gnuplot_understands_a_chart),
		cmocka_unit_test(two_points_make_no_line),
		cmocka_unit_test(dots_are_full_or_hollow),
		cmocka_unit_test(errors_of_gnuplot_are_shown),
	};

	return cmocka_run_group_tests_name("report_chart", tests, NULL, NULL);
}
