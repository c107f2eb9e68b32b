// SPDX-License-Identifier: GPL-2.0
/*
 * dbgfs.c - the files under debugfs: text in, text out, nothing else
 *
 * The formats and errors are documented in uapi/tokbench.h. Every file that is
 * read gives a text made when it was opened, so a reader that reads in pieces
 * sees one state of things; the one-line files "state" and config/NAME are made
 * anew by each read from offset 0, so that they can be polled or read back.
 * debugfs's own proxy keeps the module loaded while a file is open and waits
 * for handlers when it is removed; none can be opened before all are there.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "about.h"
#include "base/text.h"
#include "bench/bench.h"
#include "config/config.h"
#include "config/refusal.h"
#include "config/token_knobs.h"
#include "dbgfs.h"
#include "engine.h"
#include "pure/parse.h"
#include "report/report.h"

static struct dentry *root;

/* All files are there, and the module stays. */
static bool ready;

/*
 * 0 if a file may be opened. Before all of them are there the module may yet
 * fail to load, and then it goes whatever is open: a failed load does not wait
 * for references. The release of an open file would be called all the same.
 */
static int may_open(void)
{
	return READ_ONCE(ready) ? 0 : -EAGAIN;
}

/*
 * The user's bytes, NUL behind them. The count is checked before anything of
 * that size is allocated.
 */
static char *copy_input(const char *file, const char __user *ubuf, size_t count,
			loff_t pos)
{
	char *text;

	if (pos) {
		tb_refuse("%s: written at offset %lld; allowed: 0, in one piece",
			  file, pos);
		return ERR_PTR(-EINVAL);
	}
	if (count > TB_VALUE_MAX) {
		tb_refuse("%s: %zu bytes; allowed: at most %d", file, count,
			  TB_VALUE_MAX);
		return ERR_PTR(-E2BIG);
	}
	text = memdup_user_nul(ubuf, count);
	if (IS_ERR(text))
		tb_refuse("%s: the bytes could not be read", file);
	return text;
}

/* Files of one line, made by a read from offset 0. */

#define LINE_MAX (TB_CPUS_MAX + 1)
static_assert(LINE_MAX >= TB_STATE_MAX);

/* An open one; serial is what tb_engine_serial() was when it was made. */
struct line {
	struct mutex lock; /* for readers that share the open file */
	u64 serial;
	int len;
	char text[LINE_MAX];
};

static int line_open(struct inode *inode, struct file *file)
{
	struct line *line;
	int err = may_open();

	if (err)
		return err;
	line = kzalloc(sizeof(*line), GFP_KERNEL);
	if (!line)
		return -ENOMEM;
	mutex_init(&line->lock);
	line->serial = U64_MAX;
	file->private_data = line;
	return 0;
}

static int line_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t line_read(struct file *file, char __user *ubuf, size_t count,
			 loff_t *pos,
			 void (*make)(struct file *, struct line *))
{
	struct line *line = file->private_data;
	ssize_t n;

	mutex_lock(&line->lock);
	if (!*pos)
		make(file, line);
	n = simple_read_from_buffer(ubuf, count, pos, line->text, line->len);
	mutex_unlock(&line->lock);
	return n;
}

/* config/NAME, config/token/NAME: private data is the setting's number. */

static void make_config(struct file *file, struct line *line)
{
	unsigned long setting = (unsigned long)file_inode(file)->i_private;

	line->len = tb_engine_get(setting, line->text, LINE_MAX - 1);
	line->text[line->len++] = '\n';
}

static ssize_t config_read(struct file *file, char __user *ubuf, size_t count,
			   loff_t *pos)
{
	return line_read(file, ubuf, count, pos, make_config);
}

static ssize_t config_write(struct file *file, const char __user *ubuf,
			    size_t count, loff_t *pos)
{
	unsigned long setting = (unsigned long)file_inode(file)->i_private;
	char *text = copy_input(tb_setting_name(setting), ubuf, count, *pos);
	int err;

	if (IS_ERR(text))
		return PTR_ERR(text);
	err = tb_engine_set(setting, text, count);
	kfree(text);
	return err ?: count;
}

static const struct file_operations config_fops = {
	.owner = THIS_MODULE,
	.open = line_open,
	.release = line_release,
	.read = config_read,
	.write = config_write,
	.llseek = default_llseek,
};

/* control */

#define CONTROL "control"

static const struct {
	const char *word;
	int (*action)(void);
} controls[] = {
	{ "start", tb_engine_start }, { "stop", tb_engine_stop },
	{ "reset", tb_engine_reset }, { "bench", tb_engine_bench },
	{ "check", tb_engine_check },
};

static int obey_control(const char *text, size_t len)
{
	const char *words[ARRAY_SIZE(controls)];
	char quote[TB_QUOTE_MAX];
	u32 i;
	int n;

	for (i = 0; i < ARRAY_SIZE(controls); i++)
		words[i] = controls[i].word;
	n = tb_parse_word(text, len, words, ARRAY_SIZE(words));
	if (n >= 0)
		return controls[n].action();
	tb_parse_quote(quote, sizeof(quote), text, len);
	tb_refuse("%s: %s is no command; allowed: start, stop, reset, bench, check",
		  CONTROL, quote);
	return -EINVAL;
}

static int control_open(struct inode *inode, struct file *file)
{
	return may_open() ?: simple_open(inode, file);
}

static ssize_t control_write(struct file *file, const char __user *ubuf,
			     size_t count, loff_t *pos)
{
	char *text = copy_input(CONTROL, ubuf, count, *pos);
	int err;

	if (IS_ERR(text))
		return PTR_ERR(text);
	err = obey_control(text, count);
	kfree(text);
	return err ?: count;
}

static const struct file_operations control_fops = {
	.owner = THIS_MODULE,
	.open = control_open,
	.write = control_write,
	.llseek = noop_llseek,
};

/* state */

static void make_state(struct file *file, struct line *line)
{
	u64 serial;

	line->len = tb_engine_state(line->text, LINE_MAX, &serial);
	WRITE_ONCE(line->serial, serial);
}

static ssize_t state_read(struct file *file, char __user *ubuf, size_t count,
			  loff_t *pos)
{
	return line_read(file, ubuf, count, pos, make_state);
}

static __poll_t state_poll(struct file *file, poll_table *wait)
{
	struct line *line = file->private_data;

	poll_wait(file, tb_engine_waitqueue(), wait);
	if (READ_ONCE(line->serial) != tb_engine_serial())
		return EPOLLIN | EPOLLRDNORM | EPOLLPRI;
	return 0;
}

static const struct file_operations state_fops = {
	.owner = THIS_MODULE,
	.open = line_open,
	.release = line_release,
	.read = state_read,
	.poll = state_poll,
	.llseek = default_llseek,
};

/* Files whose text is made when they are opened. */

static const struct text_file {
	const char *name;
	void (*make)(struct tb_text *t);
} text_files[] = {
	{ "version", tb_about_version },
	{ "variants", tb_about_variants },
	{ "parameters", tb_params_print },
	{ "error", tb_about_error },
};

/* Stacks are found by it, so it is for root even where debugfs is not. */
static const struct text_file dump_file = { "dump", tb_engine_dump };

static const struct text_file bench_file = { "bench", tb_bench_print };

static int text_open(struct inode *inode, struct file *file)
{
	const struct text_file *f = inode->i_private;
	struct tb_text *t;
	int err = may_open();

	if (err)
		return err;
	t = kzalloc(sizeof(*t), GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	f->make(t);
	err = t->err;
	if (err) {
		tb_text_free(t);
		kfree(t);
		return err;
	}
	file->private_data = t;
	return 0;
}

static int text_release(struct inode *inode, struct file *file)
{
	tb_text_free(file->private_data);
	kfree(file->private_data);
	return 0;
}

static ssize_t text_read(struct file *file, char __user *ubuf, size_t count,
			 loff_t *pos)
{
	struct tb_text *t = file->private_data;

	return simple_read_from_buffer(ubuf, count, pos, t->buf, t->len);
}

static const struct file_operations text_fops = {
	.owner = THIS_MODULE,
	.open = text_open,
	.release = text_release,
	.read = text_read,
	.llseek = default_llseek,
};

/*
 * Callers of debugfs are not to look whether a file was created: for most it is
 * no more than a help in debugging. These files are all there is of this
 * module, so it does not load without one of them.
 */
static void create_file(int *err, struct dentry *dir, const char *name,
			umode_t mode, const void *data,
			const struct file_operations *fops)
{
	struct dentry *file;

	if (*err)
		return;
	file = debugfs_create_file(name, mode, dir, (void *)data, fops);
	*err = PTR_ERR_OR_ZERO(file);
}

static struct dentry *create_dir(int *err, struct dentry *dir, const char *name)
{
	struct dentry *new;

	if (*err)
		return NULL;
	new = debugfs_create_dir(name, dir);
	*err = PTR_ERR_OR_ZERO(new);
	return new;
}

static void create_config(int *err)
{
	struct dentry *config = create_dir(err, root, "config");
	struct dentry *token = create_dir(err, config, TB_KNOB_DIR);
	unsigned long i;

	for (i = 0; i < TB_PARAM_COUNT; i++)
		create_file(err, config, tb_setting_name(i), 0600, (void *)i,
			    &config_fops);
	for (; i < TB_SETTING_COUNT; i++)
		create_file(err, token, tb_knob_name(i - TB_PARAM_COUNT), 0600,
			    (void *)i, &config_fops);
}

/* results/: the open file holds a reference to the result it shows. */

static const char *const result_files[TB_RESULT_FILES] = {
	[TB_SUMMARY] = "summary",
	[TB_THREADS] = "threads",
	[TB_HISTOGRAM] = "histogram",
};

static int result_open(struct inode *inode, struct file *file)
{
	int err = may_open();

	if (!err)
		file->private_data = tb_engine_result();
	return err;
}

static int result_release(struct inode *inode, struct file *file)
{
	tb_result_put(file->private_data);
	return 0;
}

static ssize_t result_read(struct file *file, char __user *ubuf, size_t count,
			   loff_t *pos)
{
	unsigned long which = (unsigned long)file_inode(file)->i_private;
	struct tb_result *result = file->private_data;

	if (!result)
		return 0;
	return simple_read_from_buffer(ubuf, count, pos,
				       result->text[which].buf,
				       result->text[which].len);
}

static const struct file_operations result_fops = {
	.owner = THIS_MODULE,
	.open = result_open,
	.release = result_release,
	.read = result_read,
	.llseek = default_llseek,
};

/**
 * tb_dbgfs_init() - create all files
 *
 * Context: process context, when everything behind them is ready.
 * Return: 0, or an error if there is no debugfs, or such a directory already, or
 * no memory; nothing is left then
 */
int tb_dbgfs_init(void)
{
	struct dentry *results;
	unsigned long i;
	int err = 0;

	root = create_dir(&err, NULL, TB_DIR);
	if (err)
		return err;
	for (i = 0; i < ARRAY_SIZE(text_files); i++)
		create_file(&err, root, text_files[i].name, 0444,
			    &text_files[i], &text_fops);
	create_file(&err, root, dump_file.name, 0400, &dump_file, &text_fops);
	create_file(&err, root, "state", 0444, NULL, &state_fops);

	create_config(&err);

	results = create_dir(&err, root, "results");
	for (i = 0; i < TB_RESULT_FILES; i++)
		create_file(&err, results, result_files[i], 0444, (void *)i,
			    &result_fops);
	create_file(&err, results, bench_file.name, 0444, &bench_file,
		    &text_fops);

	create_file(&err, root, CONTROL, 0200, NULL, &control_fops);
	if (err)
		debugfs_remove(root);
	else
		WRITE_ONCE(ready, true);
	return err;
}

/**
 * tb_dbgfs_exit() - remove all files
 *
 * Context: process context; returns when no handler runs any more.
 */
void tb_dbgfs_exit(void)
{
	debugfs_remove(root);
}
