/* SPDX-License-Identifier: GPL-2.0 */
/* A histogram, and how many values it was given, for the tests of hist.c. */
#ifndef _TEST_HIST_H
#define _TEST_HIST_H

#include "test.h"

#include "pure/hist.h"

/* A larger number is a negative one. */
#define LARGEST (U64_MAX >> 1)

static struct tb_hist hist;
static struct tb_hist_sum sum;
static u64 recorded;

static int clear(void **state)
{
	(void)state;
	memset(&hist, 0, sizeof(hist));
	memset(&sum, 0, sizeof(sum));
	recorded = 0;
	return 0;
}

static void record(u64 v)
{
	tb_hist_record(&hist, v);
	recorded++;
}

static void merge(void)
{
	tb_hist_merge(&sum, &hist, recorded);
}

#define T(test) cmocka_unit_test_setup(test, clear)

#endif /* _TEST_HIST_H */
