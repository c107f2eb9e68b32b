// SPDX-License-Identifier: GPL-2.0
/*
 * What a page opens with: the sentences that a table ends with, and one chart
 * that shows them. That is throughput, if one chart has all of it; else all
 * ratios to the reference, because a sentence is about all cells of a lock.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "base/xalloc.h"
#include "report_html.h"
#include "report_page.h"
#include "result/ratio_row.h"

static bool put_sentences(struct report_page *p)
{
	bool any = false;
	size_t i;

	for (i = 0; i < json_length(p->l.rows); i++) {
		char *text = out_answer(&p->l, i);

		if (!text)
			continue;
		html_element(p->f,
			     any ? "<li>" : "<ul class=\"verdict\">\n<li>",
			     text, "</li>\n");
		any = true;
		free(text);
	}
	if (any)
		fputs("</ul>\n", p->f);
	return any;
}

/*
 * What the ratios are, or why there is no verdict: as below a table, without
 * its ends of lines, which are those of a terminal.
 */
static void put_method(struct report_page *p)
{
	char *text = NULL, *word, *rest;
	const char *sep = "<p class=\"sub\">";
	size_t len = 0;
	FILE *f = xmemstream(&text, &len);

	out_ratios(f, &p->l);
	xmemclose(f);
	for (word = strtok_r(text, "\n ", &rest); word;
	     word = strtok_r(NULL, "\n ", &rest)) {
		html_element(p->f, sep, word, "");
		sep = " ";
	}
	if (len)
		fputs("</p>\n", p->f);
	free(text);
}

/* --- the chart of ratios -------------------------------------------------- */

/* Adds the row of a lock; its note is from where to where its dots are. */
static void add_row(const struct report_view *v, size_t lock,
		    struct chart_bars *c)
{
	static const struct column column = { .kind = RATIO,
					      .key = "ratio.value" };
	struct json_object *least = NULL, *most = NULL;
	struct chart_bar *b = &c->bars[c->n];
	double x, lo = INFINITY, hi = 0;
	char from[CELL_MAX], to[CELL_MAX];
	size_t i;

	for (i = 0; i < v->nr_points; i++) {
		struct json_object *row = v->points[i].row;

		if (v->points[i].lock != lock || !ratio_row_is_compared(row) ||
		    !json_number(row, "ratio.value", &x) || x <= 0)
			continue;
		c->dots[c->nr_dots++] = (struct chart_dot){
			x, c->n,
			!json_is(row, "ratio.verdict", "faster") &&
				!json_is(row, "ratio.verdict", "slower")
		};
		least = x < lo ? row : least;
		most = x > hi ? row : most;
		lo = fmin(lo, x);
		hi = fmax(hi, x);
	}
	if (!most || !cell_text(least, &column, from) ||
	    !cell_text(most, &column, to))
		return;
	*b = (struct chart_bar){ .name = v->locks[lock], .lo = NAN, .hi = hi };
	snprintf(b->note, sizeof(b->note), "%.20s to %.20s", from, to);
	c->n++;
}

static void ratios(struct report_page *p)
{
	const struct report_view *v = p->v;
	struct chart_bars c = {
		.x = { .label = "times the ops/s of the reference",
		       .unit = CHART_PLAIN,
		       .log = true },
		.mark = 1,
		.bars = xcalloc(v->nr_locks, sizeof(*c.bars)),
		.dots = xcalloc(v->nr_points, sizeof(*c.dots)),
	};
	double *at = xcalloc(v->nr_points + 1, sizeof(*at));
	size_t i;

	for (i = 0; i < v->nr_locks; i++)
		add_row(v, i, &c);
	for (i = 0; i < c.nr_dots; i++)
		at[i] = c.dots[i].x;
	at[i] = c.mark;
	chart_fit(&c.x, at, c.nr_dots + 1);
	figure_begin(p);
	if (c.nr_dots)
		figure_chart(p, "", NULL, &c);
	figure_end(p, 0,
		   "A dot for each combination of parameters: full where a difference is "
		   "shown, hollow where none is. To the right of the dashed line a lock "
		   "does more operations per second than the reference.");
	free(at);
	free(c.bars);
	free(c.dots);
}

/**
 * report_verdict() - Put on a page what it comes to
 * @p: the page
 */
void report_verdict(struct report_page *p)
{
	if (!put_sentences(p))
		fprintf(p->f, "<p class=\"verdict\">No lock is judged%s.</p>\n",
			p->l.emulated  ? ": times mean nothing here" :
			!p->l.compared ? ": none is compared to another" :
			!p->l.repeated ? ": each has one run" :
					 "");
	put_method(p);
	if (p->l.compared && p->v->nr_panels > 1) {
		ratios(p);
		return;
	}
	p->to = 1;
	report_speed(p);
}
