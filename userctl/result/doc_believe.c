// SPDX-License-Identifier: GPL-2.0
/*
 * How far the runs of a file are believed: a run counts once, however often it
 * is there, and is not better than its own numbers. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "checks.h"
#include "doc.h"
#include "row.h"

/* The lists of a document that hold runs, and what one of them is called. */
static const struct {
	const char *name;
	const char *of_one;
} lists[] = { { "runs", "run" }, { "sentinels", "sentinel" } };

#define NR_LISTS (sizeof(lists) / sizeof(lists[0]))

/* What two repeats of a file never share, and copies always do. */
static struct json_object *content_of(struct json_object *run)
{
	struct json_object *content = json_object_new_object();

	json_object_object_foreach(run, name, val)
	{
		if (strcmp(name, "cell") != 0 && strcmp(name, "repeat") != 0 &&
		    strcmp(name, "id") != 0)
			json_object_object_add(content, name,
					       json_object_get(val));
	}
	return content;
}

/*
 * A run of before there were ids is known by all that it says. To be freed; NULL:
 * it is no run.
 */
static char *identity_of(struct json_object *run)
{
	const char *id = json_text_or(run, "id", "");
	struct json_object *content;
	char *key;

	if (*id)
		return xasprintf("id %s", id);
	if (!json_text(run, "run") || !json_object_at(run, "totals"))
		return NULL;
	content = content_of(run);
	key = xasprintf("content %s",
			json_object_to_json_string_ext(content,
						       JSON_C_TO_STRING_PLAIN));
	json_object_put(content);
	return key;
}

/* Where a plan has one run. To be freed; NULL: it does not say where it is. */
static char *place_of(struct json_object *run, const char *of_one)
{
	const char *lock = json_text(run, "lock");
	const char *cell = json_text(run, "cell");
	const char *repeat = json_text(run, "repeat");

	if (!lock || !cell || !repeat)
		return NULL;
	return xasprintf("place %s %s %s %s", of_one, cell, repeat, lock);
}

/* Takes @key, which may be NULL. */
static bool is_first(struct json_object *seen, char *key, const char *name,
		     const char *what, struct msg *m)
{
	struct json_object *first;
	bool ok = true;

	if (key) {
		ok = !json_object_object_get_ex(seen, key, &first);
		if (ok)
			json_add_text(seen, key, name);
		else
			msg_set(m,
				"damaged: %s of the file is there twice: it %s %s",
				name, what, json_object_get_string(first));
	}
	free(key);
	return ok;
}

/**
 * doc_no_copies() - Is every run of a document there once?
 * @doc: the document
 * @m: receives the first copy
 *
 * The same run as eight repeats would have an interval without a width. Under
 * other ids it still has the place of another, of which a plan has one.
 */
bool doc_no_copies(struct json_object *doc, struct msg *m)
{
	bool planned = json_array(doc, "plan.locks");
	struct json_object *seen = json_object_new_object();
	struct json_object *run;
	char name[48];
	bool ok = true;
	size_t i, j;

	for (j = 0; j < NR_LISTS && ok; j++) {
		json_for_each(i, run, json_array(doc, lists[j].name)) {
			snprintf(name, sizeof(name), "%s %zu", lists[j].of_one,
				 i + 1);
			ok = is_first(seen, identity_of(run), name,
				      "is a copy of", m) &&
			     (!planned ||
			      is_first(seen, place_of(run, lists[j].of_one),
				       name, "has the lock, cell and repeat of",
				       m));
			if (!ok)
				break;
		}
	}
	json_object_put(seen);
	return ok;
}

static enum check_verdict verdict_of(struct json_object *run)
{
	return row_is_ok(run)			  ? CHECK_OK :
	       json_is(run, "verdict", "INVALID") ? CHECK_INVALID :
						    CHECK_FAILED;
}

static bool is_no_verdict(struct json_object *run)
{
	return json_text(run, "verdict") && verdict_of(run) == CHECK_FAILED &&
	       !json_is(run, "verdict", "FAILED");
}

/* What the module never calls ok, although no number of a line says so. */
static enum check_verdict judge_rest(struct json_object *run, const char **name,
				     const char **why)
{
	double window;

	if (json_length(json_array(run, "reasons"))) {
		*name = "reasons";
		*why = "a good run has none";
		return CHECK_INVALID;
	}
	if (strcmp(json_text_or(run, "certificate.fault", "none"), "none")) {
		*name = "fault";
		*why = "no run with a fault on purpose is good";
		return CHECK_INVALID;
	}
	if (json_number(run, "totals.window_ns", &window) && !window) {
		*name = "window_ns";
		*why = "the measured window never opened";
		return CHECK_INVALID;
	}
	return CHECK_OK;
}

static void set_verdict(struct json_object *run, enum check_verdict v,
			const char *name, const char *why)
{
	struct json_object *reasons = json_array(run, "reasons");
	const char *said = json_text_or(run, "verdict", "nothing");
	char text[256];

	snprintf(text, sizeof(text), "the file says %.*s, but %s: %s",
		 msg_fit(said, 20), said, name, why);
	if (!reasons) {
		reasons = json_object_new_array();
		json_object_object_add(run, "reasons", reasons);
	}
	json_object_array_add(reasons, json_object_new_string(text));
	json_add_text(run, "verdict", v == CHECK_FAILED ? "FAILED" : "INVALID");
}

static void rejudge(struct json_object *run)
{
	const char *name = NULL, *why = NULL;
	enum check_verdict said = verdict_of(run);
	enum check_verdict v = checks_run(run, &name, &why);

	if (v == CHECK_OK && said == CHECK_OK)
		v = judge_rest(run, &name, &why);
	if (is_no_verdict(run))
		set_verdict(run, CHECK_FAILED, "verdict", "this is none");
	else if (v > said)
		set_verdict(run, v, name, why);
}

/**
 * doc_rejudge() - Hold the verdict of each run against its numbers
 * @doc: the document; a verdict that is too good is replaced, with a reason
 *
 * Runs of the sentinel as well: compare divides by them.
 */
void doc_rejudge(struct json_object *doc)
{
	struct json_object *run;
	size_t i, j;

	for (j = 0; j < NR_LISTS; j++)
		json_for_each(i, run, json_array(doc, lists[j].name))
			rejudge(run);
}
