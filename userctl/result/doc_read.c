// SPDX-License-Identifier: GPL-2.0
/*
 * From the bytes of a file to a document. The file may come from anywhere, and may have
 * been cut off or edited: whatever is wrong with it is said with its place, and
 * nothing of it is used.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "doc.h"
#include "uapi/tokbench.h"

/* Where a byte is, as editors count. */
static void place_of(const char *text, size_t at, size_t *line, size_t *column)
{
	const char *end = text + at;
	const char *next;

	*line = 1;
	while ((next = memchr(text, '\n', end - text))) {
		++*line;
		text = next + 1;
	}
	*column = end - text + 1;
}

static void refuse(struct msg *m, const char *text, size_t at, const char *why)
{
	size_t line, column;

	place_of(text, at, &line, &column);
	msg_set(m, "cannot be read as JSON: line %zu, column %zu: %s", line,
		column, why);
}

static size_t skip_blanks(const char *text, size_t at, size_t len)
{
	while (at < len && text[at] && strchr(" \t\n\v\f\r", text[at]))
		at++;
	return at;
}

static struct json_object *parse_json(const char *text, size_t len,
				      struct msg *m)
{
	struct json_tokener *tok = json_tokener_new();
	enum json_tokener_error error;
	struct json_object *doc;
	size_t end;

	if (!tok)
		err(ST_BAD, "out of memory");
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT |
					    JSON_TOKENER_ALLOW_TRAILING_CHARS |
					    JSON_TOKENER_VALIDATE_UTF8);
	doc = json_tokener_parse_ex(tok, text, len);
	error = json_tokener_get_error(tok);
	end = json_tokener_get_parse_end(tok);
	json_tokener_free(tok);

	if (error == json_tokener_continue) {
		refuse(m, text, len, "it ends in the middle");
	} else if (error != json_tokener_success) {
		refuse(m, text, end, json_tokener_error_desc(error));
	} else {
		end = skip_blanks(text, end, len);
		if (end == len)
			return doc;
		refuse(m, text, end, "something behind its end");
	}
	json_object_put(doc);
	return NULL;
}

/**
 * doc_parse() - Make a document of a text
 * @text: what "tokctl run -f json" wrote, or something else
 * @len: its length in bytes
 * @m: receives the reason on error, with the place in @text or in the document
 *
 * Return: new document; NULL on error.
 */
struct json_object *doc_parse(const char *text, size_t len, struct msg *m)
{
	struct json_object *doc;
	double schema;

	if (skip_blanks(text, 0, len) == len) {
		msg_set(m, "cannot be read as JSON: it is empty");
		return NULL;
	}
	/* More than the tokener can count. */
	if (len >= INT_MAX) {
		msg_set(m, "cannot be read as JSON: larger than 2 GiB");
		return NULL;
	}
	doc = parse_json(text, len, m);
	if (!doc)
		return NULL;
	if (!json_number(doc, "schema", &schema) || schema != TB_SCHEMA ||
	    !json_array(doc, "runs") || !json_array(doc, "summary"))
		msg_set(m,
			"not a result of tokctl with schema %d (tokctl run -f json writes one)",
			TB_SCHEMA);
	else if (doc_is_sound(doc, m) && doc_no_copies(doc, m))
		return doc;
	json_object_put(doc);
	return NULL;
}

/**
 * doc_load() - Read a document from a file
 * @path: file that "tokctl run -f json" wrote; "-" is standard input
 *
 * Return: new document, no run of which is better than its numbers; NULL after
 * a message.
 */
struct json_object *doc_load(const char *path)
{
	bool from_stdin = !strcmp(path, "-");
	int fd = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct json_object *doc = NULL;
	char *text = NULL;
	struct msg m;
	size_t len;

	if (fd >= 0)
		text = infile_read(fd, SIZE_MAX - 1, &len);
	if (text) {
		doc = doc_parse(text, len, &m);
		if (!doc)
			warnx("%s: %s", path, m.text);
	} else {
		warnx("%s: cannot be read as JSON: %s", path, strerror(errno));
	}
	if (fd >= 0 && !from_stdin)
		close(fd);
	free(text);
	if (doc)
		doc_rejudge(doc);
	return doc;
}
