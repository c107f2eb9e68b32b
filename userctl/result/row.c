// SPDX-License-Identifier: GPL-2.0
/* What holds for a run, and for a row of the summary. */
#include <stdio.h>

#include "row.h"

/**
 * row_axis() - A parameter that varies
 * @axes: plan.axes of the document; may be NULL
 * @i: its index
 *
 * Return: its name; NULL if there are not so many.
 */
const char *row_axis(struct json_object *axes, size_t i)
{
	struct json_object_iterator it, end;

	if (!axes)
		return NULL;
	it = json_object_iter_begin(axes);
	end = json_object_iter_end(axes);
	while (i-- && !json_object_iter_equal(&it, &end))
		json_object_iter_next(&it);
	if (json_object_iter_equal(&it, &end))
		return NULL;
	return json_object_iter_peek_name(&it);
}

/**
 * row_param() - The value of a parameter
 * @row: run or row
 * @name: the parameter
 *
 * Return: the value as text, borrowed; "-" if the row has none.
 */
const char *row_param(struct json_object *row, const char *name)
{
	char key[128];

	snprintf(key, sizeof(key), "params.%s", name);
	return json_text_or(row, key, "-");
}
