// SPDX-License-Identifier: GPL-2.0
/*
 * Which lock has which knob, out of the file parameters: the row of a knob is
 * called "token/NAME" and its description ends in "; locks: LIST". Pure.
 */
#include <string.h>

#include "base/tsv.h"
#include "base/xalloc.h"
#include "knobs.h"
#include "variants.h"

#define FOLDER "token/"
#define LOCKS "; locks: "

/* Also for rows that are no knob: NR_PARAMS. */
static enum param_id id_of(const char *name)
{
	enum param_id id = NR_PARAMS;

	if (strncmp(name, FOLDER, strlen(FOLDER)) != 0)
		return NR_PARAMS;
	for (id = FIRST_KNOB; id < NR_PARAMS; id++)
		if (!strcmp(params_base(id), name + strlen(FOLDER)))
			break;
	return id;
}

static const char *list_in(const char *doc)
{
	const char *list = NULL;

	while ((doc = strstr(doc, LOCKS))) {
		doc += strlen(LOCKS);
		list = doc;
	}
	return list;
}

static bool add_row(void *to, const struct tsv *t, struct msg *m)
{
	enum param_id id = id_of(tsv_get(t, "name"));
	struct knobs *k = to;
	const char *list;
	char **place;

	if (id == NR_PARAMS)
		return true;
	list = list_in(tsv_get(t, "doc"));
	if (!list) {
		msg_set(m, "line %zu does not say which locks have %s", t->line,
			tsv_get(t, "name"));
		return false;
	}
	place = &k->locks[id - FIRST_KNOB];
	free(*place);
	*place = xstrdup(strcmp(list, "-") ? list : "");
	return true;
}

/**
 * knobs_parse() - Read the knobs
 * @k: receives them; free with knobs_free(), also after an error
 * @text: text of the file parameters; is cut up
 * @m: receives the reason on error
 *
 * Return: true if @text is a table with the columns name and doc, and every
 * knob in it says which locks have it.
 */
bool knobs_parse(struct knobs *k, char *text, struct msg *m)
{
	static const char *const columns[] = { "name", "doc", NULL };

	*k = (struct knobs){ .known = true };
	return tsv_each(text, columns, add_row, k, m);
}

/**
 * knobs_has() - Does a lock have a knob?
 * @k: the knobs
 * @id: the knob
 * @lock: name of the lock
 */
bool knobs_has(const struct knobs *k, enum param_id id, const char *lock)
{
	return !k->known || variants_in_list(knobs_locks(k, id), lock);
}

/**
 * knobs_locks() - The locks that have a knob
 * @k: knobs that are known
 * @id: the knob
 *
 * Return: comma list, empty if there is none.
 */
const char *knobs_locks(const struct knobs *k, enum param_id id)
{
	const char *list = k->locks[id - FIRST_KNOB];

	return list ? list : "";
}

/**
 * knobs_free() - Free the knobs
 * @k: knobs to empty
 */
void knobs_free(struct knobs *k)
{
	size_t i;

	for (i = 0; i < sizeof(k->locks) / sizeof(k->locks[0]); i++)
		free(k->locks[i]);
	*k = (struct knobs){ 0 };
}
