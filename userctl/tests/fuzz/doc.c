// SPDX-License-Identifier: GPL-2.0
/*
 * A saved document, as show, report and --resume take it: shown in every way
 * there is, summed up anew, and saved. What is saved must be readable again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "report/report_page.h"
#include "result/doc.h"
#include "table/out.h"
#include "target.h"

/* Outside of a string, each of these can start a program. */
static void check_script(const char *script, size_t len)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < len; i++) {
		if (script[i] == '\'')
			quoted = !quoted;
		if (quoted)
			continue;
		assert(script[i] != '`');
		assert(script[i] != '!' || (i && script[i - 1] != '\n'));
		assert(len - i < strlen("system") ||
		       strncmp(script + i, "system", strlen("system")) != 0);
	}
	assert(!quoted);
}

/* In place of report_gnuplot.c: a picture at once, after a look at the script. */
bool gnuplot_run(const char *script, size_t len, char **svg, struct msg *m)
{
	static const char picture[] =
		"<svg viewBox=\"0 0 600 400\" xmlns=\"x\"><g stroke=\"rgb(0,0,1)\"></g></svg>\n";

	(void)m;
	check_script(script, len);
	*svg = xstrdup(picture);
	return true;
}

static void check_saved(struct json_object *doc)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	struct json_object *again;
	struct msg m;

	assert(f);
	out_json(f, doc);
	fclose(f);
	again = doc_parse(text, len, &m);
	if (!again)
		fprintf(stderr, "%s\n", m.text);
	assert(again);
	json_object_put(again);
	free(text);
}

/* The page runs nothing, whatever the names in the document are. */
static void check_page(struct json_object *doc)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	struct msg m;

	assert(f);
	report_put(f, doc, &m);
	fclose(f);
	assert(!strcasestr(text, "<script") && !strcasestr(text, "<img"));
	assert(!strstr(text, ">nan") && !strstr(text, ">-nan"));
	free(text);
}

static void show(struct json_object *doc)
{
	FILE *f = target_sink();
	struct screen s;

	out_print(f, doc, OUT_CSV_LONG, &(struct out_view){ .ledger = true });
	fclose(f);
	screen_open(&s);
	out_print(s.f, doc, OUT_TABLE, &(struct out_view){ .ledger = true });
	out_all_checks(s.f, doc);
	screen_close(&s);
	check_saved(doc);
	check_page(doc);
	doc_status(doc);
}

static void run(const uint8_t *data, size_t size)
{
	char *text = target_text(data, size);
	struct json_object *doc;
	struct msg m = { "" };

	doc = doc_parse(text, size, &m);
	if (doc) {
		show(doc);
		doc_finish(doc, false);
		show(doc);
	} else {
		assert(*m.text);
	}
	json_object_put(doc);
	free(text);
}

const struct target target_doc = { "doc", run, true };
