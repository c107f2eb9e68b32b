/* SPDX-License-Identifier: GPL-2.0 */
/* Continuing a matrix that a file holds a part of. */
#ifndef _RESUME_H
#define _RESUME_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/msg.h"
#include "sweep.h"

/**
 * struct resume_count - What became of the runs of a file
 * @kept: taken over
 * @again: to be made again: not valid, or cut short
 */
struct resume_count {
	size_t kept;
	size_t again;
};

/**
 * struct resume_cells - Where the cells of a file are in the sweep
 * @cell: for each of them
 * @n: their number
 */
struct resume_cells {
	size_t *cell;
	size_t n;
};

bool resume_same_plan(struct json_object *old, const struct sweep *sw,
		      struct msg *m);
bool resume_same_place(struct json_object *old, struct json_object *doc,
		       struct msg *m);
bool resume_take(struct json_object *old, struct json_object *doc,
		 struct sweep *sw, struct resume_count *count, struct msg *m);
bool resume_is_finished(struct json_object *run);
bool resume_index(struct json_object *run, const char *key, size_t from,
		  size_t end, size_t *out);
bool resume_is_asked_for(struct json_object *run, const struct sweep *sw,
			 const struct plan_step *step, const char *what,
			 size_t i, struct msg *m);
void resume_say(const char *path, const struct resume_count *count);

/* resume_plan.c */
bool resume_find_cells(struct json_object *old, const struct sweep *sw,
		       struct resume_cells *from);

/* resume_sentinel.c */
bool resume_sentinels(struct json_object *old, struct json_object *doc,
		      const struct resume_cells *from, struct sweep *sw,
		      struct msg *m);

#endif /* _RESUME_H */
