/* SPDX-License-Identifier: GPL-2.0 */
/* The certificate of a whole document: what could be wrong with its numbers. */
#ifndef _CHECKS_H
#define _CHECKS_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

enum check_verdict {
	CHECK_OK,
	CHECK_WARNING,
	CHECK_INVALID,
	CHECK_FAILED,
};

/**
 * struct check - One line of the certificate
 * @name: the key of the result or of the environment that it judges
 * @value: what it is, given away to checks_add()
 * @verdict: the verdict
 * @why: reason; ignored if @verdict is CHECK_OK
 * @todo: what to do about it, or NULL; ignored likewise
 */
struct check {
	const char *name;
	struct json_object *value;
	enum check_verdict verdict;
	const char *why;
	const char *todo;
};

struct json_object *checks_make(struct json_object *doc);
void checks_add(struct json_object *list, const struct check *c);
void checks_add_text(struct json_object *list, const char *name,
		     const char *value, enum check_verdict verdict,
		     const char *why, const char *todo);
bool checks_meaningless(struct json_object *doc);

/* checks_machine.c */
void checks_machine(struct json_object *list, struct json_object *doc);

/* checks_lines.c */
enum check_verdict checks_run(struct json_object *run, const char **name,
			      const char **why);

/* checks_runs.c */
void checks_runs(struct json_object *list, struct json_object *doc);
void checks_sentinel(struct json_object *list, struct json_object *doc);

#endif /* _CHECKS_H */
