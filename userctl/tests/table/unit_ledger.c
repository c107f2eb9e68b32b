// SPDX-License-Identifier: GPL-2.0
/* out_ledger.c: what a lock did in vain, in a table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/out.h"
#include "tests/unit.h"

/* The n-th line, from 0, of a text. */
static char *line_of(const char *text, size_t n)
{
	while (n--)
		text = strchr(text, '\n') + 1;
	return strndup(text, strcspn(text, "\n"));
}

/* A row with any of the ledger's numbers, in operations, not thousands. */
static struct json_object *ledger_doc(const char *a, const char *b,
				      const char *times)
{
	char text[4000];
	struct json_object *doc;

	snprintf(text, sizeof(text),
		 "{\"runs\":[],\"summary\":["
		 "{\"lock\":\"token-backoff\",\"verdict\":\"ok\",\"times\":\"%s\"%s},"
		 "{\"lock\":\"m\",\"verdict\":\"ok\",\"times\":\"%s\"%s}]}",
		 times, a, times, b);
	doc = json_tokener_parse(text);
	if (!doc)
		fail_msg("%s", text);
	return doc;
}

/* What stands below the main table; frees the document. */
static char *ledger_of(struct json_object *doc)
{
	char *text = NULL, *ledger;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	const char *at;

	out_print(f, doc, OUT_TABLE, &(struct out_view){ .ledger = true });
	fclose(f);
	at = strstr(text, "\nLedger of waste");
	if (!at)
		fail_msg("no ledger in \"%s\"", text);
	ledger = strdup(at + 1);
	free(text);
	json_object_put(doc);
	return ledger;
}

static void the_ledger_shows_what_happened(void **state)
{
	static const char rich[] =
		",\"failed_per_op\":{\"median\":0.0125},"
		"\"failed_per_pass\":{\"median\":17},"
		"\"per_op\":{\"ipis\":{\"median\":0},\"spins\":{\"median\":82.3}}";
	static const char one[] = ",\"failed_per_op\":{\"median\":1}";
	static const char none[] = ",\"failed_per_op\":{\"median\":0}";
	char *text = ledger_of(ledger_doc(rich, "", "ok"));
	char *line = line_of(text, 0);

	(void)state;
	assert_string_equal(line,
			    "Ledger of waste, in events per 1000 operations; "
			    "/pass: failed tries per contended scheduler pass");
	assert_true(strlen(line) <= 100);
	free(line);
	line = line_of(text, 1);
	assert_string_equal(line, "lock           fail  /pass  spins");
	free(line);
	line = line_of(text, 2);
	assert_string_equal(line, "token-backoff  12.5     17  82.3k");
	free(line);
	line = line_of(text, 3);
	assert_string_equal(line, "m                 -      -      -");
	free(line);
	free(text);

	text = ledger_of(ledger_doc("", none, "ok"));
	assert_string_equal(text,
			    "Ledger of waste, in events per 1000 operations: "
			    "nothing was counted\n");
	free(text);

	text = ledger_of(ledger_doc(one, none, "meaningless"));
	line = line_of(text, 0);
	assert_string_equal(line,
			    "Ledger of waste, in events per 1000 operations");
	free(line);
	/* Zero is not the same as no such counter; counts carry no mark. */
	assert_has(text, "token-backoff  1.00k\n");
	assert_has(text, "m                  0\n");
	assert_has_not(text, "~1.00k");
	assert_has(text, "Times mean nothing");
	free(text);
}

static void the_widest_ledger(void **state)
{
	static const char *const names[] = {
		"head_retries", "tokens_undone", "fail_on_tentative",
		"idle_polls",	"ipis",		 "wakeups",
		"futile",	"spins",	 "sorted_entries",
		"grants",	"switches",	 "restarts",
	};
	char row[1000];
	char *text, *line;
	size_t n, i;

	(void)state;
	n = snprintf(row, sizeof(row),
		     ",\"failed_per_op\":{\"median\":12.344},"
		     "\"failed_per_pass\":{\"median\":12344},\"per_op\":{");
	for (i = 0; i < N_OF(names); i++)
		n += snprintf(row + n, sizeof(row) - n,
			      "%s\"%s\":{\"median\":12.344}", i ? "," : "",
			      names[i]);
	snprintf(row + n, sizeof(row) - n, "}");
	text = ledger_of(ledger_doc(row, row, "ok"));
	for (i = 0; i < 4; i++) {
		line = line_of(text, i);
		if (strlen(line) > 114)
			fail_msg("%zu: %s", strlen(line), line);
		free(line);
	}
	line = line_of(text, 2);
	/* Each number ends in k, and so does nothing else behind the name. */
	for (n = 0, i = strcspn(line, " "); line[i]; i++)
		n += line[i] == 'k';
	assert_int_equal(n, N_OF(names) + 2);
	free(line);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ledger_shows_what_happened),
		cmocka_unit_test(the_widest_ledger),
	};

	return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
