/* SPDX-License-Identifier: GPL-2.0 */
/*
 * runner.h - choosing tests and running them (runner.c)
 */
#ifndef _TB_SELFTEST_RUNNER_H
#define _TB_SELFTEST_RUNNER_H

#include <linux/kref.h>
#include <linux/types.h>

#include "ktap.h"

/**
 * struct st_options - how to run
 * @seed: of all random streams
 * @ops: acquisitions of the random test, over all its threads; with less than 2000
 * some others repeat less, too (st_rounds())
 * @patience: seconds without progress after which a test has failed
 * @inl: with inline threads
 */
struct st_options {
	u64 seed;
	u32 ops;
	u32 patience;
	bool inl;
};

/**
 * struct st_report - the report of one run; readers hold references
 * @ref: the references
 * @ktap: the report
 */
struct st_report {
	struct kref ref;
	struct ktap ktap;
};

int st_run(char *request, const struct st_options *defaults);
struct st_report *st_report_get(void);
void st_report_put(struct st_report *r);
void st_report_forget(void);
void st_list(struct tb_text *text);

#endif /* _TB_SELFTEST_RUNNER_H */
