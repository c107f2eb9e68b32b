/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault.h - a fault on purpose, which the certificate must notice
 */
#ifndef _TB_FAULT_H
#define _TB_FAULT_H

struct tb_run;
struct tb_worker;

enum tb_go tb_fault_enter(struct tb_worker *w, bool again);
void tb_fault_window(struct tb_run *run);

#endif /* _TB_FAULT_H */
