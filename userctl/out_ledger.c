// SPDX-License-Identifier: GPL-2.0
/*
 * The ledger of waste: what a lock did beside its operations, in counts. Its
 * numbers are made from no time, so they hold wherever the run was made.
 */
#include "out_rows.h"

static const struct out_column all_columns[] = {
	{ "fail", OUT_HAPPENED, false, out_cell_per_1000,
	  "failed_per_op.median" },
	{ "/pass", OUT_HAPPENED, false, out_cell_count,
	  "failed_per_pass.median" },
	{ "head", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.head_retries.median" },
	{ "undone", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.tokens_undone.median" },
	{ "anew", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.restarts.median" },
	{ "lost", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.fail_on_tentative.median" },
	{ "polls", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.idle_polls.median" },
	{ "IPIs", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.ipis.median" },
	{ "wakes", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.wakeups.median" },
	{ "futile", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.futile.median" },
	{ "spins", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.spins.median" },
	{ "sorts", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.sorted_entries.median" },
	{ "grant", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.grants.median" },
	{ "switch", OUT_HAPPENED, false, out_cell_per_1000,
	  "per_op.switches.median" },
};

#define NR_COLUMNS (sizeof(all_columns) / sizeof(all_columns[0]))

_Static_assert(NR_COLUMNS <= OUT_LEDGER_MAX, "room for all columns");

/**
 * out_ledger_columns() - Which columns does the ledger of a document have?
 * @l: the document
 * @chosen: receives them; has room for OUT_LEDGER_MAX
 *
 * Return: their number.
 */
size_t out_ledger_columns(const struct out_layout *l, struct out_column *chosen)
{
	return out_choose(l, all_columns, NR_COLUMNS, chosen);
}

/**
 * out_ledger() - Print the ledger of a document
 * @f: stream to print on
 * @l: the document
 */
void out_ledger(FILE *f, const struct out_layout *l)
{
	struct out_column columns[OUT_LEDGER_MAX];
	bool pass = false;
	size_t n, i;

	n = out_ledger_columns(l, columns);
	for (i = 0; i < n; i++)
		pass |= columns[i].cell == out_cell_count;
	fprintf(f, "\nLedger of waste, in events per 1000 operations%s%s\n",
		pass ? "; /pass: failed tries per contended scheduler pass" :
		       "",
		n ? "" : ": nothing was counted");
	if (n)
		out_rows(f, l, columns, n);
}
