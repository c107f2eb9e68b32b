/* SPDX-License-Identifier: GPL-2.0 */
/* The JSON document: environment, plan, runs, summary. */
#ifndef _DOC_H
#define _DOC_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "axes.h"
#include "msg.h"
#include "plan.h"
#include "rounds.h"

struct json_object *doc_new(const char *title, const char *module_version);
void doc_set_plan(struct json_object *doc, const struct axes *axes,
		  const struct plan *plan, const struct rounds *rounds);
void doc_set_rounds(struct json_object *doc, const struct plan *plan,
		    const struct rounds *rounds);
void doc_set_reference(struct json_object *doc, const char *lock);
void doc_set_command(struct json_object *doc, int argc, char *const *argv);
void doc_set_resumed(struct json_object *doc, struct json_object *old,
		     size_t kept);
void doc_set_left_out(struct json_object *doc, struct json_object *list);
void doc_set_title(struct json_object *doc, const char *title);
void doc_add_run(struct json_object *doc, struct json_object *run,
		 const struct plan_step *step);
void doc_finish(struct json_object *doc, bool interrupted);
size_t doc_nr_runs(struct json_object *doc);
int doc_status(struct json_object *doc);

/* doc_read.c */
struct json_object *doc_parse(const char *text, size_t len, struct msg *m);
struct json_object *doc_load(const char *path);

/* doc_sound.c */
bool doc_is_sound(struct json_object *doc, struct msg *m);

#endif /* _DOC_H */
