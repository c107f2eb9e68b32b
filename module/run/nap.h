/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nap.h - sleep of a given length
 */
#ifndef _TB_NAP_H
#define _TB_NAP_H

#include <linux/types.h>

struct tb_worker;

enum tb_go tb_nap(struct tb_worker *w, u64 ns);
enum tb_go tb_nap_again(struct tb_worker *w);

#endif /* _TB_NAP_H */
