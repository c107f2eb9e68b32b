// SPDX-License-Identifier: GPL-2.0
/* Histograms out of a document. Pure. */
#include "base/json.h"
#include "hist_json.h"

static uint64_t cell_number(struct json_object *bucket, size_t i)
{
	return json_object_get_uint64(json_object_array_get_idx(bucket, i));
}

/**
 * hist_add_json() - Add the buckets of a run
 * @h: histogram; starts as zeroes
 * @buckets: array of [lower, upper, count]
 *
 * Return: false if there is something else in @buckets; those before it are
 * added.
 */
bool hist_add_json(struct hist *h, struct json_object *buckets)
{
	struct json_object *b;
	size_t i;

	json_for_each(i, b, buckets) {
		if (json_length(b) != 3)
			return false;
		hist_add(h, cell_number(b, 0), cell_number(b, 1),
			 cell_number(b, 2));
	}
	return true;
}
