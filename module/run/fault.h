/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault.h - a fault on purpose, which the certificate must notice
 */
#ifndef _TB_FAULT_H
#define _TB_FAULT_H

#include <linux/types.h>

struct tb_config;
struct tb_run;
struct tb_totals;
struct tb_worker;

int tb_fault_check(const struct tb_config *c);
u32 tb_fault_absent(const struct tb_config *c);
void tb_fault_enter(struct tb_worker *w);
void tb_fault_window(struct tb_run *run);
bool tb_fault_injected(const struct tb_run *run);
bool tb_fault_noticed(const struct tb_run *run, const struct tb_totals *t);

#endif /* _TB_FAULT_H */
