// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <unistd.h>

#include "infile.h"
#include "xalloc.h"

/**
 * infile_read() - Read all that there is
 * @fd: where
 * @max: bytes at most; more are an error, EFBIG
 * @len: receives their number
 *
 * Return: the bytes, and a NUL behind them, to be freed; NULL with errno.
 */
char *infile_read(int fd, size_t max, size_t *len)
{
	size_t size = 65536;
	char *text = xcalloc(size, 1);
	ssize_t n;

	for (*len = 0; *len <= max; *len += n) {
		if (size - *len < 2) {
			size *= 2;
			text = xrealloc(text, size, 1);
		}
		n = read(fd, text + *len, size - *len - 1);
		if (!n) {
			text[*len] = '\0';
			return text;
		}
		if (n < 0 && errno != EINTR)
			break;
		if (n < 0)
			n = 0;
	}
	if (*len > max)
		errno = EFBIG;
	free(text);
	return NULL;
}
