// SPDX-License-Identifier: GPL-2.0
/*
 * What the tables say, in a sentence for each lock that is compared to another: the
 * last lines of the output. Where a CPU was emulated, or runs are too few, nothing can be
 * said, and there is no sentence.
 */
#include <string.h>

#include "base/xalloc.h"
#include "out.h"
#include "out_rows.h"
#include "stats/ratio.h"

static const struct column ratio_column = { .kind = RATIO_FULL,
					    .key = "ratio.value" };
static const struct column ends_column = { .kind = RATIO_ENDS,
					   .key = "ratio.ci95.1" };
static const struct column wait_column = { .kind = TIME,
					   .key = "latency.acquire_ns.max" };

/* "; longest wait 40 times shorter (31-52)", if that is more than chance. */
static bool print_wait(FILE *f, struct json_object *row)
{
	double v, lo, hi;
	bool longer;

	if (!json_number(row, "longest_wait.value", &v) ||
	    !json_number(row, "longest_wait.ci95.1", &lo) ||
	    !json_number(row, "longest_wait.ci95.2", &hi) || lo <= 0 ||
	    (lo <= 1 && hi >= 1))
		return false;
	longer = lo > 1;
	fprintf(f, "; longest wait %.3g times %s (%.3g-%.3g)",
		longer ? v : 1 / v, longer ? "longer" : "shorter",
		longer ? lo : 1 / hi, longer ? hi : 1 / lo);
	return true;
}

static bool has_verdict(struct json_object *row, enum ratio_verdict verdict)
{
	return json_is(row, "ratio.verdict", ratio_word(verdict));
}

/* Is there something to be said of a row? */
static bool is_judged(struct json_object *row)
{
	return !row_is_emulated(row) &&
	       (has_verdict(row, RATIO_FASTER) ||
		has_verdict(row, RATIO_SLOWER) || has_verdict(row, RATIO_SAME));
}

static bool is_first_of_lock(const struct out_layout *l, size_t at)
{
	const char *lock = json_text_or(json_object_array_get_idx(l->rows, at),
					"lock", "");
	struct json_object *row;
	size_t i;

	json_for_each(i, row, l->rows) {
		if (i == at)
			return true;
		if (is_judged(row) && json_is(row, "lock", lock))
			return false;
	}
	return true;
}

/* The row that a row is compared to. */
static struct json_object *reference_of(const struct out_layout *l,
					struct json_object *row)
{
	const char *lock = json_text_or(row, "ratio.reference", "");
	struct json_object *other;
	const char *name;
	size_t i, j;

	json_for_each(i, other, l->rows) {
		if (!json_is(other, "lock", lock))
			continue;
		for (j = 0; (name = row_axis(l->axes, j)); j++)
			if (strcmp(row_param(other, name),
				   row_param(row, name)) != 0)
				break;
		if (!name)
			return other;
	}
	return NULL;
}

/* One cell: the ratio, and the longest waits. */
static void print_cell(FILE *f, const struct out_layout *l,
		       struct json_object *row, const char *reference)
{
	char ratio[CELL_MAX], wait[CELL_MAX], other[CELL_MAX];
	struct json_object *to = reference_of(l, row);

	if (!cell_text(row,
		       has_verdict(row, RATIO_SAME) ? &ends_column :
						      &ratio_column,
		       ratio))
		return;
	if (has_verdict(row, RATIO_SAME))
		fprintf(f, "no difference in ops/s from %s (%s)", reference,
			ratio);
	else
		fprintf(f, "%s times the ops/s of %s", ratio, reference);
	if (!print_wait(f, row) && to && cell_text(row, &wait_column, wait) &&
	    cell_text(to, &wait_column, other))
		fprintf(f, "; longest wait %s, of %s %s", wait, reference,
			other);
}

/* Several cells: from where to where, and how many of them. */
static void print_cells(FILE *f, const struct out_layout *l, const char *lock,
			const char *reference)
{
	double v, least = 0, most = 0;
	size_t i, n = 0, faster = 0, slower = 0;
	struct json_object *row;

	json_for_each(i, row, l->rows) {
		if (!json_is(row, "lock", lock) || !is_judged(row) ||
		    !json_number(row, "ratio.value", &v))
			continue;
		least = !n || v < least ? v : least;
		most = !n || v > most ? v : most;
		faster += has_verdict(row, RATIO_FASTER);
		slower += has_verdict(row, RATIO_SLOWER);
		n++;
	}
	fprintf(f,
		"%.3f to %.3f times the ops/s of %s; faster in %zu of %zu cells, slower in %zu",
		least, most, reference, faster, n, slower);
}

static size_t judged_cells(const struct out_layout *l, const char *lock)
{
	struct json_object *row;
	size_t i, n = 0;

	json_for_each(i, row, l->rows)
		n += json_is(row, "lock", lock) && is_judged(row);
	return n;
}

/**
 * out_answer() - What can be said of a lock that is compared to another
 * @l: the document
 * @row: index of a row of the lock
 *
 * Return: a sentence, foreign names in it, to be freed; NULL if nothing can be said, or
 * the sentence belongs to an earlier row.
 */
char *out_answer(const struct out_layout *l, size_t row)
{
	struct json_object *o = json_object_array_get_idx(l->rows, row);
	const char *lock = json_text_or(o, "lock", "?");
	const char *reference = json_text_or(o, "ratio.reference", "?");
	char *text = NULL;
	size_t len;
	FILE *f;

	if (!is_judged(o) || !is_first_of_lock(l, row))
		return NULL;
	f = xmemstream(&text, &len);
	fprintf(f, "%s: ", lock);
	if (judged_cells(l, lock) == 1)
		print_cell(f, l, o, reference);
	else
		print_cells(f, l, lock, reference);
	xmemclose(f);
	return text;
}

/**
 * out_answers() - Print what can be said of each lock that is compared to another
 * @f: stream to print on
 * @l: the document
 */
void out_answers(FILE *f, const struct out_layout *l)
{
	bool any = false;
	size_t i;

	for (i = 0; i < json_length(l->rows); i++) {
		char *text = out_answer(l, i);

		if (!text)
			continue;
		if (!any)
			fputc('\n', f);
		any = true;
		out_words(f, text, 0);
		fputc('\n', f);
		free(text);
	}
}
