// SPDX-License-Identifier: GPL-2.0
/* report_html.c, report_svg.c: nothing foreign gets into a page as mark-up. */
#include <stdio.h>
#include <stdlib.h>

#include "report/report_chart.h"
#include "report/report_html.h"
#include "tests/unit.h"

static char *print(void (*put)(FILE *f, const char *text), const char *text)
{
	char *out = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&out, &len);

	put(f, text);
	fclose(f);
	return out;
}

static void check(void (*put)(FILE *f, const char *text), const char *text,
		  const char *wanted)
{
	char *out = print(put, text);

	assert_string_equal(out, wanted);
	free(out);
}

static void text_of_a_page_is_escaped(void **state)
{
	(void)state;
	check(html_text, "a<script>alert('x')</script>&amp;\"",
	      "a&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;&quot;");
	check(html_text, "line\nline\ttab\033[31m\x7f", "line line tab?[31m?");
	check(html_text, NULL, "-");
	check(html_text, "", "");
}

static void only_utf_8_gets_through(void **state)
{
	static const char *const good[] = { "\xc3\xa4", "\xe2\x82\xac",
					    "\xf0\x9f\x94\x92" };
	static const struct {
		const char *text, *wanted;
	} bad[] = {
		{ "\xc0\xbc", "??" }, /* '<' in two bytes */
		{ "\xe0\x80\xbc", "???" },
		{ "\xed\xa0\x80", "???" }, /* a surrogate */
		{ "\xf4\x90\x80\x80", "????" },
		{ "\xc2\x85", "??" }, /* a control character */
		{ "\xe2\x82", "??" }, /* cut off */
		{ "\xc3<", "?&lt;" },
		{ "\xff", "?" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(good); i++)
		check(html_text, good[i], good[i]);
	for (i = 0; i < N_OF(bad); i++)
		check(html_text, bad[i].text, bad[i].wanted);
}

static void text_of_a_picture_means_nothing_to_gnuplot(void **state)
{
	(void)state;
	check(plot_text, "token-poll (1/2), a_b: 5 %",
	      "'token-poll (1/2), a_b: 5 %'");
	check(plot_text, "'; system \"id\" #", "'?\? system ?id? ?'");
	check(plot_text, "`id`@macro{x}^2\\n$d\n<b>&",
	      "'?id?\?macro?x?\?2?n?d?\?b?\?'");
	check(plot_text, "\xc3\xa4", "'?\?'");
	check(plot_tick, "50 %g%n", "'50 %%g%%n'");
	check(plot_text, NULL, "'-'");
}

static char *fit(const char *svg)
{
	char *out = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&out, &len);

	assert_true(svg_put(f, svg, "p-1", "a \"label\""));
	fclose(f);
	return out;
}

static void a_picture_is_made_fit_for_a_page(void **state)
{
	static const char wanted[] =
		"<svg id=\"p-1\" viewBox=\"0 0 5 6\" role=\"img\" "
		"aria-label=\"a &quot;label&quot;\">\n<g>"
		"<path id='p-1-Pt1'/><use href='#p-1-Pt1' color='var(--c3)'/>"
		"<polygon fill = 'url(#p-1-Pat1)'/>"
		"<text fill=\"var(--ink)\">rgb(0,0,99)</text></g></svg>\n";
	static const char svg[] =
		"<?xml version=\"1.0\"?>\n<svg\n width=\"5\" height=\"6\" "
		"viewBox=\"0 0 5 6\"\n xmlns=\"http://www.w3.org/2000/svg\"\n>"
		"<title>Gnuplot</title>\n<desc>by</desc>"
		"<g id=\"gnuplot_canvas\"><rect x=\"0\" y=\"0\" width=\"5\"/>"
		"<g fill=\"none\" color=\"black\">\n</g>\n"
		"<path id='gpPt1'/><use xlink:href='#gpPt1' color='rgb(  0,   0,   3)'/>"
		"<polygon fill = 'url(#gpPat1)'/>"
		"<text fill=\"rgb(0,0,10)\">rgb(0,0,99)</text></g></svg>\n";
	char *out = fit(svg);

	(void)state;
	assert_string_equal(out, wanted);
	free(out);
}

static void what_is_no_picture_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"gnuplot: sorry",
		"<svg",
		"<svg viewBox=\"0 0 1 1\">",
		"<svg>viewBox=\"</svg>",
	};
	FILE *f = fopen("/dev/null", "w");
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(texts); i++)
		assert_false(svg_put(f, texts[i], "x", "y"));
	fclose(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_of_a_page_is_escaped),
		cmocka_unit_test(only_utf_8_gets_through),
		cmocka_unit_test(text_of_a_picture_means_nothing_to_gnuplot),
		cmocka_unit_test(a_picture_is_made_fit_for_a_page),
		cmocka_unit_test(what_is_no_picture_is_refused),
	};

	return cmocka_run_group_tests_name("report_html", tests, NULL, NULL);
}
