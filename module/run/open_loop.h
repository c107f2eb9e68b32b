/* SPDX-License-Identifier: GPL-2.0 */
/*
 * open_loop.h - the open loop of one thread
 */
#ifndef _TB_OPEN_LOOP_H
#define _TB_OPEN_LOOP_H

#include "pure/arrivals.h"
#include "worker.h"

/**
 * struct tb_open - the open loop of one thread
 * @arrivals: what is to be done, and since when
 * @begun_ns: when the loop began, 0 if it did not
 * @due_ns: when the current operation was to begin, 0 if there is none
 * @alone: no other thread of the run shares the thread's CPU
 * @counted: the window is open and arrivals count
 * @arrived: arrivals before the window
 * @refused: refusals before the window
 * @ring: room for the arrivals that wait
 */
struct tb_open {
	struct tb_arrivals arrivals;
	u64 begun_ns;
	u64 due_ns;
	bool alone;
	bool counted;
	u64 arrived;
	u64 refused;
	u64 ring[];
};

struct tb_open *tb_open_make(struct tb_worker *w, u32 index);
enum tb_go tb_open_wait(struct tb_worker *w, bool again);
void tb_open_close(struct tb_worker *w);

#endif /* _TB_OPEN_LOOP_H */
