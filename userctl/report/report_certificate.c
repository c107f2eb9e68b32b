// SPDX-License-Identifier: GPL-2.0
/*
 * Can the numbers be trusted? The certificate of the document, or of its runs
 * where a document is older than that, and every run that is not ok with its
 * reasons.
 */
#include <string.h>

#include "base/units.h"
#include "report_html.h"
#include "report_page.h"
#include "result/digest.h"
#include "result/row.h"

/* Facts of each run of which the worst is shown. */
static const struct {
	const char *key;
	const char *name;
	bool least; /* else the most is the worst */
	bool time;
} facts[] = {
	{ "overlap", "share of the window with every thread at work", true,
	  false },
	{ "start_skew_ns", "from the first thread's start to the last's", false,
	  true },
	{ "end_skew_ns", "from the first thread's end to the last's", false,
	  true },
	{ "late_threads", "threads that came too late", false, false },
	{ "left_cpu", "threads seen on another CPU than theirs", false, false },
	{ "violations", "violations of exclusion", false, false },
	{ "lost_updates", "updates lost", false, false },
	{ "stream_errors", "threads with other operations than asked for",
	  false, false },
	{ "clock_cost_ns", "cost of reading the clock", false, true },
	{ "other_ns", "CPU time that others had on these CPUs", false, true },
	{ "steal_ns", "CPU time that the hypervisor gave to others", false,
	  true },
};

/* A sign as well as a word: no meaning by colour alone. */
static void put_verdict(FILE *f, const char *verdict)
{
	const char *class = "bad", *sign = "\u2717 ";

	if (!strcmp(verdict, "ok")) {
		class = "good";
		sign = "\u2713 ";
	} else if (!strcmp(verdict, "warning")) {
		class = "warn";
		sign = "! ";
	}
	fprintf(f, "<td class=\"text %s\">%s", class, sign);
	html_element(f, "", verdict, "</td>");
}

static void put_checks(FILE *f, struct json_object *checks)
{
	struct json_object *c;
	size_t i;

	html_table(f,
		   "What is known to spoil such measurements, and how it was here");
	fputs("<th scope=\"col\" class=\"text\">what</th>"
	      "<th scope=\"col\" class=\"text\">verdict</th>"
	      "<th scope=\"col\" class=\"text\">value</th>"
	      "<th scope=\"col\" class=\"text\">why, and what to do</th>",
	      f);
	html_table_rows(f);
	json_for_each(i, c, checks) {
		const char *todo = json_text(c, "todo");

		html_element(f, "<tr><th scope=\"row\">",
			     json_text_or(c, "name", "?"), "</th>");
		put_verdict(f, json_text_or(c, "verdict", "?"));
		html_element(f, "<td class=\"text\">",
			     json_text_or(c, "value", "-"), "</td>");
		html_element(f, "<td class=\"text wide\">",
			     json_text_or(c, "why", ""), "");
		if (todo)
			html_element(f, "; ", todo, "");
		fputs("</td></tr>\n", f);
	}
	html_table_end(f);
}

static bool worst(struct json_object *runs, size_t fact, double *v)
{
	bool any = false;
	char key[64];
	size_t i;

	snprintf(key, sizeof(key), "certificate.%s", facts[fact].key);
	for (i = 0; i < json_length(runs); i++) {
		double x;

		if (!json_number(json_object_array_get_idx(runs, i), key, &x))
			continue;
		if (!any || (facts[fact].least ? x < *v : x > *v))
			*v = x;
		any = true;
	}
	return any;
}

static void put_facts(FILE *f, struct json_object *runs)
{
	size_t i;

	html_table(f, "What the runs say of themselves: the worst of all");
	fputs("<th scope=\"col\" class=\"text\">what</th>"
	      "<th scope=\"col\">worst</th>",
	      f);
	html_table_rows(f);
	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		char text[UNITS_MAX];
		double v;

		if (!worst(runs, i, &v))
			continue;
		if (facts[i].time)
			units_ns(text, v);
		else
			snprintf(text, sizeof(text), "%.6g", v);
		html_element(f, "<tr><th scope=\"row\">", facts[i].name,
			     "</th>");
		html_element(f, "<td>", text, "</td></tr>\n");
	}
	html_table_end(f);
}

static void put_bad_run(FILE *f, struct json_object *run,
			struct json_object *axes)
{
	struct json_object *reasons = json_array(run, "reasons");
	const char *name;
	size_t i;

	html_element(f, "<tr class=\"bad\"><td>", json_text_or(run, "run", "?"),
		     "</td>");
	html_element(f, "<th scope=\"row\">", json_text_or(run, "lock", "?"),
		     "</th><td class=\"text\">");
	for (i = 0; (name = row_axis(axes, i)); i++) {
		html_element(f, "", name, "=");
		html_element(f, "", row_param(run, name), " ");
	}
	html_element(f, "repeat ", json_text_or(run, "repeat", "?"), "</td>");
	put_verdict(f, json_text_or(run, "verdict", "?"));
	fputs("<td class=\"text wide\">", f);
	for (i = 0; i < json_length(reasons); i++)
		html_element(f, i ? "; " : "", json_item(reasons, i), "");
	if (!json_length(reasons))
		fputs("the module gave no reason", f);
	fputs("</td></tr>\n", f);
}

static void put_bad_runs(struct report_page *p, struct json_object *runs)
{
	struct json_object *run;
	bool any = false;
	size_t i;

	json_for_each(i, run, runs) {
		if (row_is_ok(run))
			continue;
		if (!any) {
			html_table(p->f, "Runs that are not ok");
			fputs("<th scope=\"col\">run</th>"
			      "<th scope=\"col\" class=\"text\">lock</th>"
			      "<th scope=\"col\" class=\"text\">where</th>"
			      "<th scope=\"col\" class=\"text\">verdict</th>"
			      "<th scope=\"col\" class=\"text\">why</th>",
			      p->f);
			html_table_rows(p->f);
		}
		any = true;
		put_bad_run(p->f, run, p->l.axes);
	}
	if (any)
		html_table_end(p->f);
	else if (json_length(runs))
		fprintf(p->f, "<p>\u2713 %zu of %zu runs are ok.</p>\n",
			json_length(runs), json_length(runs));
}

/**
 * report_certificate() - Put on a page whether the numbers can be trusted
 * @p: the page
 */
void report_certificate(struct report_page *p)
{
	struct json_object *runs = json_array(p->v->doc, "runs");
	struct json_object *checks = json_array(p->v->doc, "checks");
	struct json_object *odd = digest_odd_run(p->v->doc);

	fputs("<section id=\"certificate\">\n<h2>Certificate</h2>\n", p->f);
	put_bad_runs(p, runs);
	if (odd)
		html_element(p->f, "<p class=\"banner\">FAILED: run ",
			     json_text_or(odd, "run", "?"),
			     " had other operations than another run with the same "
			     "parameters.</p>\n");
	if (json_length(checks))
		put_checks(p->f, checks);
	put_facts(p->f, runs);
	fputs("</section>\n", p->f);
}
