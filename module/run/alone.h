/* SPDX-License-Identifier: GPL-2.0 */
/*
 * alone.h - a run of one thread, without a thread
 *
 * The owner of a struct tb_alone calls the timed loop of the variant none
 * itself: that is how the cost of the harness is measured.
 */
#ifndef _TB_ALONE_H
#define _TB_ALONE_H

#include "run.h"
#include "worker.h"

/**
 * struct tb_alone - a run of one operation after another
 * @run: config and workload of its plan are the caller's to set
 * @w: the worker; likewise ps_per_loop
 */
struct tb_alone {
	struct tb_worker w;
	struct tb_run run;
};

struct tb_alone *tb_alone_alloc(void);
int tb_alone_setup(struct tb_alone *a);
void tb_alone_loop(struct tb_alone *a, u64 n);
void tb_alone_free(struct tb_alone *a);

#endif /* _TB_ALONE_H */
