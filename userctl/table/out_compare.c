// SPDX-License-Identifier: GPL-2.0
/* A comparison of two documents, for people and for programs. */
#include <string.h>

#include "out.h"
#include "out_rows.h"
#include "result/sentinel.h"

static void print_name(FILE *f, struct json_object *result,
		       struct json_object *row)
{
	out_name(f, row, json_object_at(result, "axes"));
}

static void print_only(FILE *f, struct json_object *result, const char *key,
		       const char *where)
{
	struct json_object *row;
	size_t i;

	json_for_each(i, row, json_array(result, key)) {
		fprintf(f, "only in %s: ", where);
		print_name(f, result, row);
		fputc('\n', f);
	}
}

/* Rows of which a side is made from runs that are not ok. */
static void print_bad(FILE *f, struct json_object *result)
{
	static const char *const keys[] = { "a.verdict", "b.verdict" };
	struct json_object *row;
	size_t i, j;

	json_for_each(i, row, json_array(result, "rows")) {
		for (j = 0; j < 2; j++) {
			const char *verdict = json_text_or(row, keys[j], "?");

			if (!strcmp(verdict, "ok"))
				continue;
			out_foreign(f, "%s in %s: ", verdict, j ? "B" : "A");
			print_name(f, result, row);
			fputc('\n', f);
		}
	}
}

/* "none 0.831 (0.800-0.860)" */
static bool machine_of(struct json_object *row, char *out)
{
	double v, lo, hi;

	if (!json_number(row, "sentinel.value", &v) ||
	    !json_number(row, "sentinel.ci95.1", &lo) ||
	    !json_number(row, "sentinel.ci95.2", &hi))
		return false;
	snprintf(out, CELL_MAX, "none B/A %.3f (%.3f-%.3f)", v, lo, hi);
	return true;
}

/* What the sentinels say; one line for rows that have the same. */
static void print_machine(FILE *f, struct json_object *result)
{
	size_t same = 0, changed = 0, without = 0;
	char text[CELL_MAX], before[CELL_MAX] = "";
	struct json_object *row;
	size_t i;

	json_for_each(i, row, json_array(result, "rows")) {
		const char *verdict = json_text_or(row, "sentinel.verdict", "");
		double v;

		if (!machine_of(row, text)) {
			without += json_number(row, "ratio.value", &v) &&
				   strcmp(json_text_or(row, "lock", ""),
					  SENTINEL_LOCK) != 0;
			continue;
		}
		if (strcmp(verdict, "faster") != 0 &&
		    strcmp(verdict, "slower") != 0) {
			same++;
			continue;
		}
		changed++;
		if (!strcmp(text, before))
			continue;
		strcpy(before, text);
		fprintf(f, "the machine changed, it is %s: %s, from ", verdict,
			text);
		print_name(f, result, row);
		fputs(" on\n", f);
	}
	if (same)
		fputs(changed ?
			      "elsewhere the sentinel shows no change of the machine\n" :
			      "the sentinel shows no change of the machine\n",
		      f);
	if (same + changed)
		fputs("B/A is divided by the sentinel, round by round\n", f);
	if (without)
		fputs("a change of the machine is in B/A: no sentinel in both files for all rows\n",
		      f);
}

/**
 * out_differences() - Print what keeps two documents from being comparable
 * @f: stream to print on
 * @result: of compare_make()
 */
void out_differences(FILE *f, struct json_object *result)
{
	struct json_object *o;
	size_t i;

	json_for_each(i, o, json_array(result, "differences")) {
		out_foreign(f, "different: %s: A %s",
			    json_text_or(o, "what", "?"),
			    json_text_or(o, "a", "?"));
		fputs(", B ", f);
		out_plain(f, json_text_or(o, "b", "?"));
	}
}

/**
 * out_compare() - Print a comparison
 * @f: stream to print on
 * @result: of compare_make()
 * @format: the format
 */
void out_compare(FILE *f, struct json_object *result, enum out_format format)
{
	struct out_layout l = { .axes = json_object_at(result, "axes"),
				.rows = json_array(result, "rows"),
				.view = &(struct out_view){ .ledger = false },
				.markdown = format == OUT_MD };
	struct json_object *row;
	size_t i;

	if (format == OUT_JSON) {
		out_json(f, result);
		return;
	}
	if (format == OUT_CSV || format == OUT_CSV_LONG) {
		out_csv_compare(f, result, format == OUT_CSV_LONG);
		return;
	}
	json_for_each(i, row, l.rows)
		l.emulated |= out_is_emulated(row);
	if (l.emulated)
		fputs(out_times_warning, f);
	if (json_length(l.rows)) {
		out_rows(f, &l, &columns_rates);
		print_machine(f, result);
		fputs("\nTime to acquire, over all good runs of each\n", f);
		out_rows(f, &l, &columns_times);
	} else {
		fputs("nothing is in both\n", f);
	}
	print_bad(f, result);
	print_only(f, result, "only_in_a", "A");
	print_only(f, result, "only_in_b", "B");
}
