/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refusal.h - why the last refused write was refused (file "error")
 *
 * An errno says too little and the kernel log is no place for answers. One
 * line for all users: the tool that holds the control file reads its own.
 *
 * Process context, may sleep.
 */
#ifndef _TB_REFUSAL_H
#define _TB_REFUSAL_H

#include <linux/types.h>

/* Room for any line; longer ones are cut. */
#define TB_REASON_MAX 768

__printf(1, 2) void tb_refuse(const char *fmt, ...);
void tb_refusal_clear(void);
int tb_refusal_print(char *buf, size_t len);

#endif /* _TB_REFUSAL_H */
