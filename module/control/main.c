// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - loading and unloading
 *
 * tokbench measures how locks behave under contention, LWKT serializing tokens
 * of DragonFly BSD among them. Unloading at any time stops the run that is on.
 */
#include <linux/module.h>

#include "base/clock.h"
#include "dbgfs.h"
#include "engine.h"
#include "lwkt/core/sched.h"

static int __init tb_init(void)
{
	int err;

	tb_clock_init();
	err = lwkt_init();
	if (err)
		return err;
	err = tb_engine_init();
	if (err)
		goto err_lwkt;
	err = tb_dbgfs_init();
	if (err)
		goto err_engine;
	pr_info("%s ready\n", TB_VERSION);
	return 0;

err_engine:
	tb_engine_exit();
err_lwkt:
	lwkt_fini();
	return err;
}

static void __exit tb_exit(void)
{
	tb_dbgfs_exit();
	tb_engine_exit();
	lwkt_fini();
}

module_init(tb_init);
module_exit(tb_exit);

MODULE_DESCRIPTION("Lock contention laboratory: LWKT tokens and Linux's locks");
MODULE_AUTHOR("The tokbench developers");
MODULE_LICENSE("GPL");
MODULE_VERSION(TB_VERSION);
