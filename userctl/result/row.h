/* SPDX-License-Identifier: GPL-2.0 */
/* What holds for a run, and for a row of the summary. */
#ifndef _ROW_H
#define _ROW_H

#include "base/json.h"

/**
 * row_is_ok() - Is the verdict of a run or of a row good?
 * @obj: the run or row
 */
static inline bool row_is_ok(struct json_object *obj)
{
	return json_is(obj, "verdict", "ok");
}

/**
 * row_is_emulated() - Do the times of a row mean nothing?
 * @row: the row
 */
static inline bool row_is_emulated(struct json_object *row)
{
	return json_is(row, "times", "meaningless");
}

/**
 * run_is_emulated() - Do the times of a run mean nothing?
 * @run: the run
 */
static inline bool run_is_emulated(struct json_object *run)
{
	return json_is(run, "certificate.times", "meaningless");
}

const char *row_axis(struct json_object *axes, size_t i);
const char *row_param(struct json_object *row, const char *name);

#endif /* _ROW_H */
