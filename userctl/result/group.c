// SPDX-License-Identifier: GPL-2.0
/* The runs of a document by cell and lock, in the order of every table. Pure. */
#include <stdio.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "group.h"

/* Where a run stands: the order is that of the members. */
struct place {
	double cell;
	size_t rank; /* of its lock in the plan; behind all if it is not there */
	const char *lock;
	size_t index;
	struct json_object *run;
};

static size_t rank_of(struct json_object *locks, const char *lock)
{
	struct json_object *item;
	size_t i;

	json_for_each(i, item, locks) {
		const char *name = json_object_get_string(item);

		if (name && !strcmp(name, lock))
			break;
	}
	return i;
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;

	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (strcmp(x->lock, y->lock) != 0)
		return strcmp(x->lock, y->lock);
	return (x->index > y->index) - (x->index < y->index);
}

static struct place *sorted_places(struct json_object *doc, size_t *n)
{
	struct json_object *locks = json_array(doc, "plan.locks");
	struct json_object *runs = json_array(doc, "runs");
	struct place *places;
	struct json_object *run;
	size_t i;

	*n = json_length(runs);
	places = xcalloc(*n, sizeof(*places));
	json_for_each(i, run, runs) {
		places[i].lock = json_text_or(run, "lock", "?");
		places[i].rank = rank_of(locks, places[i].lock);
		places[i].index = i;
		places[i].run = run;
		json_number(run, "cell", &places[i].cell);
	}
	qsort(places, *n, sizeof(*places), by_place);
	return places;
}

/**
 * groups_make() - Sort the runs of a document
 * @doc: the document, from which the groups borrow
 *
 * Return: the groups; free with groups_free().
 */
struct groups groups_make(struct json_object *doc)
{
	size_t n, i;
	struct place *places = sorted_places(doc, &n);
	struct groups gs = {
		.of = xcalloc(n, sizeof(*gs.of)),
		.runs = xcalloc(n, sizeof(struct json_object *)),
	};

	for (i = 0; i < n; i++) {
		const struct place *p = &places[i];
		struct group *g = &gs.of[gs.n - !!gs.n];

		if (!gs.n || p->cell != g->cell || strcmp(p->lock, g->lock)) {
			g = &gs.of[gs.n++];
			*g = (struct group){ p->lock, p->cell, &gs.runs[i], 0 };
		}
		g->runs[g->n++] = p->run;
	}
	free(places);
	return gs;
}

/**
 * groups_free() - Free groups
 * @gs: groups to empty
 */
void groups_free(struct groups *gs)
{
	free(gs->of);
	free(gs->runs);
	*gs = (struct groups){ 0 };
}

/**
 * group_params() - What a group has of the parameters that vary
 * @g: the group
 * @axes: object whose names are those parameters; or anything else: none does
 *
 * Return: new object.
 */
struct json_object *group_params(const struct group *g,
				 struct json_object *axes)
{
	struct json_object *obj = json_object_new_object();
	struct json_object *value;
	char key[192];

	if (!json_object_is_type(axes, json_type_object))
		return obj;
	json_object_object_foreach(axes, name, unused)
	{
		(void)unused;
		snprintf(key, sizeof(key), "params.%s", name);
		if (json_find(g->runs[0], key, &value))
			json_set(obj, name, json_object_get(value));
	}
	return obj;
}
