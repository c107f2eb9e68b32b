/* SPDX-License-Identifier: GPL-2.0 */
/* What several runs of one thing have measured. */
#ifndef _SAMPLE_H
#define _SAMPLE_H

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

struct sample sample_new(size_t max);
void sample_add(struct sample *s, double value, uint32_t round);
size_t sample_pair(const struct sample *a, const struct sample *b,
		   struct sample *x, struct sample *y);
void sample_free(struct sample *s);

#endif /* _SAMPLE_H */
