// SPDX-License-Identifier: GPL-2.0
/*
 * Can this be what tokctl wrote? Types and signs are those of the schema; what
 * is here is what it cannot say: numbers of a plan, and buckets in their order.
 * Pure.
 */
#include <stdint.h>
#include <stdio.h>

#include "base/json.h"
#include "base/schema.h"
#include "doc.h"

#define PLACE_MAX 160

/* Not too large for a double or a plan. */
static bool index_is_right(struct json_object *run, const char *key,
			   double least, const char *place, struct msg *m)
{
	char here[PLACE_MAX + 16];
	struct json_object *value;
	double v;

	if (!json_find(run, key, &value) || !json_number(run, key, &v) ||
	    (v >= least && v <= DOC_RUNS_MAX))
		return true;
	snprintf(here, sizeof(here), "%s.%s", place, key);
	return schema_refuse(m, here, value, "a number of this plan");
}

/* [lower, upper, count], behind the one before it, and room to add all up. */
static bool bucket_is_next(struct json_object *bucket, uint64_t *end,
			   uint64_t *sum)
{
	uint64_t v[3] = { 0 };
	struct json_object *item;
	size_t i;

	if (json_length(bucket) != 3)
		return false;
	json_for_each(i, item, bucket) {
		if (!json_object_is_type(item, json_type_int))
			return false;
		v[i] = json_object_get_uint64(item);
	}
	if (v[0] < *end || v[1] <= v[0] ||
	    __builtin_add_overflow(*sum, v[2], sum))
		return false;
	*end = v[1];
	return true;
}

static bool buckets_are_right(struct json_object *list, const char *latency,
			      const char *place, struct msg *m)
{
	char here[2 * PLACE_MAX], quoted[MSG_QUOTE_MAX];
	struct json_object *bucket;
	uint64_t end = 0, sum = 0;
	size_t i;

	json_for_each(i, bucket, list) {
		if (bucket_is_next(bucket, &end, &sum))
			continue;
		if (!schema_find("latency", latency))
			latency = msg_quote(quoted, latency);
		snprintf(here, sizeof(here), "%s.latency.%s.buckets.%zu", place,
			 latency, i + 1);
		return schema_refuse(m, here, bucket, "the next bucket");
	}
	return true;
}

static bool run_is_right(struct json_object *run, const char *place,
			 struct msg *m)
{
	struct json_object *latency = json_object_at(run, "latency");

	if (!json_object_is_type(run, json_type_object))
		return schema_refuse(m, place, run, "a run");
	if (!index_is_right(run, "cell", 0, place, m) ||
	    !index_is_right(run, "repeat", 1, place, m))
		return false;
	if (!latency)
		return true;
	json_object_object_foreach(latency, name, hist)
	{
		if (!buckets_are_right(json_array(hist, "buckets"), name, place,
				       m))
			return false;
	}
	return true;
}

/**
 * doc_is_sound() - Could tokctl have written this?
 * @doc: document with the arrays runs and summary
 * @m: receives the first thing that is wrong, and where
 */
bool doc_is_sound(struct json_object *doc, struct msg *m)
{
	static const char *const lists[] = { "runs", "sentinels" };
	struct json_object *run;
	char place[PLACE_MAX];
	size_t i, j;

	if (!schema_check(doc, m))
		return false;
	for (j = 0; j < sizeof(lists) / sizeof(lists[0]); j++) {
		json_for_each(i, run, json_array(doc, lists[j])) {
			snprintf(place, sizeof(place), "%s.%zu", lists[j],
				 i + 1);
			if (!run_is_right(run, place, m))
				return false;
		}
	}
	return true;
}
