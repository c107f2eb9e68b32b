/* SPDX-License-Identifier: GPL-2.0 */
/* The locks that the loaded module offers. */
#ifndef _VARIANTS_H
#define _VARIANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/msg.h"

/**
 * struct variant - A lock
 * @name: its name
 * @flags: comma list of words of TB_FLAGS, "-" if none
 * @doc: one line for people
 * @note: likewise, what is different on this kernel, "-" if nothing is
 * @max_set: the largest set_size it can have
 */
struct variant {
	char *name;
	char *flags;
	char *doc;
	char *note;
	unsigned int max_set;
};

struct variants {
	struct variant *v;
	size_t n;
};

bool variants_parse(struct variants *vs, char *text, struct msg *m);
const struct variant *variants_find(const struct variants *vs,
				    const char *name);
bool variants_in_list(const char *list, const char *word);
bool variants_has_flag(const struct variant *v, const char *flag);
bool variants_is_group(const char *word);
bool variants_in_group(const struct variant *v, const char *word);
void variants_print_groups(FILE *f);
char *variants_append(char *list, const char *name);
char *variants_names(const struct variants *vs);
char *variants_words(const struct variants *vs);
void variants_free(struct variants *vs);

#endif /* _VARIANTS_H */
