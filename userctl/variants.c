// SPDX-License-Identifier: GPL-2.0
/* The list of locks, out of the file variants. Pure. */
#include "variants.h"
#include "tsv.h"
#include "xalloc.h"

/**
 * variants_parse() - Read the list
 * @vs: receives the list; free with variants_free(), also after an error
 * @text: text of the file variants; is cut up
 * @m: receives the reason on error
 *
 * Return: true if @text is a table with the columns name, flags and doc.
 */
bool variants_parse(struct variants *vs, char *text, struct msg *m)
{
	struct tsv t;
	int row;

	*vs = (struct variants){ 0 };
	if (!tsv_open(&t, text, m))
		return false;
	while ((row = tsv_next(&t, m)) > 0) {
		const char *name = tsv_get(&t, "name");
		const char *flags = tsv_get(&t, "flags");
		const char *doc = tsv_get(&t, "doc");

		if (!name || !flags || !doc) {
			msg_set(m,
				"the header must have the columns name, flags and doc");
			return false;
		}
		vs->v = xrealloc(vs->v, vs->n + 1, sizeof(*vs->v));
		vs->v[vs->n++] = (struct variant){ xstrdup(name),
						   xstrdup(flags),
						   xstrdup(doc) };
	}
	return row == 0;
}

/**
 * variants_find() - Look up a lock
 * @vs: the list
 * @name: name of the lock
 *
 * Return: the lock, or NULL.
 */
const struct variant *variants_find(const struct variants *vs, const char *name)
{
	size_t i;

	for (i = 0; i < vs->n; i++)
		if (!strcmp(vs->v[i].name, name))
			return &vs->v[i];
	return NULL;
}

/**
 * variants_has_flag() - Does a lock have a flag?
 * @v: the lock
 * @flag: a word of TB_FLAGS
 */
bool variants_has_flag(const struct variant *v, const char *flag)
{
	size_t len = strlen(flag);
	const char *p = v->flags;

	for (;;) {
		size_t n = strcspn(p, ",");

		if (n == len && !strncmp(p, flag, len))
			return true;
		if (!p[n])
			return false;
		p += n + 1;
	}
}

/**
 * variants_names() - Names for a message
 * @vs: the list
 * @flag: only locks with this flag; NULL: all
 *
 * Return: the names separated by ", ", to be freed.
 */
char *variants_names(const struct variants *vs, const char *flag)
{
	char *list = xstrdup("");
	size_t i;

	for (i = 0; i < vs->n; i++) {
		size_t len = strlen(list);

		if (flag && !variants_has_flag(&vs->v[i], flag))
			continue;
		list = xrealloc(list, len + strlen(vs->v[i].name) + 3, 1);
		strcat(strcpy(list + len, len ? ", " : ""), vs->v[i].name);
	}
	return list;
}

/**
 * variants_free() - Free the list
 * @vs: list to empty
 */
void variants_free(struct variants *vs)
{
	size_t i;

	for (i = 0; i < vs->n; i++) {
		free(vs->v[i].name);
		free(vs->v[i].flags);
		free(vs->v[i].doc);
	}
	free(vs->v);
	*vs = (struct variants){ 0 };
}
