/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault_check.h - can a run have a fault on purpose?
 */
#ifndef _TB_FAULT_CHECK_H
#define _TB_FAULT_CHECK_H

#include <linux/types.h>

struct tb_config;

int tb_fault_check(const struct tb_config *c);
u32 tb_fault_absent(const struct tb_config *c);

#endif /* _TB_FAULT_CHECK_H */
