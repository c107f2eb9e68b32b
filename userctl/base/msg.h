/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An error sentence on its way up from a pure function, and the quoting of
 * foreign text inside it.
 */
#ifndef _MSG_H
#define _MSG_H

#include <stddef.h>

#define MSG_MAX 1024
#define MSG_QUOTE_MAX 192

struct msg {
	char text[MSG_MAX];
};

__attribute__((format(printf, 2, 3))) void msg_set(struct msg *m,
						   const char *fmt, ...);
const char *msg_quote(char out[MSG_QUOTE_MAX], const char *text);
int msg_fit(const char *text, size_t max);

#endif /* _MSG_H */
