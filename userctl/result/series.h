/* SPDX-License-Identifier: GPL-2.0 */
/* Rows of a summary that make a curve of throughput against threads. */
#ifndef _SERIES_H
#define _SERIES_H

#include <json-c/json.h>
#include <stddef.h>

/**
 * struct series_point - A row of the summary on a curve
 * @row: the row
 * @run: one of its runs
 * @threads: how many it had, at least 1
 * @rate: median throughput of its good runs, per second; 0: it has none
 */
struct series_point {
	struct json_object *row;
	struct json_object *run;
	double threads;
	double rate;
};

/**
 * struct series - A curve
 * @axis: name of the parameter that makes the number of threads differ
 * @params: the other parameters that vary, with their values here
 * @points: its points, by their numbers of threads
 * @nr: how many, at least 1
 */
struct series {
	const char *axis;
	struct json_object *params;
	struct series_point *points;
	size_t nr;
};

size_t series_find(struct json_object *doc, const char *axis,
		   struct series **found);
void series_free(struct series *found, size_t nr);

#endif /* _SERIES_H */
