/* SPDX-License-Identifier: GPL-2.0 */
/*
 * window.h - the window of a run, in which operations count
 */
#ifndef _TB_WINDOW_H
#define _TB_WINDOW_H

struct tb_run;

void tb_window_execute(struct tb_run *run, void (*changed)(void));

#endif /* _TB_WINDOW_H */
