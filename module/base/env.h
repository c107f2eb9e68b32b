/* SPDX-License-Identifier: GPL-2.0 */
/*
 * env.h - what the running kernel is like, as far as it bears on the numbers
 */
#ifndef _TB_ENV_H
#define _TB_ENV_H

#include <linux/types.h>

const char *tb_env_preempt(void);
const char *tb_env_proxy_exec(void);
const char *tb_env_hypervisor(void);
const char *tb_env_times(void);
void tb_env_debug(char *buf, size_t len);

#endif /* _TB_ENV_H */
