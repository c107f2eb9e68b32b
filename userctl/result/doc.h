/* SPDX-License-Identifier: GPL-2.0 */
/* The JSON document: environment, plan, runs, summary. */
#ifndef _DOC_H
#define _DOC_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/msg.h"

/* More runs than this in one sweep are a mistake: 12 days of one second each. */
#define DOC_RUNS_MAX 1000000

struct json_object *doc_new(const char *title, const char *module_version);
void doc_set_tags(struct json_object *doc, struct json_object *tags);
struct json_object *doc_plan(struct json_object *doc);
void doc_set_reference(struct json_object *doc, const char *lock);
void doc_set_command(struct json_object *doc, int argc, char *const *argv);
void doc_set_resumed(struct json_object *doc, struct json_object *old,
		     size_t kept);
void doc_set_left_out(struct json_object *doc, struct json_object *list);
void doc_set_title(struct json_object *doc, const char *title);
void doc_add_run(struct json_object *doc, struct json_object *run,
		 uint64_t cell, uint64_t repeat);
void doc_add_sentinel(struct json_object *doc, struct json_object *run,
		      uint64_t cell, uint64_t repeat);
void doc_finish(struct json_object *doc, bool interrupted);
void doc_renew(struct json_object *doc);
size_t doc_nr_runs(struct json_object *doc);
int doc_status(struct json_object *doc);

/* doc_read.c */
struct json_object *doc_parse(const char *text, size_t len, struct msg *m);
struct json_object *doc_load(const char *path);

/* doc_believe.c */
bool doc_no_copies(struct json_object *doc, struct msg *m);
void doc_rejudge(struct json_object *doc);

/* doc_sound.c */
bool doc_is_sound(struct json_object *doc, struct msg *m);

#endif /* _DOC_H */
