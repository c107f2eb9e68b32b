// SPDX-License-Identifier: GPL-2.0
/*
 * Groups of threads, one line each: what they asked for, and what they got of
 * the operations and of the time the locks were held.
 */
#include "jpath.h"
#include "out_rows.h"

static const struct out_column all_columns[] = {
	{ "group", OUT_ALWAYS, false, out_cell_number, "group" },
	{ "threads", OUT_ALWAYS, false, out_cell_number, "of.threads" },
	{ "hold", OUT_ALWAYS, false, out_cell_ns, "of.hold_ns" },
	{ "think", OUT_ALWAYS, false, out_cell_ns, "of.think_ns" },
	{ "shared%", OUT_HAPPENED, false, out_cell_number, "of.shared_pct" },
	{ "nice", OUT_HAPPENED, false, out_cell_number, "of.nice" },
	{ "ops/s", OUT_ALWAYS, true, out_cell_count, "of.throughput.median" },
	{ "ops", OUT_ALWAYS, false, out_cell_percent, "of.ops_share.median" },
	{ "held", OUT_ALWAYS, false, out_cell_percent,
	  "of.nominal_hold_share.median" },
	{ "acq p50", OUT_THERE, true, out_cell_ns, "of.acquire_p50_ns.median" },
	{ "acq p99", OUT_THERE, true, out_cell_ns, "of.acquire_p99_ns.median" },
	{ "acq max", OUT_THERE, true, out_cell_ns, "of.acquire_max_ns.max" },
};

#define NR_COLUMNS (sizeof(all_columns) / sizeof(all_columns[0]))

/* A row for the table: that of the summary, with one of its groups. */
static struct json_object *row_of(struct json_object *row, size_t group,
				  struct json_object *of)
{
	struct json_object *obj = json_object_new_object();

	json_object_object_foreach(row, name, val)
		json_object_object_add(obj, name, json_object_get(val));
	json_object_object_add(obj, "group", json_object_new_uint64(group));
	json_object_object_add(obj, "of", json_object_get(of));
	return obj;
}

/**
 * out_groups() - Print the groups of a document, if it has any
 * @f: stream to print on
 * @l: the document
 */
void out_groups(FILE *f, const struct out_layout *l)
{
	struct out_column columns[NR_COLUMNS];
	struct out_layout per_group = *l;
	struct json_object *groups;
	size_t i, j;

	if (!l->grouped)
		return;
	per_group.rows = json_object_new_array();
	for (i = 0; i < jpath_length(l->rows); i++) {
		struct json_object *row = json_object_array_get_idx(l->rows, i);

		groups = jpath_array(row, "groups");
		for (j = 0; j < jpath_length(groups); j++)
			json_object_array_add(per_group.rows,
					      row_of(row, j + 1,
						     json_object_array_get_idx(groups,
									       j)));
	}
	fputs("\nGroups of threads; ops, held: their shares of the operations and of the time\n"
	      "the locks were held, as asked for\n",
	      f);
	out_rows(f, &per_group, columns,
		 out_choose(&per_group, all_columns, NR_COLUMNS, columns));
	json_object_put(per_group.rows);
}
