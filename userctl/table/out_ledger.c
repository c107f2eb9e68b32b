// SPDX-License-Identifier: GPL-2.0
/*
 * The ledger of waste: what a lock did beside its operations, in counts. Its
 * numbers but the last are made from no time, so they hold wherever the run was
 * made.
 */
#include "out_rows.h"

/**
 * out_ledger() - Print the ledger of a document
 * @f: stream to print on
 * @l: the document
 */
void out_ledger(FILE *f, const struct out_layout *l)
{
	struct column columns[COLUMNS_MAX];
	bool pass = false, owned = false;
	size_t n, i;

	n = out_choose(l, &columns_ledger, columns);
	for (i = 0; i < n; i++) {
		pass |= columns[i].kind == COUNT;
		owned |= columns[i].kind == SHARE;
	}
	fprintf(f, "\nLedger of waste, in events per 1000 operations%s%s\n",
		pass ? "; /pass: failed tries per contended scheduler pass" :
		       "",
		n ? "" : ": nothing was counted");
	if (owned)
		fprintf(f,
			"owned: time that tokens belonged to threads not running yet, of the time held\n");
	if (n)
		out_rows(f, l, &columns_ledger);
}
