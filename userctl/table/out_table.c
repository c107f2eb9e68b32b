// SPDX-License-Identifier: GPL-2.0
/*
 * The summary of a document as a table for people. Two rules are absolute:
 * a row that is not ok says so, with its reasons below; and where the CPU was
 * emulated, every number made from a time carries a '~' and the table stands
 * between two lines that say why.
 */
#include <stdio.h>
#include <stdlib.h>

#include "out.h"
#include "out_rows.h"
#include "result/digest.h"
#include "result/simulated.h"

/* Printed above and below everything that shows times of an emulated CPU. */
const char out_times_warning[] =
	"Times mean nothing here: the CPU was emulated. Columns marked ~ are made from times;\n"
	"counts (failed attempts, fairness of operations) still hold.\n";

/**
 * out_simulated() - Print what a result of a simulated machine says of itself
 * @f: stream to print on
 * @certificate: of a run, or NULL; of a real machine nothing is printed
 */
void out_simulated(FILE *f, struct json_object *certificate)
{
	char *note = simulated_note(certificate);

	if (note)
		out_plain(f, note);
	free(note);
}

/* "FAILED broken threads_per_cpu=4 repeat 2 (run 17): reason" */
static void print_reason(FILE *f, struct json_object *run,
			 const struct out_layout *l, const char *why)
{
	out_foreign(f, "%s ", json_text_or(run, "verdict", "?"));
	out_name(f, run, l->axes);
	if (l->repeated)
		out_foreign(f, " repeat %s", json_text_or(run, "repeat", "?"));
	out_foreign(f, " (run %s): ", json_text_or(run, "run", "?"));
	out_plain(f, why ? why : "the module gave no reason");
}

static void print_reasons(FILE *f, struct json_object *doc,
			  const struct out_layout *l)
{
	struct json_object *run, *reasons;
	size_t i, j;

	json_for_each(i, run, json_array(doc, "runs")) {
		reasons = json_array(run, "reasons");
		if (row_is_ok(run))
			continue;
		for (j = 0; j < json_length(reasons); j++)
			print_reason(f, run, l, json_item(reasons, j));
		if (!json_length(reasons))
			print_reason(f, run, l, NULL);
	}
}

/* All locks must have been asked for the same; see certificate.stream_digest. */
static void print_streams(FILE *f, struct json_object *doc)
{
	struct json_object *run = digest_odd_run(doc);

	if (!run)
		return;
	out_foreign(f, "FAILED: run %s, of %s, had other operations than ",
		    json_text_or(run, "run", "?"),
		    json_text_or(run, "lock", "?"));
	fputs("another run with the same parameters\n", f);
}

/* Whose sets were in another order than asked for? */
static void print_set_orders(FILE *f, const struct out_layout *l)
{
	struct json_object *seen = json_object_new_object();
	const char *sep = "sets in one order, as needed: ";
	struct json_object *row;
	size_t i;

	json_for_each(i, row, l->rows) {
		if (json_text(row, "set_order"))
			json_object_object_add(seen,
					       json_text_or(row, "lock", "?"),
					       NULL);
	}
	json_object_object_foreach(seen, lock, unused)
	{
		(void)unused;
		fputs(sep, f);
		out_text(f, lock);
		sep = ", ";
	}
	if (json_object_object_length(seen))
		fputc('\n', f);
	json_object_put(seen);
}

static void print_interrupted(FILE *f, struct json_object *doc)
{
	struct json_object *runs = json_array(doc, "runs");
	struct json_object *flag;
	double planned, stopped = 0;
	size_t n = json_length(runs);

	if (!json_find(doc, "interrupted", &flag) ||
	    !json_object_get_boolean(flag))
		return;

	if (n)
		json_number(json_object_array_get_idx(runs, n - 1),
			    "certificate.stopped", &stopped);
	fprintf(f, "interrupted: %zu", n);
	if (json_number(doc, "plan.runs", &planned))
		fprintf(f, " of %.0f", planned);
	fprintf(f, " runs were made%s\n",
		stopped > 0 ? ", the last was cut short" : "");
}

/* "tags: machine=desk, kernel=patched" */
static void print_tags(FILE *f, struct json_object *doc)
{
	struct json_object *tags = json_object_at(doc, "environment.tags");
	const char *sep = "tags: ";

	if (!tags)
		return;
	json_object_object_foreach(tags, name, value)
	{
		out_foreign(f, "%s%s=%s", sep, name,
			    json_object_get_string(value));
		sep = ", ";
	}
	if (json_object_object_length(tags))
		fputc('\n', f);
}

/* What a reader must know beside the numbers. */
static void print_notes(FILE *f, struct json_object *doc,
			const struct out_layout *l)
{
	if (l->emulated)
		fputs(out_times_warning, f);
	print_reasons(f, doc, l);
	out_outliers(f, doc, l);
	print_streams(f, doc);
	out_checks(f, doc);
	print_set_orders(f, l);
	out_refusals(f, "left out: ", json_array(doc, "left_out"));
	out_auto(f, doc);
	print_interrupted(f, doc);
	out_answers(f, l);
	if (l->view->checks)
		out_all_checks(f, doc);
}

/**
 * out_table() - Print the summary of a document
 * @f: stream to print on
 * @doc: finished document
 * @view: what was asked for
 * @markdown: tables of Markdown, and everything else as it is in a block
 */
void out_table(FILE *f, struct json_object *doc, const struct out_view *view,
	       bool markdown)
{
	const char *title = json_text(doc, "title");
	struct out_layout l;
	struct json_object *rows;

	if (title)
		out_plain(f, title);
	print_tags(f, doc);
	out_look(&l, doc);
	l.view = view;
	l.markdown = markdown;
	out_simulated(f, json_object_at(doc, "runs.1.certificate"));
	if (l.emulated)
		fputs(out_times_warning, f);
	rows = out_sorted(&l);
	l.rows = rows;
	if (json_length(l.rows)) {
		out_rows(f, &l, &columns_summary);
		out_ratios(f, &l);
		out_groups(f, &l);
		out_phases(f, &l);
		if (view->ledger)
			out_ledger(f, &l);
		out_models(f, &l);
		out_scaling(f, &l, json_array(doc, "scaling"));
	}
	if (markdown)
		fputs("\n```text\n", f);
	print_notes(f, doc, &l);
	if (markdown)
		fputs("```\n", f);
	json_object_put(rows);
}
