// SPDX-License-Identifier: GPL-2.0
/* What a page begins with: what was asked, and of which machine. */
#include <string.h>

#include "base/units.h"
#include "report_html.h"
#include "report_page.h"
#include "result/row.h"

static void put_term(FILE *f, const char *name, const char *text)
{
	html_element(f, "<dt>", name, "</dt>");
	html_element(f, "<dd>", text, "</dd>\n");
}

/* "a, b, c" */
static void put_list(FILE *f, struct json_object *list)
{
	size_t i;

	for (i = 0; i < json_length(list); i++) {
		fputs(i ? ", " : "", f);
		html_text(f, json_item(list, i));
	}
}

/* --- what went wrong ------------------------------------------------------ */

static void put_banners(struct report_page *p)
{
	struct json_object *runs = json_array(p->v->doc, "runs");
	struct json_object *flag;
	size_t bad = 0;
	size_t i;

	if (p->v->simulated)
		html_element(p->f, "<p class=\"banner\" role=\"note\"><strong>",
			     p->v->simulated,
			     "</strong> Orders and shapes hold; absolute numbers are no better "
			     "than a factor of two.</p>\n");
	if (p->v->emulated)
		fputs("<p class=\"banner\" role=\"note\"><strong>Times mean nothing here: the CPU "
		      "was emulated.</strong> Everything made from a time, throughput first of "
		      "all, is marked with ~ in the tables. Counts (failed tries, fairness of "
		      "operations) still hold.</p>\n",
		      p->f);
	if (json_find(p->v->doc, "interrupted", &flag) &&
	    json_object_get_boolean(flag))
		fputs("<p class=\"banner\" role=\"note\"><strong>Interrupted:</strong> not all "
		      "planned runs were made, or not for their full time.</p>\n",
		      p->f);
	for (i = 0; i < json_length(runs); i++)
		bad += !row_is_ok(json_object_array_get_idx(runs, i));
	if (bad)
		fprintf(p->f,
			"<p class=\"banner\" role=\"note\"><strong>%zu of %zu runs %s not "
			"ok:</strong> see <a href=\"#certificate\">the certificate</a>. They take "
			"no part in a row's numbers as long as one of its runs is ok.</p>\n",
			bad, json_length(runs), bad > 1 ? "are" : "is");
}

/* --- what was asked ------------------------------------------------------- */

/* An argument as one would type it. */
static void put_argument(FILE *f, const char *text)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,:/=+@%";

	if (*text && !text[strspn(text, plain)]) {
		html_text(f, text);
		return;
	}
	html_text(f, "'");
	for (;;) {
		size_t len = strcspn(text, "'");
		char part[512];

		/* Longer ones in pieces, which a shell would join. */
		if (len >= sizeof(part))
			len = sizeof(part) - 1;
		memcpy(part, text, len);
		part[len] = '\0';
		html_text(f, part);
		text += len;
		if (!*text)
			break;
		if (*text == '\'') {
			html_text(f, "'\\''");
			text++;
		}
	}
	html_text(f, "'");
}

static void put_command(FILE *f, struct json_object *doc)
{
	struct json_object *list = json_array(doc, "plan.command");
	size_t i;

	if (!list)
		return;
	fputs("<pre class=\"command\"><code>tokctl run", f);
	for (i = 0; i < json_length(list); i++) {
		const char *text = json_item(list, i);

		fputc(' ', f);
		put_argument(f, text ? text : "");
	}
	fputs("</code></pre>\n", f);
}

static void put_axes(FILE *f, struct json_object *axes)
{
	if (!axes || !json_object_object_length(axes))
		return;
	fputs("<dt>varied</dt><dd>", f);
	json_object_object_foreach(axes, name, values)
	{
		html_element(f, "<div><code>", name, "</code>: ");
		put_list(f, json_object_is_type(values, json_type_array) ?
				    values :
				    NULL);
		fputs("</div>", f);
	}
	fputs("</dd>\n", f);
}

static void put_runs(FILE *f, struct json_object *doc)
{
	size_t made = json_length(json_array(doc, "runs"));
	const char *why = json_text(doc, "plan.auto.ended_by");

	/* Without a width there was nothing to be precise. */
	if (why && !strcmp(why, "precision") &&
	    !json_text(doc, "plan.auto.reached"))
		why = "no lock has a good run";
	fprintf(f, "<dt>runs</dt><dd>%zu", made);
	html_element(f, " of ", json_text_or(doc, "plan.runs", "?"),
		     " planned; ");
	html_element(f, "", json_text_or(doc, "plan.repeats", "?"),
		     " of each lock under each set of parameters");
	if (json_text(doc, "plan.auto.rounds"))
		html_element(f, ", as many as were needed (", why, ")");
	fputs("</dd>\n", f);
}

static void put_constants(FILE *f, struct json_object *constants)
{
	if (!constants || !json_object_object_length(constants))
		return;
	fputs("<details><summary>All other parameters</summary>\n<dl class=\"small\">\n",
	      f);
	json_object_object_foreach(constants, name, value)
	{
		const char *text = json_object_get_string(value);

		put_term(f, name, text && *text ? text : "(default)");
	}
	fputs("</dl></details>\n", f);
}

static void put_left_out(FILE *f, struct json_object *list)
{
	struct json_object *o;
	size_t i;

	if (!json_length(list))
		return;
	fputs("<h3>Left out by the module</h3>\n<ul>\n", f);
	json_for_each(i, o, list) {
		struct json_object *where = json_object_at(o, "params");

		html_element(f, "<li><code>", json_text(o, "lock"), "</code>");
		if (where)
			html_element(f, " where ",
				     json_object_to_json_string_ext(where,
								    JSON_C_TO_STRING_PLAIN),
				     "");
		html_element(f, ": ", json_text(o, "reason"), "</li>\n");
	}
	fputs("</ul>\n", f);
}

static void put_main_settings(FILE *f, struct json_object *constants)
{
	static const char *const names[] = { "hold_ns", "think_ns",
					     "cpus",	"threads_per_cpu",
					     "locks",	"set_size" };
	char time[UNITS_MAX];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = json_text(constants, names[i]);

		if (value && i < 2)
			value = units_ns(time, atof(value));
		if (value)
			put_term(f, names[i], *value ? value : "(default)");
	}
}

/**
 * report_head() - Put the title and warnings on a page
 * @p: the page
 */
void report_head(struct report_page *p)
{
	struct json_object *doc = p->v->doc;

	fputs("<header>\n", p->f);
	html_element(p->f, "<h1>",
		     json_text_or(doc, "title", "tokbench: locks compared"),
		     "</h1>\n<p class=\"sub\">");
	html_element(p->f, "", json_text_or(doc, "environment.date", "no date"),
		     "");
	html_element(p->f, " \u00b7 ",
		     json_text_or(doc, "environment.cpu", "unknown CPU"), "");
	html_element(p->f, " \u00b7 kernel ",
		     json_text_or(doc, "environment.kernel", "unknown"), "");
	html_element(p->f, " \u00b7 lab ",
		     json_text_or(doc, "environment.lab", "unknown"), "</p>\n");
	put_banners(p);
	fputs("</header>\n", p->f);
}

/**
 * report_asked() - Put on a page what was asked
 * @p: the page
 */
void report_asked(struct report_page *p)
{
	struct json_object *doc = p->v->doc;
	struct json_object *constants = json_object_at(doc, "plan.constants");

	put_command(p->f, doc);
	fputs("<dl>\n<dt>locks</dt><dd>", p->f);
	put_list(p->f, json_array(doc, "plan.locks"));
	fputs("</dd>\n", p->f);
	if (json_text(doc, "plan.reference"))
		put_term(p->f, "compared with",
			 json_text(doc, "plan.reference"));
	put_axes(p->f, json_object_at(doc, "plan.axes"));
	put_main_settings(p->f, constants);
	put_runs(p->f, doc);
	if (json_text(doc, "plan.seed"))
		put_term(p->f, "seed of their order",
			 json_text(doc, "plan.seed"));
	fputs("</dl>\n", p->f);
	put_constants(p->f, constants);
	put_left_out(p->f, json_array(doc, "left_out"));
}

/**
 * report_machine() - Put on a page which machine it was
 * @p: the page
 */
void report_machine(struct report_page *p)
{
	static const char *const of_runs[] = { "hypervisor", "preempt",
					       "proxy_exec", "debug", "clock" };
	struct json_object *env = json_object_at(p->v->doc, "environment");
	struct json_object *runs = json_array(p->v->doc, "runs");
	struct json_object *run = json_object_array_get_idx(runs, 0);
	char key[64];
	size_t i;

	fputs("<dl>\n", p->f);
	if (env) {
		json_object_object_foreach(env, name, value)
		{
			put_term(p->f, name, json_object_get_string(value));
		}
	}
	for (i = 0; i < sizeof(of_runs) / sizeof(of_runs[0]); i++) {
		snprintf(key, sizeof(key), "certificate.%s", of_runs[i]);
		if (json_text(run, key) &&
		    !(env && json_object_object_get_ex(env, of_runs[i], NULL)))
			put_term(p->f, of_runs[i], json_text(run, key));
	}
	fputs("</dl>\n", p->f);
}
