/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hotplug.h - a CPU of a run that goes offline ends the run
 */
#ifndef _TB_HOTPLUG_H
#define _TB_HOTPLUG_H

struct tb_run;

int tb_hotplug_init(void);
void tb_hotplug_exit(void);
void tb_hotplug_watch(struct tb_run *run);

#endif /* _TB_HOTPLUG_H */
