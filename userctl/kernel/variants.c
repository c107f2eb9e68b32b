// SPDX-License-Identifier: GPL-2.0
/* The list of locks, out of the file variants. Pure. */
#include "base/numarg.h"
#include "base/tsv.h"
#include "base/xalloc.h"
#include "uapi/tokbench.h"
#include "variants.h"

static bool add_row(void *to, const struct tsv *t, struct msg *m)
{
	static const struct numarg_spec sets = { "", 1, TB_SET_MAX };
	struct variants *vs = to;
	const char *note = tsv_get(t, "note");
	uint64_t max_set;
	struct msg why;

	if (!numarg_parse(tsv_get(t, "max_set"), &sets, &max_set, &why)) {
		msg_set(m, "line %zu: max_set: %s", t->line, why.text);
		return false;
	}
	vs->v = xrealloc(vs->v, vs->n + 1, sizeof(*vs->v));
	vs->v[vs->n++] = (struct variant){
		xstrdup(tsv_get(t, "name")), xstrdup(tsv_get(t, "flags")),
		xstrdup(tsv_get(t, "doc")), xstrdup(note ? note : "-"), max_set
	};
	return true;
}

/**
 * variants_parse() - Read the list
 * @vs: receives the list; free with variants_free(), also after an error
 * @text: text of the file variants; is cut up
 * @m: receives the reason on error
 *
 * Return: true if @text is a table with the columns name, flags, max_set (a
 * number) and doc.
 */
bool variants_parse(struct variants *vs, char *text, struct msg *m)
{
	static const char *const columns[] = { "name", "flags", "max_set",
					       "doc", NULL };

	*vs = (struct variants){ 0 };
	return tsv_each(text, columns, add_row, vs, m);
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
 * variants_in_list() - Is a word in a comma list?
 * @list: the list
 * @word: the word
 */
bool variants_in_list(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (;;) {
		size_t n = strcspn(list, ",");

		if (n == len && !strncmp(list, word, len))
			return true;
		if (!list[n])
			return false;
		list += n + 1;
	}
}

/**
 * variants_has_flag() - Does a lock have a flag?
 * @v: the lock
 * @flag: a word of TB_FLAGS
 */
bool variants_has_flag(const struct variant *v, const char *flag)
{
	return variants_in_list(v->flags, flag);
}

static bool is_good(const struct variant *v)
{
	/* With a lock that must fail no sweep over all could ever be good. */
	return !variants_has_flag(v, "fails");
}

static bool is_token(const struct variant *v)
{
	return !strncmp(v->name, "token-", strlen("token-"));
}

/* Words of tokctl, not of the module: a lock of such a name wins. */
static const struct group {
	const char *word;
	bool (*has)(const struct variant *v);
	const char *doc;
} groups[] = {
	{ "all", is_good, "every lock without the flag fails" },
	{ "tokens", is_token, "every lock whose name begins with token-" },
};

#define NR_GROUPS (sizeof(groups) / sizeof(groups[0]))

static const struct group *find_group(const char *word)
{
	size_t i;

	for (i = 0; i < NR_GROUPS; i++)
		if (!strcmp(groups[i].word, word))
			return &groups[i];
	return NULL;
}

/**
 * variants_is_group() - Does a word stand for several locks?
 * @word: the word, which is not the name of a lock
 */
bool variants_is_group(const char *word)
{
	return find_group(word);
}

/**
 * variants_in_group() - Is a lock one of those that a word stands for?
 * @v: the lock
 * @word: a word of variants_is_group()
 */
bool variants_in_group(const struct variant *v, const char *word)
{
	return find_group(word)->has(v);
}

static bool has_any(const struct variants *vs, const struct group *g)
{
	size_t i;

	for (i = 0; i < vs->n; i++)
		if (g->has(&vs->v[i]))
			return true;
	return false;
}

/**
 * variants_print_groups() - Say which words stand for which locks
 * @f: stream to print on
 */
void variants_print_groups(FILE *f)
{
	size_t i;

	for (i = 0; i < NR_GROUPS; i++)
		fprintf(f, "run -l %s: %s\n", groups[i].word, groups[i].doc);
}

/**
 * variants_append() - Add a name to a list for a message
 * @list: the list, from the heap
 * @name: the name
 *
 * Return: the longer list, names separated by ", ", to be freed.
 */
char *variants_append(char *list, const char *name)
{
	size_t len = strlen(list);

	list = xrealloc(list, len + strlen(name) + 3, 1);
	strcat(strcpy(list + len, len ? ", " : ""), name);
	return list;
}

/**
 * variants_names() - Names for a message
 * @vs: the list
 *
 * Return: the names separated by ", ", to be freed.
 */
char *variants_names(const struct variants *vs)
{
	char *list = xstrdup("");
	size_t i;

	for (i = 0; i < vs->n; i++)
		list = variants_append(list, vs->v[i].name);
	return list;
}

/**
 * variants_words() - What -l takes, for a message
 * @vs: the list
 *
 * Return: the names and the words for several, separated by ", ", to be freed.
 */
char *variants_words(const struct variants *vs)
{
	char *list = variants_names(vs);
	size_t i;

	for (i = 0; i < NR_GROUPS; i++)
		if (!variants_find(vs, groups[i].word) &&
		    has_any(vs, &groups[i]))
			list = variants_append(list, groups[i].word);
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
		free(vs->v[i].note);
	}
	free(vs->v);
	*vs = (struct variants){ 0 };
}
