/* SPDX-License-Identifier: GPL-2.0 */
/* What several runs of one thing have measured. */
#ifndef _SAMPLE_H
#define _SAMPLE_H

#include <json-c/json.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct sample - One number of several runs
 * @values: the number, one per run, in any unit
 * @rounds: the round that each run belongs to, from 1; NULL: runs that belong
 *	    to no rounds, or to the rounds of another sweep
 * @n: number of runs
 */
struct sample {
	double *values;
	uint32_t *rounds;
	size_t n;
};

struct sample sample_of_runs(struct json_object *const *runs, size_t n);
struct sample sample_of_cell(struct json_object *doc, double cell,
			     const char *lock);
void sample_free(struct sample *s);

#endif /* _SAMPLE_H */
