// SPDX-License-Identifier: GPL-2.0
/*
 * Which columns a table has, and in which order its rows stand: those that say something
 * about this document, or, of the table of a run, those that were asked for by name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "kernel/variants.h"
#include "out.h"
#include "out_rows.h"

#define ALL "all"
#define LOCK "lock"

static bool is_there(const struct out_layout *l, const struct column *c)
{
	struct json_object *row;
	size_t i;
	double v;

	if (c->kind == RANGE)
		return l->repeated;
	json_for_each(i, row, l->rows)
		if (json_number(row, c->key, &v) &&
		    (v != 0 || c->when != HAPPENED))
			return true;
	return false;
}

static bool is_wanted(const struct out_layout *l, const struct column *c)
{
	switch (c->when) {
	case INTERVALS:
		return l->intervals;
	case ALONE:
		return l->intervals && !l->compared;
	case COMPARED:
		return l->compared && l->repeated;
	case RANGES:
		return l->repeated && !l->intervals;
	case CLOSED:
		return l->closed;
	case GROUPED:
		return l->grouped;
	case THERE:
	case HAPPENED:
		return is_there(l, c);
	default:
		return true;
	}
}

static const struct column *find_column(const char *name, size_t len)
{
	const struct columns *all = &columns_summary;
	size_t i;

	for (i = 0; i < all->n; i++)
		if (strlen(all->c[i].name) == len &&
		    !strncmp(all->c[i].name, name, len))
			return &all->c[i];
	return NULL;
}

static bool no_column(const char *name, const char *more, struct msg *m)
{
	const struct columns *all = &columns_summary;
	char quoted[MSG_QUOTE_MAX];
	char *names = xstrdup("");
	size_t i;

	for (i = 0; i < all->n; i++)
		names = variants_append(names, all->c[i].name);
	names = variants_append(names, more);
	msg_set(m, "%s is not a column; allowed: %s", msg_quote(quoted, name),
		names);
	free(names);
	return false;
}

/**
 * out_columns_check() - Check the argument of --columns
 * @list: names of columns, separated by commas, or "all"
 * @m: receives the reason on error, with the names that are allowed
 *
 * Return: true if there is such a column for each name, and none twice.
 */
bool out_columns_check(const char *list, struct msg *m)
{
	bool seen[COLUMNS_MAX] = { false };
	const struct column *c;
	char quoted[MSG_QUOTE_MAX];
	char *name;
	size_t len;

	if (!strcmp(list, ALL))
		return true;
	for (;; list += len + 1) {
		len = strcspn(list, ",");
		c = find_column(list, len);
		name = xstrndup(list, len);
		if (!c)
			no_column(name, ALL, m);
		else if (seen[c - columns_summary.c])
			msg_set(m, "%s is given twice",
				msg_quote(quoted, name));
		free(name);
		if (!c || seen[c - columns_summary.c])
			return false;
		seen[c - columns_summary.c] = true;
		if (!list[len])
			return true;
	}
}

/**
 * out_sort_check() - Check the argument of --sort
 * @name: name of a column, or "lock", with a '-' before it or not
 * @m: receives the reason on error, with the names that are allowed
 *
 * Return: true if there is such a column.
 */
bool out_sort_check(const char *name, struct msg *m)
{
	const char *bare = name + (*name == '-');

	return !strcmp(bare, LOCK) || find_column(bare, strlen(bare)) ||
	       no_column(name, LOCK, m);
}

/* By name; a name that is not one was refused before. */
static size_t choose_by_name(const char *list,
			     struct column chosen[COLUMNS_MAX])
{
	const struct column *c;
	size_t n = 0;
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		c = find_column(list, len);
		if (c && n < COLUMNS_MAX)
			chosen[n++] = *c;
		if (!list[len])
			return n;
	}
}

/**
 * out_choose() - Which columns does this table have?
 * @l: the document
 * @all: columns it could have
 * @chosen: receives those it has
 *
 * Return: their number.
 */
size_t out_choose(const struct out_layout *l, const struct columns *all,
		  struct column chosen[COLUMNS_MAX])
{
	const char *list = all == &columns_summary ? l->view->columns : NULL;
	bool every = list && !strcmp(list, ALL);
	size_t n = 0;
	size_t i;

	if (list && !every)
		return choose_by_name(list, chosen);
	for (i = 0; i < all->n && n < COLUMNS_MAX; i++)
		if (every ? is_there(l, &all->c[i]) :
			    !all->c[i].more && is_wanted(l, &all->c[i]))
			chosen[n++] = all->c[i];
	return n;
}

struct sorted {
	struct json_object *row;
	const struct column *c; /* NULL: by lock */
	bool reverse;
	size_t at;
};

static int compare(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	double v = 0, w = 0;
	bool has_v, has_w;
	int order;

	if (x->c) {
		has_v = json_number(x->row, x->c->key, &v);
		has_w = json_number(y->row, y->c->key, &w);
		/* Rows without the number are the last in any case. */
		if (has_v != has_w)
			return has_v ? -1 : 1;
		order = (v > w) - (v < w);
	} else {
		order = strcmp(json_text_or(x->row, "lock", ""),
			       json_text_or(y->row, "lock", ""));
	}
	if (order)
		return x->reverse ? -order : order;
	return (x->at > y->at) - (x->at < y->at);
}

/**
 * out_sorted() - Rows in the order that was asked for
 * @l: the document
 *
 * Return: new array of the rows of @l.
 */
struct json_object *out_sorted(const struct out_layout *l)
{
	struct json_object *list = json_object_new_array();
	const char *name = l->view->sort ? l->view->sort : "";
	size_t n = json_length(l->rows);
	struct sorted *rows = xcalloc(n, sizeof(*rows));
	bool reverse = *name == '-';
	struct json_object *row;
	size_t i;

	name += reverse;
	json_for_each(i, row, l->rows)
		rows[i] = (struct sorted){ row, find_column(name, strlen(name)),
					   reverse, i };
	if (*name)
		qsort(rows, n, sizeof(*rows), compare);
	for (i = 0; i < n; i++)
		json_object_array_add(list, json_object_get(rows[i].row));
	free(rows);
	return list;
}
