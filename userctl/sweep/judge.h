/* SPDX-License-Identifier: GPL-2.0 */
/* What of a sweep the module will run. */
#ifndef _JUDGE_H
#define _JUDGE_H

#include "kernel/dbgfs.h"
#include "sweep.h"

int judge_sweep(struct sweep *sw, const struct dbgfs *d);
int judge_sentinel(struct sweep *sw, const struct dbgfs *d);

#endif /* _JUDGE_H */
