// SPDX-License-Identifier: GPL-2.0
/* tokctl run: the way from its options to a printed result. */
#include <err.h>

#include "base/intr.h"
#include "base/json.h"
#include "base/status.h"
#include "commands.h"
#include "kernel/runner.h"
#include "result/doc.h"
#include "result/env.h"
#include "result/simulated.h"
#include "run_opts.h"
#include "sweep/doc_plan.h"
#include "sweep/judge.h"
#include "sweep/resume.h"

static int plan(struct opts *o)
{
	struct msg m;

	if (sweep_plan(&o->sw, o->repeats, &m) && sweep_check_knobs(&o->sw, &m))
		return ST_OK;
	warnx("%s", m.text);
	return ST_USAGE;
}

static int read_knobs(struct opts *o, const struct dbgfs *d)
{
	struct msg m;
	char *text;
	int ret;

	ret = dbgfs_read(d, "parameters", &text);
	if (ret)
		return ret;
	if (!knobs_parse(&o->sw.knobs, text, &m)) {
		warnx("%s/parameters: %s", d->path, m.text);
		ret = ST_BAD;
	}
	free(text);
	return ret;
}

/* Check and lay out the runs, with what the loaded module says of its locks. */
static int plan_with_module(struct opts *o, const struct dbgfs *d)
{
	struct variants vs = { 0 };
	struct msg m;
	char *text;
	int ret;

	ret = read_knobs(o, d);
	if (ret)
		return ret;
	ret = dbgfs_read(d, "variants", &text);
	if (ret)
		return ret;
	if (!variants_parse(&vs, text, &m)) {
		warnx("%s/variants: %s", d->path, m.text);
		ret = ST_BAD;
	} else if (!sweep_set_locks(&o->sw, &vs, &m)) {
		warnx("--lock: %s", m.text);
		ret = ST_USAGE;
	} else {
		ret = plan(o);
	}
	variants_free(&vs);
	free(text);
	return ret;
}

/* Somebody else's run must not keep the matrix from being shown. */
static int judge_if_free(struct opts *o, struct dbgfs *d)
{
	int ret;

	if (!dbgfs_own(d) && !runner_check_idle(d)) {
		ret = judge_sweep(&o->sw, d);
		return ret ? ret : judge_sentinel(&o->sw, d);
	}
	warnx("so the module was not asked which of these runs it would refuse");
	return judge_sentinel(&o->sw, NULL);
}

static int set_reference(struct opts *o)
{
	struct msg m;

	if (sweep_set_reference(&o->sw, o->reference, &m))
		return ST_OK;
	warnx("%s", m.text);
	return ST_USAGE;
}

static int to_stdout(const struct opts *o, struct json_object *doc)
{
	out_print(stdout, doc, o->format.format, &o->view);
	if (!fflush(stdout) && !ferror(stdout))
		return ST_OK;
	warn("standard output");
	out_rescue(doc, o->format.format, &o->view);
	return ST_BAD;
}

static int output(const struct opts *o, struct json_object *doc,
		  struct outfile *file)
{
	if (!o->file)
		return to_stdout(o, doc);
	/* The table first: it must be seen even if the file cannot be written. */
	if (!o->quiet || o->pretty)
		out_print(stdout, doc, OUT_TABLE, &o->view);
	return out_save(file, doc, o->format.format, &o->view, true);
}

/* What -o names, which may be standard output by another name. */
static int open_file(struct opts *o, struct outfile *file)
{
	int ret;

	if (o->resume && o->format.format != OUT_JSON &&
	    outfile_same(o->resume, o->file)) {
		warnx("-o: '%s' is the file of --resume, which must stay JSON",
		      o->file);
		return ST_USAGE;
	}
	ret = outfile_open(file, o->file);
	if (ret || !file->is_stdout)
		return ret;
	if (o->pretty && o->format.format != OUT_TABLE) {
		warnx("-o: '%s' is standard output, where the table of --pretty goes",
		      o->file);
		return ST_USAGE;
	}
	o->file = NULL;
	return ST_OK;
}

/* Hand over what a file has of this matrix. */
static int take_over(struct opts *o, struct json_object *doc)
{
	struct resume_count count;
	struct json_object *old;
	struct msg m;
	bool ok, elsewhere;

	old = doc_load(o->resume);
	if (!old)
		return ST_USAGE;
	ok = resume_same_plan(old, &o->sw, &m);
	elsewhere = ok && !resume_same_place(old, doc, &m);
	if (elsewhere && o->force)
		warnx("%s: %s; going on all the same", o->resume, m.text);
	else if (elsewhere)
		warnx("%s: %s (--force: go on all the same)", o->resume,
		      m.text);
	if (elsewhere)
		ok = o->force;
	else if (!ok)
		warnx("%s: %s", o->resume, m.text);
	if (ok) {
		ok = resume_take(old, doc, &o->sw, &count, &m);
		if (!ok)
			warnx("%s: %s", o->resume, m.text);
	}
	if (ok) {
		doc_set_rounds(doc, &o->sw.plan, &o->sw.rounds);
		doc_set_resumed(doc, old, count.kept);
		if (!o->quiet)
			resume_say(o->resume, &count);
	}
	json_object_put(old);
	return ok ? ST_OK : ST_USAGE;
}

static struct json_object *new_doc(struct opts *o, struct dbgfs *d)
{
	const char *const *locks =
		(const char *const *)o->sw.axes.axis[PARAM_lock].values;
	struct json_object *doc = doc_new(o->title, d->version);

	doc_set_plan(doc, &o->sw.axes, &o->sw.plan, &o->sw.rounds);
	doc_set_reference(doc, locks[o->sw.reference]);
	doc_set_command(doc, o->argc - 1, o->argv + 1);
	doc_set_left_out(doc, o->sw.left_out);
	doc_set_tags(doc, o->tags);
	return doc;
}

/* Whether it could go on, and with which runs; without a module, as far as that. */
static int resume_dry(struct opts *o, struct dbgfs *d)
{
	struct json_object *doc, *old;
	int ret;

	if (*d->version) {
		doc = new_doc(o, d);
		ret = take_over(o, doc);
		json_object_put(doc);
		return ret;
	}
	old = doc_load(o->resume);
	json_object_put(old);
	return old ? ST_OK : ST_USAGE;
}

/* What is printed does not depend on the module being there, only its checks. */
static int dry_run(struct opts *o, struct outfile *file)
{
	const struct axis *locks = &o->sw.axes.axis[PARAM_lock];
	bool group = false;
	struct dbgfs d;
	size_t i;
	int ret;

	ret = o->file ? open_file(o, file) : ST_OK;
	if (ret)
		return ret;
	for (i = 0; i < locks->n; i++)
		group |= variants_is_group(locks->values[i]);
	ret = dbgfs_open(&d);
	if (!ret) {
		ret = plan_with_module(o, &d);
		if (!ret)
			ret = judge_if_free(o, &d);
	} else if (!group) {
		warnx("so locks, knobs, CPUs and what goes together were not checked");
		ret = plan(o);
		if (!ret)
			ret = judge_sentinel(&o->sw, NULL);
	}
	if (!ret)
		ret = set_reference(o);
	if (!ret && o->resume)
		ret = resume_dry(o, &d);
	dbgfs_close(&d);
	if (!ret)
		sweep_print(&o->sw, stdout);
	return ret;
}

static int measure(struct opts *o, struct dbgfs *d, struct outfile *file)
{
	struct saver save = { .format = o->format.format, .view = &o->view };
	struct json_object *doc;
	bool complete;
	int status;
	int ret;

	ret = plan_with_module(o, d);
	if (!ret && o->file)
		ret = open_file(o, file);
	if (!ret)
		ret = dbgfs_own(d);
	if (!ret)
		ret = runner_check_idle(d);
	if (!ret)
		ret = judge_sweep(&o->sw, d);
	if (!ret)
		ret = judge_sentinel(&o->sw, d);
	if (!ret)
		ret = set_reference(o);
	if (ret)
		return ret;

	doc = new_doc(o, d);
	if (o->resume)
		ret = take_over(o, doc);
	if (ret) {
		json_object_put(doc);
		return ret;
	}
	intr_install();
	if (o->file)
		save.file = file;
	ret = sweep_run(&o->sw, d, doc, &save, o->quiet, &complete);
	doc_finish(doc, !complete);
	/* An error after hours of runs must not take them along. */
	if (doc_nr_runs(doc) || !ret) {
		status = output(o, doc, file);
		if (!ret)
			ret = status;
	}
	if (!ret)
		ret = doc_status(doc);
	json_object_put(doc);
	return ret;
}

static void freeze_cpus(struct opts *o)
{
	struct json_object *env = env_read("");

	sweep_freeze_cpus(&o->sw, json_text(env, "online_cpus"));
	json_object_put(env);
}

/**
 * cmd_run_main() - tokctl run
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_run_main(int argc, char **argv)
{
	struct outfile file = { .fd = -1 };
	struct opts o;
	struct dbgfs d;
	int ret;

	run_opts_parse(&o, argc, argv);
	freeze_cpus(&o);
	if (simulated_here())
		axes_choose_window(&o.sw.axes, o.short_windows,
				   !o.chose_duration, !o.chose_warmup);
	if (o.dry_run) {
		ret = dry_run(&o, &file);
	} else {
		ret = dbgfs_open(&d);
		if (!ret)
			ret = measure(&o, &d, &file);
		dbgfs_close(&d);
	}
	outfile_close(&file);
	sweep_free(&o.sw);
	json_object_put(o.tags);
	return ret;
}
