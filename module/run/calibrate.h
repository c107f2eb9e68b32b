/* SPDX-License-Identifier: GPL-2.0 */
/*
 * calibrate.h - what the CPUs of a run need for a loop, a clock reading, and
 * an operation of none
 */
#ifndef _TB_CALIBRATE_H
#define _TB_CALIBRATE_H

#include <linux/types.h>

struct tb_run;

int tb_calibrate(struct tb_run *run);
void tb_calibrate_none(struct tb_run *run);

#endif /* _TB_CALIBRATE_H */
