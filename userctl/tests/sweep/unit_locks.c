// SPDX-License-Identifier: GPL-2.0
/* sweep_set_locks(), variants.c: which locks the words of -l stand for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep/sweep.h"
#include "tests/unit.h"

#define HEAD "name\tflags\tmax_set\tdoc\n"

static const char many[] = HEAD "none\t-\t1\tx\n"
				"broken\tblocks,fails\t1\tx\n"
				"token-poll\tlwkt\t1\tx\n"
				"mutex\t-\t1\tx\n"
				"token-ipi\tlwkt\t1\tx\n"
				"nottoken-x\t-\t1\tx\n"
				"token\t-\t1\tx\n";

/* The locks that are run, as "a,b"; NULL and a reason if it is refused. */
static char *locks_of(const char *module, const char *typed, struct msg *m)
{
	struct sweep sw = { 0 };
	struct axis *axis = &sw.axes.axis[PARAM_lock];
	char *text = strdup(module);
	struct variants vs;
	char *list = NULL;
	size_t len = 0;
	size_t i;
	bool ok;
	FILE *f;

	if (!variants_parse(&vs, text, m) ||
	    !axes_add(&sw.axes, PARAM_lock, typed, m))
		fail_msg("%s", m->text);
	ok = sweep_set_locks(&sw, &vs, m);
	f = open_memstream(&list, &len);
	for (i = 0; i < axis->n; i++)
		fprintf(f, "%s%s", i ? "," : "", axis->values[i]);
	fclose(f);
	sweep_free(&sw);
	variants_free(&vs);
	free(text);
	if (!ok) {
		free(list);
		list = NULL;
	}
	return list;
}

static void words_stand_for_locks(void **state)
{
	static const struct {
		const char *typed, *locks;
	} table[] = {
		{ "mutex", "mutex" },
		{ "tokens", "token-poll,token-ipi" },
		{ "token", "token" },
		{ "all", "none,token-poll,mutex,token-ipi,nottoken-x,token" },
		/* The first place counts. */
		{ "tokens,mutex", "token-poll,token-ipi,mutex" },
		{ "token-ipi,mutex,tokens", "token-ipi,mutex,token-poll" },
		{ "tokens,token-poll,broken", "token-poll,token-ipi,broken" },
		{ "tokens,all",
		  "token-poll,token-ipi,none,mutex,nottoken-x,token" },
	};
	struct msg m = { "" };
	size_t i;

	(void)state;
	for (i = 0; i < N_OF(table); i++) {
		char *list = locks_of(many, table[i].typed, &m);

		if (!list)
			fail_msg("%s: %s", table[i].typed, m.text);
		assert_string_equal(list, table[i].locks);
		free(list);
	}
}

static void a_word_without_locks_is_refused(void **state)
{
	static const char few[] = HEAD "mutex\t-\t1\tx\n";
	struct msg m = { "" };

	(void)state;
	assert_null(locks_of(few, "mutex,tokens", &m));
	assert_string_equal(m.text,
			    "'tokens' is no lock of the loaded module, and "
			    "stands for none; allowed: mutex, all");
	assert_null(locks_of(HEAD "broken\tfails\t1\tx\n", "all", &m));
	assert_string_equal(m.text,
			    "'all' is no lock of the loaded module, and "
			    "stands for none; allowed: broken");
	/* The first of several is named. */
	assert_null(locks_of(many, "tokens,x,y", &m));
	assert_string_equal(m.text,
			    "'x' is no lock of the loaded module; allowed: none, "
			    "broken, token-poll, mutex, token-ipi, nottoken-x, "
			    "token, all, tokens");
}

static void a_lock_of_that_name_wins(void **state)
{
	static const char odd[] = HEAD
		"token-poll\t-\t1\tx\ntokens\t-\t1\tx\nall\tfails\t1\tx\n";
	struct msg m = { "" };
	char *list = locks_of(odd, "all,tokens", &m);

	(void)state;
	assert_non_null(list);
	assert_string_equal(list, "all,tokens");
	free(list);
	assert_null(locks_of(odd, "x", &m));
	assert_has(m.text, "allowed: token-poll, tokens, all");
	assert_has_not(m.text, "all, tokens");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stand_for_locks),
		cmocka_unit_test(a_word_without_locks_is_refused),
		cmocka_unit_test(a_lock_of_that_name_wins),
	};

	return cmocka_run_group_tests_name("locks", tests, NULL, NULL);
}
