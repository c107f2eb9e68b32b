/* SPDX-License-Identifier: GPL-2.0 */
/*
 * probe.h - how long an ordinary Linux task waits on a CPU of the run
 */
#ifndef _TB_PROBE_H
#define _TB_PROBE_H

struct tb_run;

int tb_probes_make(struct tb_run *run);
void tb_probes_begin(struct tb_run *run);
void tb_probes_end(struct tb_run *run);

#endif /* _TB_PROBE_H */
