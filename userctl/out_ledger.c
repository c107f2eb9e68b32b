// SPDX-License-Identifier: GPL-2.0
/*
 * The ledger of waste: what a lock did beside its operations, in counts. Its
 * numbers are made from no time, so they hold wherever the run was made.
 */
#include "jpath.h"
#include "out.h"
#include "out_rows.h"
#include "units.h"

/* With more columns than this they stand closer, to fit 100 characters. */
#define WIDE_COLUMNS 11

/* Per operation most numbers would be small fractions. */
static bool cell_per_1000(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && units_count(out, v * 1000);
}

static const struct out_column all_columns[] = {
	{ "failed", false, cell_per_1000, "failed_per_op.median" },
	{ "/pass", false, out_cell_count, "failed_per_pass.median" },
	{ "head", false, cell_per_1000, "per_op.head_retries.median" },
	{ "undone", false, cell_per_1000, "per_op.tokens_undone.median" },
	{ "lost", false, cell_per_1000, "per_op.fail_on_tentative.median" },
	{ "polls", false, cell_per_1000, "per_op.idle_polls.median" },
	{ "IPIs", false, cell_per_1000, "per_op.ipis.median" },
	{ "wakeups", false, cell_per_1000, "per_op.wakeups.median" },
	{ "futile", false, cell_per_1000, "per_op.futile.median" },
	{ "spins", false, cell_per_1000, "per_op.spins.median" },
	{ "sorted", false, cell_per_1000, "per_op.sorted_entries.median" },
	{ "grants", false, cell_per_1000, "per_op.grants.median" },
	{ "switch", false, cell_per_1000, "per_op.switches.median" },
};

#define NR_COLUMNS (sizeof(all_columns) / sizeof(all_columns[0]))

/* Did it happen to any lock at all? */
static bool happened(const struct out_layout *l, const struct out_column *c)
{
	size_t i;

	for (i = 0; i < jpath_length(l->rows); i++) {
		double v;

		if (jpath_number(json_object_array_get_idx(l->rows, i), c->key,
				 &v) &&
		    v > 0)
			return true;
	}
	return false;
}

/**
 * out_ledger() - Print the ledger of a document
 * @f: stream to print on
 * @l: the document
 */
void out_ledger(FILE *f, const struct out_layout *l)
{
	struct out_column columns[NR_COLUMNS];
	struct libscols_table *tb;
	bool pass = false;
	size_t n = 0;
	size_t i;

	for (i = 0; i < NR_COLUMNS; i++) {
		if (!happened(l, &all_columns[i]))
			continue;
		columns[n++] = all_columns[i];
		pass |= all_columns[i].cell == out_cell_count;
	}
	fprintf(f, "\nLedger of waste, in events per 1000 operations%s%s\n",
		pass ? "; /pass: failed tries per contended scheduler pass" :
		       "",
		n ? "" : ": nothing was counted");
	if (!n)
		return;
	tb = out_new_table(f);
	if (n > WIDE_COLUMNS)
		scols_table_set_column_separator(tb, " ");
	out_rows(tb, l, columns, n);
	out_end_table(tb);
}
