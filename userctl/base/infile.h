/* SPDX-License-Identifier: GPL-2.0 */
/* Whole files. */
#ifndef _INFILE_H
#define _INFILE_H

#include <stddef.h>

char *infile_read(int fd, size_t max, size_t *len);

#endif /* _INFILE_H */
