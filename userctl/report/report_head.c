// SPDX-License-Identifier: GPL-2.0
/* What a page begins with: what was asked, and of which machine. */
#include <string.h>

#include "jpath.h"
#include "out.h"
#include "report_html.h"
#include "report_page.h"
#include "units.h"

static struct json_object *object_at(struct json_object *doc, const char *key)
{
	struct json_object *o;

	return jpath_get(doc, key, &o) &&
			       json_object_is_type(o, json_type_object) ?
		       o :
		       NULL;
}

static void put_term(FILE *f, const char *name, const char *text)
{
	html_element(f, "<dt>", name, "</dt>");
	html_element(f, "<dd>", text, "</dd>\n");
}

/* "a, b, c" */
static void put_list(FILE *f, struct json_object *list)
{
	size_t i;

	for (i = 0; i < jpath_length(list); i++) {
		fputs(i ? ", " : "", f);
		html_text(f, jpath_item(list, i));
	}
}

/* --- what went wrong ------------------------------------------------------ */

static void put_banners(struct report_page *p)
{
	struct json_object *runs = jpath_array(p->v->doc, "runs");
	struct json_object *flag;
	size_t bad = 0;
	size_t i;

	if (p->v->emulated)
		fputs("<p class=\"banner\" role=\"note\"><strong>Times mean nothing here: the CPU "
		      "was emulated.</strong> Everything made from a time, throughput first of "
		      "all, is marked with ~ in the tables. Counts (failed tries, fairness of "
		      "operations) still hold.</p>\n",
		      p->f);
	if (jpath_get(p->v->doc, "interrupted", &flag) &&
	    json_object_get_boolean(flag))
		fputs("<p class=\"banner\" role=\"note\"><strong>Interrupted:</strong> not all "
		      "planned runs were made, or not for their full time.</p>\n",
		      p->f);
	for (i = 0; i < jpath_length(runs); i++)
		bad += !out_is_ok(json_object_array_get_idx(runs, i));
	if (bad)
		fprintf(p->f,
			"<p class=\"banner\" role=\"note\"><strong>%zu of %zu runs %s not "
			"ok:</strong> see <a href=\"#certificate\">the certificate</a>. They take "
			"no part in a row's numbers as long as one of its runs is ok.</p>\n",
			bad, jpath_length(runs), bad > 1 ? "are" : "is");
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
	struct json_object *list = jpath_array(doc, "plan.command");
	size_t i;

	if (!list)
		return;
	fputs("<pre class=\"command\"><code>tokctl run", f);
	for (i = 0; i < jpath_length(list); i++) {
		const char *text = jpath_item(list, i);

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
	size_t made = jpath_length(jpath_array(doc, "runs"));
	const char *rounds = jpath_text(doc, "plan.auto.rounds");

	fprintf(f, "<dt>runs</dt><dd>%zu", made);
	html_element(f, " of ", jpath_text_or(doc, "plan.runs", "?"),
		     " planned; ");
	html_element(f, "", jpath_text_or(doc, "plan.repeats", "?"),
		     " of each lock under each set of parameters");
	if (rounds) {
		html_element(f, ", as many as were needed (",
			     jpath_text(doc, "plan.auto.ended_by"), ")");
	}
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
	size_t i;

	if (!jpath_length(list))
		return;
	fputs("<h3>Left out by the module</h3>\n<ul>\n", f);
	for (i = 0; i < jpath_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		struct json_object *where = object_at(o, "params");

		html_element(f, "<li><code>", jpath_text(o, "lock"), "</code>");
		if (where)
			html_element(f, " where ",
				     json_object_to_json_string_ext(where,
								    JSON_C_TO_STRING_PLAIN),
				     "");
		html_element(f, ": ", jpath_text(o, "reason"), "</li>\n");
	}
	fputs("</ul>\n", f);
}

static void put_main_settings(FILE *f, struct json_object *constants)
{
	static const char *const times[] = { "hold_ns", "think_ns" };
	static const char *const others[] = { "cpus", "threads_per_cpu",
					      "locks", "set_size" };
	char text[UNITS_MAX];
	size_t i;

	for (i = 0; i < 2; i++) {
		const char *value = jpath_text(constants, times[i]);

		if (value)
			put_term(f, times[i], units_ns(text, atof(value)));
	}
	for (i = 0; i < 4; i++) {
		const char *value = jpath_text(constants, others[i]);

		if (value)
			put_term(f, others[i], *value ? value : "(default)");
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
		     jpath_text_or(doc, "title", "tokbench: locks compared"),
		     "</h1>\n<p class=\"sub\">");
	html_element(p->f, "",
		     jpath_text_or(doc, "environment.date", "no date"), "");
	html_element(p->f, " \u00b7 ",
		     jpath_text_or(doc, "environment.cpu", "unknown CPU"), "");
	html_element(p->f, " \u00b7 kernel ",
		     jpath_text_or(doc, "environment.kernel", "unknown"), "");
	html_element(p->f, " \u00b7 lab ",
		     jpath_text_or(doc, "environment.lab", "unknown"),
		     "</p>\n");
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
	struct json_object *constants = object_at(doc, "plan.constants");

	fputs("<section id=\"asked\">\n<h2>What was asked</h2>\n", p->f);
	put_command(p->f, doc);
	fputs("<dl>\n<dt>locks</dt><dd>", p->f);
	put_list(p->f, jpath_array(doc, "plan.locks"));
	fputs("</dd>\n", p->f);
	if (jpath_text(doc, "plan.reference"))
		put_term(p->f, "compared with",
			 jpath_text(doc, "plan.reference"));
	put_axes(p->f, object_at(doc, "plan.axes"));
	put_main_settings(p->f, constants);
	put_runs(p->f, doc);
	if (jpath_text(doc, "plan.seed"))
		put_term(p->f, "seed of their order",
			 jpath_text(doc, "plan.seed"));
	fputs("</dl>\n", p->f);
	put_constants(p->f, constants);
	put_left_out(p->f, jpath_array(doc, "left_out"));
	fputs("</section>\n", p->f);
}

/**
 * report_machine() - Put on a page which machine it was
 * @p: the page
 */
void report_machine(struct report_page *p)
{
	static const char *const of_runs[] = { "hypervisor", "preempt", "debug",
					       "clock" };
	struct json_object *env = object_at(p->v->doc, "environment");
	struct json_object *runs = jpath_array(p->v->doc, "runs");
	struct json_object *run = json_object_array_get_idx(runs, 0);
	char key[64];
	size_t i;

	fputs("<section id=\"machine\">\n<h2>On what machine</h2>\n<dl>\n",
	      p->f);
	if (env) {
		json_object_object_foreach(env, name, value)
		{
			put_term(p->f, name, json_object_get_string(value));
		}
	}
	for (i = 0; i < sizeof(of_runs) / sizeof(of_runs[0]); i++) {
		snprintf(key, sizeof(key), "certificate.%s", of_runs[i]);
		if (jpath_text(run, key) &&
		    !(env && json_object_object_get_ex(env, of_runs[i], NULL)))
			put_term(p->f, of_runs[i], jpath_text(run, key));
	}
	fputs("</dl>\n</section>\n", p->f);
}
