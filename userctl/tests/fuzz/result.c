// SPDX-License-Identifier: GPL-2.0
/*
 * The files of results/, with lines of "---" between them: what a module that
 * is newer, or broken, might say. A result is shown in every way there is, and
 * saved; what is saved must be readable again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "kernel/result.h"
#include "result/doc.h"
#include "table/out.h"
#include "target.h"

static void check_doc(struct json_object *run)
{
	struct json_object *doc = doc_new("fuzz", "1.0");
	FILE *f = target_sink();
	struct screen s;

	screen_open(&s);
	out_run(s.f, run);
	doc_add_run(doc, run, 0, 1);
	doc_finish(doc, false);
	out_print(s.f, doc, OUT_TABLE, &(struct out_view){ .ledger = true });
	out_all_checks(s.f, doc);
	screen_close(&s);
	out_print(f, doc, OUT_CSV, &(struct out_view){ .ledger = true });
	out_print(f, doc, OUT_JSON, &(struct out_view){ .ledger = true });
	doc_status(doc);
	json_object_put(doc);
	fclose(f);
}

static void run(const uint8_t *data, size_t size)
{
	char *text = target_text(data, size);
	char *rest = text;
	const char *part[3];
	struct json_object *result;
	struct msg m = { "" };
	size_t i;

	for (i = 0; i < 3; i++) {
		part[i] = target_piece(&rest);
		if (!part[i])
			part[i] = "";
	}
	result = result_parse(part[0], part[1], part[2], &m);
	if (result)
		check_doc(result);
	else
		assert(strstr(m.text, "results/"));
	free(text);
}

const struct target target_result = { "result", run, false };
