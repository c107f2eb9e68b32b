// SPDX-License-Identifier: GPL-2.0
/*
 * tokbench_nth.c - the Nth allocation of tokbench's own loading fails
 *
 * What /proc/self/fail-nth does for a system call. That would begin at the
 * loader's allocations, and Linux warns when it cannot describe a trace event to
 * itself (WARN_ON in event_create_dir()), which no module can do anything about.
 * So here counting begins when everybody has been told that the module comes,
 * and ends when its init function has returned.
 *
 * /sys/module/tokbench_nth/parameters/nth is written before: which one fails.
 * Afterwards it is what was left to be counted: 0 if it came to that.
 */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/sched.h>
#include <linux/string.h>

static unsigned int nth;
module_param(nth, uint, 0600);
MODULE_PARM_DESC(nth, "which allocation fails, once");

static int on_module(struct notifier_block *nb, unsigned long what, void *data)
{
	const struct module *mod = data;

	if (strcmp(mod->name, "tokbench"))
		return NOTIFY_DONE;
	switch (what) {
	case MODULE_STATE_COMING:
		current->fail_nth = nth;
		break;
	case MODULE_STATE_LIVE:
	case MODULE_STATE_GOING:
		/* Whoever unloads it later has nothing of this to count. */
		if (nth) {
			nth = current->fail_nth;
			current->fail_nth = 0;
		}
		break;
	}
	return NOTIFY_DONE;
}

/* The last one to be told, so that all that others do is done. */
static struct notifier_block notifier = {
	.notifier_call = on_module,
	.priority = INT_MIN,
};

static int __init nth_init(void)
{
	return register_module_notifier(&notifier);
}

static void __exit nth_exit(void)
{
	unregister_module_notifier(&notifier);
}

module_init(nth_init);
module_exit(nth_exit);
MODULE_DESCRIPTION("Fails an allocation of tokbench's loading");
MODULE_LICENSE("GPL");
