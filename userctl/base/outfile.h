/* SPDX-License-Identifier: GPL-2.0 */
/* A file that a result is written to. */
#ifndef _OUTFILE_H
#define _OUTFILE_H

#include <stdbool.h>
#include <stdio.h>

/* Prints a content; false, after a message: there is none. */
typedef bool (*outfile_print_fn)(FILE *f, const void *what);

/**
 * struct outfile - A file that was named on the command line
 * @path: the name as it was given, for messages
 * @real: a regular file, or one that is not there yet, behind all symbolic
 *	  links; NULL: @fd is written to
 * @fd: what cannot be written whole, open for writing; else -1
 * @is_stdout: it is standard output
 */
struct outfile {
	const char *path;
	char *real;
	int fd;
	bool is_stdout;
};

int outfile_open(struct outfile *o, const char *path);
bool outfile_can_repeat(const struct outfile *o);
int outfile_write(struct outfile *o, outfile_print_fn print, const void *what,
		  const char *rescue);
void outfile_close(struct outfile *o);
bool outfile_same(const char *a, const char *b);

/* outfile_rescue.c */
void outfile_rescue(const char *suffix, const char *text, size_t len);

/* outfile_whole.c */
int outfile_probe(const char *path);
int outfile_replace(const char *path, const char *text, size_t len);
int outfile_put(int fd, const char *text, size_t len);

#endif /* _OUTFILE_H */
