// SPDX-License-Identifier: GPL-2.0
/*
 * Can the numbers be trusted? Every run that is not ok with its reasons, and
 * the certificate of the document, folded: its summary says what is wrong.
 */
#include <string.h>

#include "base/units.h"
#include "report_html.h"
#include "report_page.h"
#include "result/digest.h"
#include "result/row.h"

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
	char value[UNITS_MAX];
	struct json_object *c;
	size_t i;

	html_table(f,
		   "What is known to spoil such measurements, and how it was here: "
		   "the worst of all runs");
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
			     out_check_value(c, value), "</td>");
		html_element(f, "<td class=\"text wide\">",
			     json_text_or(c, "why", ""), "");
		if (todo)
			html_element(f, "; ", todo, "");
		fputs("</td></tr>\n", f);
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
}

/* "ok", or the names of what is not. */
static void put_summary(FILE *f, struct json_object *checks)
{
	const char *sep = "not ok: ";
	struct json_object *c;
	size_t i, ok = 0;

	fputs("<summary>", f);
	json_for_each(i, c, checks) {
		if (row_is_ok(c)) {
			ok++;
			continue;
		}
		html_element(f, sep, json_text_or(c, "name", "?"), "");
		sep = ", ";
	}
	fprintf(f, "%s%zu of %zu lines are ok</summary>\n",
		*sep == ',' ? "; " : "", ok, json_length(checks));
}

/**
 * report_certificate() - Put on a page whether the numbers can be trusted
 * @p: the page
 */
void report_certificate(struct report_page *p)
{
	struct json_object *checks = json_array(p->v->doc, "checks");
	struct json_object *odd = digest_odd_run(p->v->doc);

	put_bad_runs(p, json_array(p->v->doc, "runs"));
	if (odd)
		html_element(p->f, "<p class=\"banner\">FAILED: run ",
			     json_text_or(odd, "run", "?"),
			     " had other operations than another run with the same "
			     "parameters.</p>\n");
	if (!json_length(checks))
		return;
	fputs("<details>", p->f);
	put_summary(p->f, checks);
	put_checks(p->f, checks);
	fputs("</details>\n", p->f);
}
