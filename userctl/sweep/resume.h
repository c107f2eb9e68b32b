/* SPDX-License-Identifier: GPL-2.0 */
/* Continuing a matrix that a file holds a part of. */
#ifndef _RESUME_H
#define _RESUME_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "msg.h"
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

bool resume_same_plan(struct json_object *old, struct json_object *doc,
		      struct msg *m);
bool resume_same_place(struct json_object *old, struct json_object *doc,
		       struct msg *m);
bool resume_take(struct json_object *old, struct json_object *doc,
		 struct sweep *sw, struct resume_count *count, struct msg *m);
void resume_say(const char *path, const struct resume_count *count);

#endif /* _RESUME_H */
