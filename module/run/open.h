/* SPDX-License-Identifier: GPL-2.0 */
/*
 * open.h - the open loop of one thread
 */
#ifndef _TB_OPEN_H
#define _TB_OPEN_H

#include "arrivals.h"

struct tb_worker;

/**
 * struct tb_open - the open loop of one thread
 * @arrivals: what is to be done, and since when
 * @begun_ns: when the loop began, 0 if it did not
 * @due_ns: when the current operation was to begin, 0 if there is none
 * @alone: nobody of the run shares the thread's CPU
 * @left: what was to begin in the window or before and has not ended in it
 * @oldest_ns: how long the oldest of these had taken then
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
	u64 left;
	u64 oldest_ns;
	bool counted;
	u64 arrived;
	u64 refused;
	u64 ring[];
};

struct tb_open *tb_open_make(struct tb_worker *w, u32 index);
bool tb_open_wait(struct tb_worker *w);
void tb_open_close(struct tb_worker *w);
u64 tb_open_peak(const struct tb_open *o);
u64 tb_open_arrived(const struct tb_open *o);
u64 tb_open_refused(const struct tb_open *o);

#endif /* _TB_OPEN_H */
