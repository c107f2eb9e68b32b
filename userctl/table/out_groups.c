// SPDX-License-Identifier: GPL-2.0
/*
 * Groups of threads, one line each: what they asked for, and what they got of
 * the operations and of the time the locks were held.
 */
#include "out_rows.h"

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
	struct out_layout per_group = *l;
	struct json_object *row, *group;
	size_t i, j;

	if (!l->grouped)
		return;
	per_group.rows = json_object_new_array();
	json_for_each(i, row, l->rows)
		json_for_each(j, group, json_array(row, "groups"))
			json_object_array_add(per_group.rows,
					      row_of(row, j + 1, group));
	fputs("\nGroups of threads; ops, held: their shares of the operations and of the time\n"
	      "the locks were held, as asked for\n",
	      f);
	out_rows(f, &per_group, &columns_groups);
	json_object_put(per_group.rows);
}
