/* SPDX-License-Identifier: GPL-2.0 */
/* The runs of one lock in one cell, of which a table has one row. */
#ifndef _GROUP_H
#define _GROUP_H

#include <json-c/json.h>
#include <stddef.h>

/**
 * struct group - The runs of a lock in a cell
 * @lock: the lock, borrowed from a run
 * @cell: number of the cell
 * @runs: the runs, in the order of the document
 * @n: their number, at least 1
 */
struct group {
	const char *lock;
	double cell;
	struct json_object **runs;
	size_t n;
};

/**
 * struct groups - All runs of a document
 * @of: the groups, in the order of cells, and in each that of the plan's locks
 * @n: their number
 * @runs: what the groups point into
 */
struct groups {
	struct group *of;
	size_t n;
	struct json_object **runs;
};

struct groups groups_make(struct json_object *doc);
void groups_free(struct groups *gs);
struct json_object *group_params(const struct group *g,
				 struct json_object *axes);

#endif /* _GROUP_H */
