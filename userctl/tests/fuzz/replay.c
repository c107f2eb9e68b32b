// SPDX-License-Identifier: GPL-2.0
/* In place of the fuzzer: every file that is named, once. No clang is needed. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "target.h"

static void replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t size = 0;
	size_t n;

	if (!f)
		err(2, "%s", path);
	/* Of the exact size, so that a byte too far is seen. */
	do {
		data = xrealloc(data, size + 65536, 1);
		n = fread(data + size, 1, 65536, f);
		size += n;
	} while (n == 65536);
	fclose(f);
	data = xrealloc(data, size, 1);
	/* The last line before a crash names its file. */
	fprintf(stderr, "%s\n", path);
	target_find()->run(data, size);
	free(data);
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		replay(argv[i]);
	return 0;
}
