// SPDX-License-Identifier: GPL-2.0
/*
 * One program for all parsers, since building it is what takes long: the
 * variable FUZZ_TARGET says which.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "target.h"

static const struct target *const targets[] = {
	&target_module_text, &target_module_config, &target_args,
	&target_result,	     &target_tables,	    &target_doc,
	&target_compare,     &target_resume,
};

const struct target *target_find(void)
{
	const char *name = getenv("FUZZ_TARGET");
	size_t i;

	for (i = 0; name && i < sizeof(targets) / sizeof(targets[0]); i++)
		if (!strcmp(targets[i]->name, name))
			return targets[i];
	fputs("FUZZ_TARGET is to be one of:", stderr);
	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		fprintf(stderr, " %s", targets[i]->name);
	fputc('\n', stderr);
	exit(2);
}

char *target_text(const uint8_t *data, size_t size)
{
	char *text = xcalloc(size + 1, 1);

	if (size)
		memcpy(text, data, size);
	return text;
}

char *target_piece(char **text)
{
	static const char mark[] = "---\n";
	char *piece = *text;
	char *end;

	if (!piece)
		return NULL;
	end = strstr(piece, mark);
	*text = end ? end + strlen(mark) : NULL;
	if (end)
		*end = '\0';
	return piece;
}

FILE *target_sink(void)
{
	FILE *f = fopen("/dev/null", "w");

	assert(f);
	return f;
}

void screen_open(struct screen *s)
{
	*s = (struct screen){ 0 };
	s->f = open_memstream(&s->text, &s->len);
	assert(s->f);
}

void screen_close(struct screen *s)
{
	size_t i;

	fclose(s->f);
	for (i = 0; i < s->len; i++) {
		unsigned char c = s->text[i];

		assert(c == '\n' || (c >= ' ' && c != 0x7f));
	}
	free(s->text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct target *target;

	if (!target)
		target = target_find();
	target->run(data, size);
	return 0;
}
