// SPDX-License-Identifier: GPL-2.0
/*
 * The document that "run" produces and every output format is made from,
 * whether it was measured just now or read from a file. Its keys are
 * documented in tokbench-result(7).
 */
#include "alike.h"
#include "base/json.h"
#include "base/status.h"
#include "checks.h"
#include "digest.h"
#include "doc.h"
#include "env.h"
#include "row.h"
#include "scaling.h"
#include "summary.h"
#include "uapi/tokbench.h"

/**
 * doc_new() - Start a document
 * @title: a line for the reader, or NULL
 * @module_version: version of the loaded module
 *
 * Return: new document without runs.
 */
struct json_object *doc_new(const char *title, const char *module_version)
{
	static const char *const lists[] = { "runs", "sentinels", "summary" };
	struct json_object *doc = json_object_new_object();
	size_t i;

	json_object_object_add(doc, "schema", json_object_new_int(TB_SCHEMA));
	doc_set_title(doc, title);
	json_object_object_add(doc, "environment", env_read(module_version));
	json_object_object_add(doc, "plan", json_object_new_object());
	json_object_object_add(doc, "left_out", json_object_new_array());
	json_add_bool(doc, "interrupted", false);
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		json_object_object_add(doc, lists[i], json_object_new_array());
	return doc;
}

/**
 * doc_set_title() - Replace the title
 * @doc: the document
 * @title: new title; NULL leaves the old one
 */
void doc_set_title(struct json_object *doc, const char *title)
{
	if (title)
		json_add_text(doc, "title", title);
}

/**
 * doc_set_tags() - Keep what the user says of the runs
 * @doc: the document
 * @tags: object of NAME: VALUE; NULL: nothing
 */
void doc_set_tags(struct json_object *doc, struct json_object *tags)
{
	if (tags)
		json_set(doc, "environment.tags", json_object_get(tags));
}

/**
 * doc_plan() - What a document says of its plan
 * @doc: the document
 *
 * Return: object that belongs to @doc.
 */
struct json_object *doc_plan(struct json_object *doc)
{
	struct json_object *obj;

	json_object_object_get_ex(doc, "plan", &obj);
	return obj;
}

/**
 * doc_set_reference() - Say with which lock the others are compared
 * @doc: the document
 * @lock: its name
 */
void doc_set_reference(struct json_object *doc, const char *lock)
{
	json_add_text(doc_plan(doc), "reference", lock);
}

/**
 * doc_set_command() - Keep the command line
 * @doc: the document
 * @argc: number of arguments
 * @argv: arguments, without the name of the command
 */
void doc_set_command(struct json_object *doc, int argc, char *const *argv)
{
	struct json_object *list = json_object_new_array();
	int i;

	for (i = 0; i < argc; i++)
		json_object_array_add(list, json_object_new_string(argv[i]));
	json_object_object_add(doc_plan(doc), "command", list);
}

/**
 * doc_set_resumed() - Say that runs were made by an earlier tokctl
 * @doc: the document; keeps an earlier title unless it has one
 * @old: its document
 * @kept: number of runs that were taken over
 */
void doc_set_resumed(struct json_object *doc, struct json_object *old,
		     size_t kept)
{
	struct json_object *entry = json_object_new_object();
	struct json_object *list = json_array(old, "plan.resumed");
	struct json_object *env;

	if (!json_text(doc, "title"))
		doc_set_title(doc, json_text(old, "title"));
	if (!json_object_at(doc, "environment.tags"))
		doc_set_tags(doc, json_object_at(old, "environment.tags"));
	list = list ? json_object_get(list) : json_object_new_array();
	json_add_count(entry, "runs", kept);
	if (json_find(old, "environment", &env))
		json_object_object_add(entry, "environment",
				       json_object_get(env));
	json_object_array_add(list, entry);
	json_object_object_add(doc_plan(doc), "resumed", list);
}

/**
 * doc_set_left_out() - Say what is not going to be run, and why
 * @doc: the document
 * @list: list of leftout_list()
 */
void doc_set_left_out(struct json_object *doc, struct json_object *list)
{
	json_object_object_add(doc, "left_out", json_object_get(list));
}

static void append_run(struct json_object *doc, const char *key,
		       struct json_object *run, uint64_t cell, uint64_t repeat)
{
	struct json_object *list;

	json_add_count(run, "cell", cell);
	json_add_count(run, "repeat", repeat);
	json_object_object_get_ex(doc, key, &list);
	json_object_array_add(list, run);
}

/**
 * doc_add_run() - Add the result of a run
 * @doc: the document
 * @run: the result; ownership passes to @doc
 * @cell: number of the cell that it is of; 0 without a plan
 * @repeat: number of the repeat, from 1
 */
void doc_add_run(struct json_object *doc, struct json_object *run,
		 uint64_t cell, uint64_t repeat)
{
	append_run(doc, "runs", run, cell, repeat);
}

/**
 * doc_add_sentinel() - Add a run of the sentinel
 * @doc: the document
 * @run: the result; ownership passes to @doc
 * @cell: number of the cell that stands for all that it serves
 * @repeat: number of the repeat, from 1
 */
void doc_add_sentinel(struct json_object *doc, struct json_object *run,
		      uint64_t cell, uint64_t repeat)
{
	append_run(doc, "sentinels", run, cell, repeat);
	json_add_bool(run, "sentinel", true);
}

/**
 * doc_finish() - Close the document after its last run
 * @doc: the document; gets its summary, its certificate, and what the laws of
 *	 scaling make of it
 * @interrupted: not all planned runs were made, or not for their full time
 */
void doc_finish(struct json_object *doc, bool interrupted)
{
	json_add_bool(doc, "interrupted", interrupted);
	json_object_object_add(doc, "summary", summary_make(doc));
	json_object_object_add(doc, "scaling", scaling_make(doc));
	json_object_object_add(doc, "checks", checks_make(doc));
}

static bool was_interrupted(struct json_object *doc)
{
	struct json_object *flag;

	json_find(doc, "interrupted", &flag);
	return json_object_get_boolean(flag);
}

/**
 * doc_renew() - Sum up and judge a document from a file
 * @doc: the document, of which only the runs are believed
 */
void doc_renew(struct json_object *doc)
{
	double planned = 0;

	json_number(doc, "plan.runs", &planned);
	doc_finish(doc, was_interrupted(doc) || doc_nr_runs(doc) < planned);
}

/**
 * doc_nr_runs() - Number of runs in a document
 * @doc: the document
 */
size_t doc_nr_runs(struct json_object *doc)
{
	return json_length(json_array(doc, "runs"));
}

/**
 * doc_status() - Exit status that a document calls for
 * @doc: the document
 *
 * Return: ST_OK if all planned runs were made in full, are good and had the
 * parameters of their cell and the same operations; else ST_BAD. Runs of the
 * sentinel do not count: no row is made of them, and the certificate warns.
 */
int doc_status(struct json_object *doc)
{
	struct alike_difference d;
	struct json_object *run;
	size_t i;

	alike_find(doc, &d);
	if (was_interrupted(doc) || d.a || digest_odd_run(doc))
		return ST_BAD;
	json_for_each(i, run, json_array(doc, "runs"))
		if (!row_is_ok(run))
			return ST_BAD;
	return ST_OK;
}
