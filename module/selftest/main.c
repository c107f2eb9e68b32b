// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - tokbench_selftest.ko: the contract of the tokens, tested where it
 * holds, in a kernel
 *
 * debugfs: tokbench_selftest/
 *   run      0200  "all", or names or globs of suites, cases or tests, and
 *                  those to leave out behind a minus (all -random*);
 *                  optionally seed=N ops=N patience=N
 *                  substrate=kthread|inline. The write returns when
 *                  the tests are over; 0 if there is a report, whatever it
 *                  says. EINVAL: see the kernel log. EBUSY: a run is on.
 *   results  0444  the report of the last run (KTAP), one state per open
 *   list     0444  all cases
 *
 * An open file keeps the module loaded, so it is not unloaded while tests run.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "runner.h"

#define REQUEST_MAX 1024

static unsigned long seed = 1;
module_param(seed, ulong, 0644);
MODULE_PARM_DESC(seed, "of all random streams, unless a run names its own");

static unsigned int ops = 100000;
module_param(ops, uint, 0644);
MODULE_PARM_DESC(ops, "of the random test; below 2000 others are shorter, too");

static unsigned int patience = 20;
module_param(patience, uint, 0644);
MODULE_PARM_DESC(patience, "seconds of standstill that fail a test, likewise");

static struct dentry *root;

static ssize_t run_write(struct file *file, const char __user *ubuf,
			 size_t count, loff_t *pos)
{
	struct st_options options = {
		.seed = seed,
		.ops = max(ops, 1U),
		.patience = max(patience, 1U),
	};
	char *text;
	int err;

	if (*pos || count > REQUEST_MAX)
		return -EINVAL;
	text = memdup_user_nul(ubuf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	if (strlen(text) != count)
		err = -EINVAL;
	else
		err = st_run(text, &options);
	kfree(text);
	return err ?: count;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = run_write,
	.llseek = noop_llseek,
};

static int results_open(struct inode *inode, struct file *file)
{
	file->private_data = st_report_get();
	return 0;
}

static int results_release(struct inode *inode, struct file *file)
{
	st_report_put(file->private_data);
	return 0;
}

static ssize_t results_read(struct file *file, char __user *ubuf, size_t count,
			    loff_t *pos)
{
	struct st_report *r = file->private_data;

	if (!r)
		return 0;
	return simple_read_from_buffer(ubuf, count, pos, r->ktap.text.buf,
				       r->ktap.text.len);
}

static const struct file_operations results_fops = {
	.owner = THIS_MODULE,
	.open = results_open,
	.release = results_release,
	.read = results_read,
	.llseek = default_llseek,
};

static ssize_t list_read(struct file *file, char __user *ubuf, size_t count,
			 loff_t *pos)
{
	struct tb_text text = {};
	ssize_t n;

	st_list(&text);
	n = text.err ?:
		       simple_read_from_buffer(ubuf, count, pos, text.buf,
					       text.len);
	tb_text_free(&text);
	return n;
}

static const struct file_operations list_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = list_read,
	.llseek = default_llseek,
};

static int __init selftest_init(void)
{
	root = debugfs_create_dir("tokbench_selftest", NULL);
	if (IS_ERR(root))
		return PTR_ERR(root);
	debugfs_create_file("run", 0200, root, NULL, &run_fops);
	debugfs_create_file("results", 0444, root, NULL, &results_fops);
	debugfs_create_file("list", 0444, root, NULL, &list_fops);
	return 0;
}

static void __exit selftest_exit(void)
{
	debugfs_remove(root);
	st_report_forget();
}

module_init(selftest_init);
module_exit(selftest_exit);

MODULE_DESCRIPTION("Selftests of tokbench's LWKT tokens");
MODULE_AUTHOR("The tokbench developers");
MODULE_LICENSE("GPL");
MODULE_VERSION(TB_VERSION);
